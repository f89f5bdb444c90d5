import { diagnostic } from '../diagnostics/diagnostic.ts';
import { child, entriesOf, itemsOf, type Node, stringOf } from '../source/node.ts';
import type { ContainerConcern, ContainerContext, TaskContext } from './context.ts';

/** `extra_hosts`, which ECS refuses: names for the task itself are rewritten where they stand, others are lost. */
export const extraHosts: ContainerConcern = (container, context) => {
  const ownHosts = hostsOfTheTask(container, context);
  const isRewriting = context.options.rewriteHosts !== false;
  for (const { node, host, address } of extraHostsOf(container)) {
    const names = { service: container.service.name, host };
    context.report(
      isRewriting && ownHosts.includes(host)
        ? diagnostic('transform/extra-host-alias', names, node.source)
        : diagnostic('transform/extra-host', { ...names, address }, node.source),
    );
  }
};

/** The extra hosts of a service that are the task itself: at the loopback address, or at that of a sibling. */
export function hostsOfTheTask(container: ContainerContext, { containers }: TaskContext): readonly string[] {
  const addresses = containers.flatMap(({ service }) =>
    entriesOf(child(service.node, 'networks')).flatMap(([, { value }]) => [
      stringOf(child(value, 'ipv4_address')),
      stringOf(child(value, 'ipv6_address')),
    ]),
  );
  return extraHostsOf(container).flatMap(({ host, address }) =>
    address.startsWith('127.') || address === '::1' || addresses.includes(address) ? [host] : [],
  );
}

/** The extra hosts of a service: `host=address`, as the parser writes each of them. */
export function extraHostsOf({ service }: ContainerContext): readonly { node: Node; host: string; address: string }[] {
  return itemsOf(child(service.node, 'extra_hosts')).map((node) => {
    const [host = '', address = ''] = (stringOf(node) ?? '').split(/=(.*)/s, 2);
    return { node, host, address };
  });
}
