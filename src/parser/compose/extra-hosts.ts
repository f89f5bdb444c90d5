import { scalar } from '../../source/build.ts';
import { isNull, itemsOf, type Node } from '../../source/node.ts';
import { scalarText } from './plain.ts';

/** `extra_hosts` as a list of `host=address`, in whichever form it was written; undefined if it has none of them. */
export function hostItems(node: Node): readonly Node[] | undefined {
  if (node.kind === 'sequence') return node.items;
  if (isNull(node)) return [];
  if (node.kind !== 'mapping') return undefined;
  return [...node.entries].flatMap(([host, { value }]) =>
    (value.kind === 'sequence' ? itemsOf(value) : [value]).map((address) =>
      address.kind === 'scalar' ? scalar(`${host}=${scalarText(address)}`, address) : address,
    ),
  );
}
