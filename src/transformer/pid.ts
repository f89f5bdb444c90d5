import { diagnostic } from '../diagnostics/diagnostic.ts';
import { child, stringOf } from '../source/node.ts';
import type { TaskContext } from './context.ts';

/** Two containers that share their processes share them with all others, where the task has any. */
export function checkProcessNamespace({ containers, report }: TaskContext): void {
  if (containers.length <= 2) return;
  for (const { service } of containers) {
    const node = child(service.node, 'pid');
    const mode = stringOf(node) ?? '';
    if (mode.startsWith('service:')) {
      report(diagnostic('transform/process-namespace', { service: service.name, mode }, node?.source));
    }
  }
}
