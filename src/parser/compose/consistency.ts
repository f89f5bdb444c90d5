import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import {
  child,
  entriesOf,
  isNull,
  itemsOf,
  type MappingNode,
  type Node,
  numberOf,
  stringOf,
} from '../../source/node.ts';
import type { Source } from '../../source/source.ts';
import { findCycle } from './dependency-cycle.ts';
import { type Check, dependencies, references, serviceIn } from './references.ts';

/** Reports what does not fit together in a model of enabled services. */
export function checkConsistency(root: MappingNode, disabled: ReadonlySet<string>, report: Report): void {
  for (const [name, { key, value }] of entriesOf(child(root, 'services'))) {
    if (value.kind !== 'mapping') continue;
    for (const check of checks) check({ name, key, service: value, root, disabled, report });
  }
  checkContainerNames(root, report);
  findCycle(root, report);
}

const imageOrBuild: Check = ({ name, key, service, report }) => {
  const image = child(service, 'image');
  const hasImage = image !== undefined && !isNull(image) && stringOf(image) !== '';
  if (hasImage || child(service, 'build') !== undefined || child(service, 'provider') !== undefined) return;
  report(diagnostic('compose/no-image', { service: name }, key));
};

const build: Check = ({ name, service, report }) => {
  const node = child(service, 'build');
  if (node?.kind !== 'mapping') return;
  const inline = node.entries.get('dockerfile_inline');
  const file = node.entries.get('dockerfile');
  if (inline !== undefined && file !== undefined && stringOf(inline.value) && stringOf(file.value)) {
    const both = { path: `services.${name}.build`, keys: 'dockerfile, dockerfile_inline' };
    report(diagnostic('compose/exclusive', both, inline.key, [{ message: 'the other one', source: file.key }]));
  }
  const platform = child(service, 'platform');
  const platforms = itemsOf(child(node, 'platforms'));
  const text = stringOf(platform);
  if (platform === undefined || !text || platforms.length === 0) return;
  if (platforms.some((other) => stringOf(other) === text)) return;
  const related = [{ message: 'the platforms built for', source: (child(node, 'platforms') as Node).source }];
  report(diagnostic('compose/platform-not-built', { service: name, platform: text }, platform.source, related));
};

/** A build may take from what another service builds. */
const buildContexts: Check = ({ name, service, root, report }) => {
  const services = child(root, 'services');
  for (const [, { value }] of entriesOf(child(child(service, 'build'), 'additional_contexts'))) {
    const target = serviceIn(value);
    const built = target === undefined ? undefined : child(services, target);
    // That it must be defined is checked with all other references.
    if (target === undefined || built === undefined || child(built, 'build') !== undefined) continue;
    report(diagnostic('compose/not-built', { service: name, other: target }, value.source));
  }
};

const networkMode: Check = ({ name, service, report }) => {
  const mode = service.entries.get('network_mode');
  const networks = service.entries.get('networks');
  if (mode === undefined || !stringOf(mode.value) || networks === undefined) return;
  if (entriesOf(networks.value).length === 0) return;
  const both = { path: `services.${name}`, keys: 'network_mode, networks' };
  report(diagnostic('compose/exclusive', both, networks.key, [{ message: 'the other one', source: mode.key }]));
};

const healthcheck: Check = ({ name, service, report }) => {
  const [first] = itemsOf(child(child(service, 'healthcheck'), 'test'));
  const text = stringOf(first);
  if (first === undefined || text === undefined || ['CMD', 'CMD-SHELL', 'NONE'].includes(text)) return;
  report(diagnostic('compose/healthcheck-test', { service: name, text }, first.source));
};

