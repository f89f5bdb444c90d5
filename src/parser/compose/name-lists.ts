import { mapping, record, scalar } from '../../source/build.ts';
import { type Node, stringOf } from '../../source/node.ts';

/** A list of names as a mapping by name, each with the value that is made for it; any other node as it is. */
export function byName(node: Node, valueFor: (name: Node) => Node): Node {
  if (node.kind !== 'sequence' || !node.items.every((item) => stringOf(item) !== undefined)) return node;
  const entries = node.items.map(
    (item) => [String(stringOf(item)), { key: item.source, value: valueFor(item) }] as const,
  );
  return mapping(new Map(entries), node);
}

/** What a name in `depends_on` stands for. */
export function dependency(name: Node): Node {
  const origin = { ...name, rule: 'short form' };
  return record({ condition: scalar('service_started', origin), required: scalar(true, origin) }, name);
}

/** What a name in `networks` or `models` stands for: no attributes. */
export function nothing(name: Node): Node {
  return scalar(null, name);
}
