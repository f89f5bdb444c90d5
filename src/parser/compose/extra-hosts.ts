import { madeBy, scalar, sequence } from '../../source/build.ts';
import { isNull, itemsOf, type Node, type SequenceNode } from '../../source/node.ts';
import { scalarText } from './plain.ts';

/** `extra_hosts` as a list of `host=address`, in whichever form it was written; undefined if it has none of them. */
export function hostList(node: Node): SequenceNode | undefined {
  if (node.kind === 'sequence') return node;
  const origin = madeBy('short form of extra_hosts', node);
  if (isNull(node)) return sequence([], origin);
  if (node.kind !== 'mapping') return undefined;
  const items = [...node.entries].flatMap(([host, { value }]) =>
    (value.kind === 'sequence' ? itemsOf(value) : [value]).map((address) =>
      address.kind === 'scalar' && !isNull(address)
        ? scalar(`${host}=${scalarText(address)}`, { ...origin, source: address.source })
        : address,
    ),
  );
  return sequence(items, origin);
}
