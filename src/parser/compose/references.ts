import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { booleanOf, child, entriesOf, itemsOf, type MappingNode, type Node, stringOf } from '../../source/node.ts';
import type { Source } from '../../source/source.ts';
import { suggest } from '../../source/suggest.ts';

/** What a check of one service may look at. */
export interface Subject {
  readonly name: string;
  readonly key: Source;
  readonly service: MappingNode;
  readonly root: MappingNode;
  readonly disabled: ReadonlySet<string>;
  readonly report: Report;
}

/** Reports what is wrong with one service of a model. */
export type Check = (subject: Subject) => void;

/** What a service depends on must exist, and be enabled where it is required. */
export const dependencies: Check = ({ name, service, root, disabled, report }) => {
  const services = child(root, 'services');
  for (const [dependency, { key, value }] of entriesOf(child(service, 'depends_on'))) {
    if (child(services, dependency) !== undefined) continue;
    if (!disabled.has(dependency)) {
      undefinedResource({ service: name, kind: 'service', name: dependency }, key, services, report);
    } else if (booleanOf(child(value, 'required')) !== false) {
      report(diagnostic('compose/dependency-disabled', { service: name, dependency }, key));
    }
  }
};

/** What a service refers to by name, and the section that must define it. */
const referring: readonly {
  readonly section: string;
  readonly kind: string;
  readonly of: (service: MappingNode) => readonly (readonly [string | undefined, Source])[];
}[] = [
  { section: 'networks', kind: 'network', of: (service) => keysOf(child(service, 'networks')) },
  {
    section: 'volumes',
    kind: 'volume',
    of: (service) =>
      itemsOf(child(service, 'volumes')).flatMap((volume) => {
        const source = child(volume, 'source');
        const isNamed = stringOf(child(volume, 'type')) === 'volume' && stringOf(source) !== '';
        return isNamed && source !== undefined ? [[stringOf(source), source.source] as const] : [];
      }),
  },
  { section: 'secrets', kind: 'secret', of: (service) => sourcesOf(child(service, 'secrets')) },
  { section: 'secrets', kind: 'secret', of: (service) => sourcesOf(child(child(service, 'build'), 'secrets')) },
  { section: 'configs', kind: 'config', of: (service) => sourcesOf(child(service, 'configs')) },
  { section: 'services', kind: 'service', of: (service) => builtServices(child(service, 'build')) },
  { section: 'services', kind: 'service', of: (service) => sharedNetwork(service.entries.get('network_mode')?.value) },
  { section: 'models', kind: 'model', of: (service) => keysOf(child(service, 'models')) },
];

/** `network_mode: service:x` */
function sharedNetwork(mode: Node | undefined): readonly (readonly [string | undefined, Source])[] {
  const name = serviceIn(mode);
  return mode === undefined || name === undefined ? [] : [[name, mode.source]];
}

/** `additional_contexts: {name: service:x}` */
function builtServices(build: Node | undefined): readonly (readonly [string | undefined, Source])[] {
  return entriesOf(child(build, 'additional_contexts')).flatMap(([, { value }]) => sharedNetwork(value));
}

/** The name in `service:name`. */
export function serviceIn(node: Node | undefined): string | undefined {
  return /^service:(.*)$/.exec(stringOf(node) ?? '')?.[1];
}

function keysOf(node: Node | undefined): readonly (readonly [string, Source])[] {
  return entriesOf(node).map(([key, entry]) => [key, entry.key] as const);
}

function sourcesOf(node: Node | undefined): readonly (readonly [string | undefined, Source])[] {
  return itemsOf(node).map(
    (item) => [stringOf(child(item, 'source')), (child(item, 'source') ?? item).source] as const,
  );
}

/** Every resource that a service names must be defined. */
export const references: Check = ({ name: service, service: node, root, report }) => {
  for (const { section, kind, of } of referring) {
    const defined = child(root, section);
    for (const [name, source] of of(node)) {
      if (name === undefined || (defined?.kind === 'mapping' && defined.entries.has(name))) continue;
      undefinedResource({ service, kind, name }, source, defined, report);
    }
  }
};

function undefinedResource(
  reference: { service: string; kind: string; name: string },
  source: Source,
  defined: Node | undefined,
  report: Report,
): void {
  const suggestion = suggest(reference.name, defined?.kind === 'mapping' ? defined.entries.keys() : []);
  report(diagnostic('compose/undefined', { ...reference, suggestion }, source));
}
