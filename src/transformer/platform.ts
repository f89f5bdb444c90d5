import { diagnostic } from '../diagnostics/diagnostic.ts';
import { paramsAt } from '../parser/ecs-params/ecs-params.ts';
import { child, type Node, stringOf } from '../source/node.ts';
import type { TaskContext } from './context.ts';

const architectures: Readonly<Record<string, string>> = {
  amd64: 'X86_64',
  x86_64: 'X86_64',
  arm64: 'ARM64',
  aarch64: 'ARM64',
  'linux/amd64': 'X86_64',
  'linux/x86_64': 'X86_64',
  'linux/arm64': 'ARM64',
  'linux/arm64/v8': 'ARM64',
  'linux/aarch64': 'ARM64',
};

/** `runtime_platform` of ecs-params, else `platform`, which the containers of a task share, → `runtimePlatform`. */
export function platform(context: TaskContext): void {
  const given = paramsAt(context.params, 'task_definition', 'runtime_platform');
  if (given !== undefined) {
    const cpuArchitecture = stringOf(child(given, 'cpu_architecture'));
    const operatingSystemFamily = stringOf(child(given, 'operating_system_family'));
    context.task.put(
      'runtimePlatform',
      {
        ...(cpuArchitecture === undefined ? {} : { cpuArchitecture }),
        ...(operatingSystemFamily === undefined ? {} : { operatingSystemFamily }),
      },
      { source: given.source },
    );
    return;
  }
  let chosen: { node: Node; text: string; cpuArchitecture: string } | undefined;
  for (const { service } of context.containers) {
    const node = child(service.node, 'platform');
    const text = stringOf(node);
    if (node === undefined || text === undefined) continue;
    const cpuArchitecture = architectures[text];
    if (cpuArchitecture === undefined) {
      context.report(diagnostic('transform/platform', { service: service.name, platform: text }, node.source));
    } else if (chosen !== undefined && chosen.cpuArchitecture !== cpuArchitecture) {
      const words = { service: service.name, platform: text, other: chosen.text };
      context.report(
        diagnostic('transform/platform-mixed', words, node.source, [
          { message: `platform ${chosen.text}`, source: chosen.node.source },
        ]),
      );
    } else chosen ??= { node, text, cpuArchitecture };
  }
  if (chosen !== undefined) {
    context.task.put(
      'runtimePlatform',
      { cpuArchitecture: chosen.cpuArchitecture, operatingSystemFamily: 'LINUX' },
      { source: chosen.node.source },
    );
  }
}
