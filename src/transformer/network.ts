import { diagnostic } from '../diagnostics/diagnostic.ts';
import { booleanOf, child, entriesOf, itemsOf, stringOf } from '../source/node.ts';
import type { TaskContext } from './context.ts';

/** Modes that mean what a task has anyway. */
const ordinaryModes = ['bridge', 'default', ''];

/** `network_mode` and `networks`: a task has one network, and all its containers share it. */
export function network({ containers, project, report }: TaskContext): void {
  for (const { service } of containers) {
    const node = child(service.node, 'network_mode');
    const mode = stringOf(node);
    if (node === undefined || mode === undefined || ordinaryModes.includes(mode) || mode.startsWith('service:'))
      continue;
    if (mode === 'host') {
      const isPublished = itemsOf(child(service.node, 'ports')).length > 0;
      report(diagnostic('transform/network-mode', { service: service.name, mode, isPublished }, node.source));
    } else {
      const why = `it has no network mode "${mode}"`;
      const owner = `service "${service.name}"`;
      report(diagnostic('transform/key-refused', { owner, key: 'network_mode', why }, node.source));
    }
  }
  for (const [name, { value }] of entriesOf(child(project.root, 'networks'))) {
    const external = child(value, 'external');
    if (booleanOf(external) === true)
      report(diagnostic('transform/network-external', { network: name }, external?.source));
  }
  const memberships = containers
    .map(({ service }) => entriesOf(child(service.node, 'networks')).map(([name]) => name))
    .filter((names) => names.length > 0);
  const isSeparated = memberships.some((one) => memberships.some((other) => !one.some((name) => other.includes(name))));
  if (isSeparated) {
    const declared = entriesOf(child(project.root, 'networks')).filter(
      ([, { value }]) => value.rule !== 'default network',
    );
    const networks = [...new Set(memberships.flat())].sort();
    report(diagnostic('transform/network-isolation', { networks }, declared[0]?.[1].key));
  }
}