const scale: Check = ({ name, service, report }) => {
  const written = service.entries.get('scale');
  const replicas = child(child(service, 'deploy'), 'replicas');
  const [count, twin] = [numberOf(written?.value), numberOf(replicas)];
  for (const [node, number] of [
    [written?.value, count],
    [replicas, twin],
  ] as const) {
    if (node !== undefined && number !== undefined && number < 0) {
      report(diagnostic('compose/negative-scale', { service: name }, node.source));
    }
  }
  if (written !== undefined && replicas !== undefined && count !== twin) {
    const names = { service: name, key: 'scale', twin: 'deploy.replicas' };
    const related = [{ message: `${names.twin} is set here`, source: replicas.source }];
    report(diagnostic('compose/distinct-values', names, written.value.source, related));
  }
  const container = service.entries.get('container_name');
  if (container !== undefined && stringOf(container.value) && (count ?? twin ?? 1) > 1) {
    report(diagnostic('compose/container-name-scaled', { service: name, count: count ?? twin ?? 1 }, container.key));
  }
};

/** Attributes with a twin under `deploy.resources`, whose whole group must then agree. */
const twins: readonly { readonly key: string; readonly group: 'limits' | 'reservations'; readonly twin: string }[] = [
  { key: 'cpus', group: 'limits', twin: 'cpus' },
  { key: 'mem_limit', group: 'limits', twin: 'memory' },
  { key: 'mem_reservation', group: 'reservations', twin: 'memory' },
  { key: 'pids_limit', group: 'limits', twin: 'pids' },
];

const resources: Check = ({ name, service, report }) => {
  for (const { key, group, twin } of twins) {
    const written = service.entries.get(key);
    const value = numberOf(written?.value);
    const grouped = child(child(child(service, 'deploy'), 'resources'), group);
    if (written === undefined || !value || grouped === undefined || isNull(grouped)) continue;
    const other = child(grouped, twin);
    if (Math.fround(numberOf(other) ?? 0) === Math.fround(value)) continue;
    const names = { service: name, key, twin: `deploy.resources.${group}.${twin}` };
    const related = [
      other === undefined
        ? { message: `${names.twin} is left out here`, source: grouped.source }
        : { message: `${names.twin} is set here`, source: other.source },
    ];
    report(diagnostic('compose/distinct-values', names, written.value.source, related));
  }
};

const mountTargets: Check = ({ name, service, report }) => {
  const seen = new Map<string, Source>();
  const mounts = [
    ...itemsOf(child(service, 'tmpfs')).map((node) => ({ node, target: stringOf(node)?.split(':')[0] })),
    ...itemsOf(child(service, 'volumes')).map((volume) => ({
      node: child(volume, 'target') ?? volume,
      target: stringOf(child(volume, 'target')),
    })),
  ];
  for (const { node, target } of mounts) {
    if (target === undefined || target === '') continue;
    const first = seen.get(target);
    if (first === undefined) seen.set(target, node.source);
    else {
      const related = [{ message: 'the first mount', source: first }];
      report(diagnostic('compose/mounted-twice', { service: name, target }, node.source, related));
    }
  }
};

const watchTargets: Check = ({ name, service, report }) => {
  for (const watch of itemsOf(child(child(service, 'develop'), 'watch'))) {
    const action = child(watch, 'action');
    const needsTarget = ['sync', 'sync+restart', 'sync+exec'].includes(stringOf(action) ?? '');
    if (action === undefined || !needsTarget || stringOf(child(watch, 'target'))) continue;
    report(diagnostic('compose/watch-target', { service: name, action: stringOf(action) ?? '' }, action.source));
  }
};

const checks: readonly Check[] = [
  imageOrBuild,
  build,
  buildContexts,
  networkMode,
  healthcheck,
  dependencies,
  references,
  scale,
  resources,
  mountTargets,
  watchTargets,
];

function checkContainerNames(root: MappingNode, report: Report): void {
  const names = new Map<string, { readonly service: string; readonly source: Source }>();
  for (const [service, { value }] of entriesOf(child(root, 'services'))) {
    const node = child(value, 'container_name');
    const name = stringOf(node);
    if (node === undefined || !name) continue;
    const first = names.get(name);
    if (first === undefined) names.set(name, { service, source: node.source });
    else {
      const related = [{ message: `the service "${first.service}" has it`, source: first.source }];
      const taken = { service, name, other: first.service };
      report(diagnostic('compose/container-name-taken', taken, node.source, related));
    }
  }
}
