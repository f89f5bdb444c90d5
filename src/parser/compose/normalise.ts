import { madeBy, mapItems, mapping, readBy, record, scalar, withValue } from '../../source/build.ts';
import {
  booleanOf,
  child,
  entriesOf,
  isNull,
  itemsOf,
  type MappingNode,
  type Node,
  type ScalarNode,
  stringOf,
} from '../../source/node.ts';
import { pathTable, type Rewrite, rewrite } from './path.ts';
import { cleanPath } from './paths.ts';

/** The sections of a project whose entries have a name outside it. */
const resourceSections = ['networks', 'volumes', 'configs', 'secrets'] as const;

/** The model with what Compose implies written out: the default network, implied dependencies, names of resources. */
export function normalise(root: MappingNode, name: ScalarNode): MappingNode {
  const services = rewrite(root, pathTable<Rewrite>({ 'services.*': normaliseService })) as MappingNode;
  const named = resourceSections.reduce(
    (model, section) => withResourceNames(model, section, String(name.value)),
    withDefaultNetwork(services),
  );
  const entry = { key: root.entries.get('name')?.key ?? name.source, value: name as Node };
  return mapping(new Map([['name', entry], ...named.entries]).set('name', entry), root);
}

const normaliseService: Rewrite = (node) => {
  if (node.kind !== 'mapping') return node;
  return serviceSteps.reduce((service, step) => step(service), node);
};

/** A service that says nothing of networks is on the default one. */
function attachedToDefault(service: MappingNode): MappingNode {
  const networks = child(service, 'networks');
  const has =
    networks !== undefined && !isNull(networks) && !(networks.kind === 'mapping' && networks.entries.size === 0);
  if (has || child(service, 'network_mode') !== undefined || child(service, 'provider') !== undefined) return service;
  const origin = madeBy('default network', service);
  return withValue(service, 'networks', record({ default: scalar(null, origin) }, origin));
}

function withDockerfile(service: MappingNode): MappingNode {
  const build = child(service, 'build');
  if (
    build?.kind !== 'mapping' ||
    stringOf(child(build, 'dockerfile')) ||
    stringOf(child(build, 'dockerfile_inline'))
  ) {
    return service;
  }
  const dockerfile = scalar('Dockerfile', madeBy('default dockerfile of build', build));
  return withValue(service, 'build', withValue(build, 'dockerfile', dockerfile));
}

function withPullPolicy(service: MappingNode): MappingNode {
  const policy = child(service, 'pull_policy');
  return policy?.kind === 'scalar' && policy.value === 'if_not_present'
    ? withValue(service, 'pull_policy', readBy('pull policy missing', policy, 'missing'))
    : service;
}

function withCleanTargets(service: MappingNode): MappingNode {
  const volumes = child(service, 'volumes');
  if (volumes?.kind !== 'sequence') return service;
  const items = volumes.items.map((volume) => {
    const target = child(volume, 'target');
    const text = stringOf(target);
    if (volume.kind !== 'mapping' || target?.kind !== 'scalar' || text === undefined) return volume;
    const clean = cleanPath(text);
    return clean === text ? volume : withValue(volume, 'target', readBy('path without empty parts', target, clean));
  });
  return withValue(service, 'volumes', { ...volumes, items });
}

const namespaces = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'] as const;

/** What a service shares with another, or takes from it, makes it depend on that one. */
function withImpliedDependencies(service: MappingNode): MappingNode {
  const implied = [
    ...itemsOf(child(service, 'links')).map((link) => ({
      node: link,
      name: stringOf(link)?.split(':')[0],
      restart: true,
    })),
    ...namespaces.map((key) => {
      const node = child(service, key);
      return { node, name: /^service:(.*)$/.exec(stringOf(node) ?? '')?.[1], restart: true };
    }),
    ...itemsOf(child(service, 'volumes_from')).map((from) => ({
      node: from,
      name: stringOf(from)?.startsWith('container:') ? undefined : stringOf(from)?.split(':')[0],
      restart: false,
    })),
  ];
  const written = child(service, 'depends_on');
  const first = implied.find(({ node, name }) => node !== undefined && name !== undefined)?.node;
  const dependencies = written ?? (first && record({}, madeBy('implied dependency', first)));
  if (dependencies?.kind !== 'mapping') return service;
  const entries = new Map(dependencies.entries);
  for (const { node, name, restart } of implied) {
    if (node === undefined || name === undefined || entries.has(name)) continue;
    const origin = madeBy('implied dependency', node);
    const value = record(
      {
        condition: scalar('service_started', origin),
        restart: restart ? scalar(true, origin) : undefined,
        required: scalar(true, origin),
      },
      origin,
    );
    entries.set(name, { key: node.source, value });
  }
  if (entries.size === dependencies.entries.size) return service;
  return withValue(service, 'depends_on', mapping(entries, dependencies));
}

/** `scale` is what `deploy.replicas` says, where there is a `deploy`. */
function withReplicas(service: MappingNode): MappingNode {
  const [scale, deploy] = [child(service, 'scale'), child(service, 'deploy')];
  return scale === undefined || deploy?.kind !== 'mapping' || deploy.entries.has('replicas')
    ? service
    : withValue(service, 'deploy', withValue(deploy, 'replicas', scale));
}

/** What runs before a service starts runs in its image, unless it names another. */
function withHookImages(service: MappingNode): MappingNode {
  const [image, hooks] = [child(service, 'image'), child(service, 'pre_start')];
  if (!stringOf(image) || image === undefined || hooks?.kind !== 'sequence') return service;
  const items = mapItems(hooks, (hook) =>
    hook.kind !== 'mapping' || hook.entries.has('image')
      ? hook
      : withValue(hook, 'image', { ...image, ...madeBy('image of the service', image) }),
  );
  return withValue(service, 'pre_start', items);
}

const serviceSteps: readonly ((service: MappingNode) => MappingNode)[] = [
  attachedToDefault,
  withDockerfile,
  withPullPolicy,
  withCleanTargets,
  withReplicas,
  withHookImages,
  withImpliedDependencies,
];

function withDefaultNetwork(root: MappingNode): MappingNode {
  const origin = madeBy('default network', root);
  const networks = child(root, 'networks');
  const known = networks?.kind === 'mapping' ? networks : record({}, origin);
  return known.entries.has('default')
    ? root
    : withValue(root, 'networks', withValue(known, 'default', record({}, origin)));
}

/** `<project>_<key>`; a resource from outside is called as its key. */
function withResourceNames(root: MappingNode, section: string, project: string): MappingNode {
  const resources = child(root, section);
  if (resources?.kind !== 'mapping') return root;
  const entries = entriesOf(resources).map(([key, entry]) => {
    const node = isNull(entry.value)
      ? record({}, { ...madeBy('no attributes', entry.value), source: entry.key })
      : entry.value;
    if (node.kind !== 'mapping' || child(node, 'name') !== undefined) return [key, { ...entry, value: node }] as const;
    const isExternal = booleanOf(child(node, 'external')) === true;
    const text = isExternal ? key : `${project}_${key}`;
    const name = scalar(text, madeBy('name of a resource', { source: entry.key }));
    return [key, { ...entry, value: withValue(node, 'name', name) }] as const;
  });
  return withValue(root, section, { ...resources, entries: new Map(entries) });
}
