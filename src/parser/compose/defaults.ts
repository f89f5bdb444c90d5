import { madeBy, scalar, withValue } from '../../source/build.ts';
import { child, type Node, stringOf } from '../../source/node.ts';
import type { Rule } from '../../source/rule.ts';
import { type PathTable, pathTable, type Rewrite, rewrite } from './path.ts';

/** The tree with the attributes that always have a value given one, each with the rule that did. */
export function withDefaults(root: Node): Node {
  return rewrite(root, defaults) ?? root;
}

/** Sets a key where the mapping lacks it, to what `valueFor` gives. */
function unset(key: string, rule: Rule, valueFor: (node: Node) => string | number | boolean | undefined): Rewrite {
  return (node) => {
    if (node.kind !== 'mapping' || node.entries.has(key)) return node;
    const value = valueFor(node);
    return value === undefined ? node : withValue(node, key, scalar(value, madeBy(rule, node)));
  };
}

function each(...rewrites: readonly Rewrite[]): Rewrite {
  return (node, path) => rewrites.reduce<Node | undefined>((result, next) => result && next(result, path), node);
}

const deviceCount = unset('count', 'default count of devices', (node) =>
  child(node, 'device_ids') === undefined ? -1 : undefined,
);

const defaults: PathTable<Rewrite> = pathTable({
  'services.*.build': unset('context', 'default context of build', () => '.'),
  'services.*.deploy.resources.reservations.devices.*': deviceCount,
  'services.*.gpus.*': deviceCount,
  'services.*.ports.*': each(
    unset('protocol', 'default protocol of ports', () => 'tcp'),
    unset('mode', 'default mode of ports', () => 'ingress'),
  ),
  'services.*.secrets.*': unset('target', 'default target of secrets', (node) => {
    const source = stringOf(child(node, 'source'));
    return source === undefined ? undefined : `/run/secrets/${source}`;
  }),
  'services.*.volumes.*.bind': unset('create_host_path', 'default create_host_path of bind', () => true),
});
