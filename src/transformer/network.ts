import { diagnostic } from '../diagnostics/diagnostic.ts';
import { child, entriesOf, isEmpty, type Node, stringOf } from '../source/node.ts';
import type { TaskContext } from './context.ts';

/** Modes that mean what a task has anyway. */
const ordinaryModes = ['bridge', 'default', ''];

/** What a network of Docker's can be told and that of a task cannot; a value that says nothing new is left alone. */
const droppedKeys: Readonly<Record<string, (value: Node) => boolean>> = {
  driver: (value) => ordinaryModes.includes(stringOf(value) ?? ''),
  driver_opts: isEmpty,
  enable_ipv4: isEmpty,
  enable_ipv6: isEmpty,
  internal: isEmpty,
  ipam: isEmpty,
  link_local_ips: isEmpty,
  mac_address: isEmpty,
};

/** `network_mode` and `networks`: a task has one network, and all its containers share it. */
export function network({ containers, project, report }: TaskContext): void {
  for (const { service } of containers) {
    const node = child(service.node, 'network_mode');
    const mode = stringOf(node);
    if (node === undefined || mode === undefined || ordinaryModes.includes(mode) || mode.startsWith('service:'))
      continue;
    const names = { service: service.name };
    if (mode === 'host') report(diagnostic('transform/network-mode', { ...names, mode }, node.source));
    else {
      const why = `it has no network mode "${mode}"`;
      report(diagnostic('transform/key-refused', { ...names, key: 'network_mode', why, help: undefined }, node.source));
    }
  }
  const membershipEntries = containers.flatMap(({ service }) => entriesOf(child(service.node, 'networks')));
  for (const [name, { value }] of [...entriesOf(child(project.root, 'networks')), ...membershipEntries]) {
    for (const [key, entry] of entriesOf(value)) {
      const saysNothing = droppedKeys[key]?.(entry.value) ?? true;
      if (!saysNothing) report(diagnostic('transform/network-key-dropped', { network: name, key }, entry.key));
    }
  }
  const memberships = containers
    .map(({ service }) => entriesOf(child(service.node, 'networks')).map(([name]) => name))
    .filter((names) => names.length > 0);
  const isSeparated = memberships.some((one) => memberships.some((other) => !one.some((name) => other.includes(name))));
  if (isSeparated) {
    const declared = entriesOf(child(project.root, 'networks')).filter(
      ([, { value }]) => value.rule !== 'default network',
    );
    const networks = [...new Set(memberships.flat())]
      .sort()
      .map((name) => `"${name}"`)
      .join(', ');
    report(diagnostic('transform/network-isolation', { networks }, declared[0]?.[1].key));
  }
}
