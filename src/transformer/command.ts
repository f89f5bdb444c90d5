import { diagnostic } from '../diagnostics/diagnostic.ts';
import { child, itemsOf, stringOf } from '../source/node.ts';
import type { ContainerConcern } from './context.ts';
import { rewriteWords } from './hosts.ts';

const members = { entrypoint: 'entryPoint', command: 'command' } as const;

/** `entrypoint` and `command`, the names of sibling services in them rewritten. */
export const command: ContainerConcern = (container, context) => {
  const { service, fields } = container;
  for (const [key, member] of Object.entries(members)) {
    const node = child(service.node, key);
    if (node?.kind !== 'sequence') continue;
    const words = itemsOf(node).map((item) => stringOf(item) ?? '');
    if (words.every((word) => word === '')) {
      context.report(diagnostic('transform/empty-command', { service: service.name, key }, node.source));
      continue;
    }
    const what = `${key} of service "${service.name}"`;
    const { value, rule } = rewriteWords(words, { container, context, what, source: node.source });
    fields.put(member, value, { source: node.source, ...(rule === undefined ? {} : { rule }) });
  }
};
