import { madeBy, mapping, record, scalar } from '../../source/build.ts';
import { type Node, stringOf } from '../../source/node.ts';
import type { Rule } from '../../source/rule.ts';

/** What a name in a list of names stands for. */
export interface NameForm {
  readonly rule: Rule;
  readonly valueFor: (name: Node) => Node;
}

/** A list of names as a mapping by name, each with the value that is made for it; any other node as it is. */
export function byName(node: Node, { rule, valueFor }: NameForm): Node {
  if (node.kind !== 'sequence' || !node.items.every((item) => stringOf(item) !== undefined)) return node;
  const entries = node.items.map(
    (item) => [String(stringOf(item)), { key: item.source, value: valueFor(item) }] as const,
  );
  return mapping(new Map(entries), madeBy(rule, node));
}

/** A name in `depends_on` is a service that has to be started. */
export const dependency: NameForm = {
  rule: 'short form of depends_on',
  valueFor: (name) => {
    const origin = madeBy('short form of depends_on', name);
    return record({ condition: scalar('service_started', origin), required: scalar(true, origin) }, origin);
  },
};

/** A name in `networks` or `models` has no attributes. */
function withoutAttributes(rule: Rule): NameForm {
  return { rule, valueFor: (name) => scalar(null, madeBy(rule, name)) };
}

export const network: NameForm = withoutAttributes('short form of networks');
export const model: NameForm = withoutAttributes('short form of models');
