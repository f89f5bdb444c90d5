import { scalar, withValue } from '../../source/build.ts';
import { child, type Node, stringOf } from '../../source/node.ts';
import { type PathTable, pathTable, type Rewrite, rewrite } from './path.ts';

/** The tree with the attributes that always have a value given one, each with the rule that did. */
export function withDefaults(root: Node): Node {
  return rewrite(root, defaults) ?? root;
}

/** Sets a key where the mapping lacks it, to what `valueFor` gives. */
function unset(key: string, rule: string, valueFor: (node: Node) => string | number | boolean | undefined): Rewrite {
  return (node) => {
    if (node.kind !== 'mapping' || node.entries.has(key)) return node;
    const value = valueFor(node);
    return value === undefined ? node : withValue(node, key, scalar(value, { source: node.source, rule }));
  };
}

function each(...rewrites: readonly Rewrite[]): Rewrite {
  return (node, path) => rewrites.reduce<Node | undefined>((result, next) => result && next(result, path), node);
}

const deviceCount = unset('count', 'all devices unless said otherwise', (node) =>
  child(node, 'device_ids') === undefined ? -1 : undefined,
);

const defaults: PathTable<Rewrite> = pathTable({
  'services.*.build': unset('context', 'default build context', () => '.'),
  'services.*.deploy.resources.reservations.devices.*': deviceCount,
  'services.*.gpus.*': deviceCount,
  'services.*.ports.*': each(
    unset('protocol', 'default protocol', () => 'tcp'),
    unset('mode', 'default mode', () => 'ingress'),
  ),
  'services.*.secrets.*': unset('target', 'default target', (node) => {
    const source = stringOf(child(node, 'source'));
    return source === undefined ? undefined : `/run/secrets/${source}`;
  }),
  'services.*.volumes.*.bind': unset('create_host_path', 'created unless said otherwise', () => true),
});
