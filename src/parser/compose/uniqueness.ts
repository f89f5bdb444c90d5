import { overriding } from '../../source/build.ts';
import { child, type Node, numberOf, stringOf } from '../../source/node.ts';
import { keyOf } from './key-values.ts';
import { type PathTable, pathTable, type Rewrite, rewrite } from './path.ts';
import { scalarText } from './plain.ts';
import { splitVolume } from './volumes.ts';

/** By what an item of a list is known; undefined where it is known by nothing and stays. */
type KeyOfItem = (item: Node) => string | undefined;

/** The tree with items of lists that stand for the same thing reduced to the last one, in the place of the first. */
export function enforceUniqueness(root: Node): Node {
  return rewrite(root, uniqueness) ?? root;
}

function unique(keyOfItem: KeyOfItem): Rewrite {
  return (node) => {
    if (node.kind !== 'sequence') return node;
    const items: Node[] = [];
    const places = new Map<string, number>();
    for (const item of node.items) {
      const key = keyOfItem(item);
      const place = key === undefined ? undefined : places.get(key);
      if (place !== undefined) {
        items[place] = overriding(item, items[place] as Node);
        continue;
      }
      if (key !== undefined) places.set(key, items.length);
      items.push(item);
    }
    return items.length === node.items.length ? node : { ...node, items };
  };
}

const byKey: KeyOfItem = (item) => {
  const text = stringOf(item);
  return text === undefined ? undefined : keyOf(text);
};

const byText: KeyOfItem = (item) => (item.kind === 'scalar' ? scalarText(item) : undefined);

const byTarget: KeyOfItem = (item) => {
  const short = stringOf(item);
  if (short !== undefined) return splitVolume(short)?.target;
  return stringOf(child(item, 'target'));
};

const byDevice: KeyOfItem = (item) => {
  const [source, target] = stringOf(item)?.split(':') ?? [];
  return source === undefined ? stringOf(child(item, 'target')) : (target ?? source);
};

const byPath: KeyOfItem = (item) => stringOf(item) ?? stringOf(child(item, 'path'));

function byMount(directory: string): KeyOfItem {
  return (item) => {
    const target = stringOf(child(item, 'target'));
    const source = stringOf(item) ?? stringOf(child(item, 'source'));
    return target ?? (source === undefined ? undefined : `${directory}/${source}`);
  };
}

const byBinding: KeyOfItem = (item) => {
  if (item.kind !== 'mapping') return byText(item);
  const part = (key: string, otherwise: string) => {
    const node = child(item, key);
    return node?.kind === 'scalar' ? scalarText(node) : otherwise;
  };
  // To Docker Compose, `published: 80` is another port than "80".
  const type = numberOf(child(item, 'published')) === undefined ? '' : 'int ';
  return `${part('host_ip', '0.0.0.0')}:${type}${part('published', '')}:${part('target', '')}/${part('protocol', 'tcp')}`;
};

const uniqueness: PathTable<Rewrite> = pathTable({
  'networks.*.ipam.options': unique(byKey),
  'networks.*.labels': unique(byKey),
  'volumes.*.labels': unique(byKey),
  'services.*.annotations': unique(byKey),
  'services.*.build.additional_contexts': unique(byKey),
  'services.*.build.args': unique(byKey),
  'services.*.build.labels': unique(byKey),
  'services.*.build.tags': unique(byKey),
  'services.*.cap_add': unique(byKey),
  'services.*.cap_drop': unique(byKey),
  'services.*.configs': unique(byMount('')),
  'services.*.deploy.labels': unique(byKey),
  'services.*.devices': unique(byDevice),
  'services.*.dns': unique(byKey),
  'services.*.dns_opt': unique(byKey),
  'services.*.dns_search': unique(byKey),
  'services.*.env_file': unique(byPath),
  'services.*.environment': unique(byKey),
  'services.*.expose': unique(byText),
  'services.*.label_file': unique(byText),
  'services.*.labels': unique(byKey),
  'services.*.links': unique(byKey),
  'services.*.networks.*.aliases': unique(byKey),
  'services.*.networks.*.link_local_ips': unique(byKey),
  'services.*.ports': unique(byBinding),
  'services.*.profiles': unique(byKey),
  'services.*.secrets': unique(byMount('/run/secrets')),
  'services.*.sysctls': unique(byKey),
  'services.*.tmpfs': unique(byKey),
  'services.*.volumes': unique(byTarget),
});
