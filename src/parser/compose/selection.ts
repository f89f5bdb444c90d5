import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { mapping, mapValues, withoutKey, withValue } from '../../source/build.ts';
import { child, entriesOf, itemsOf, type MappingNode, type Node, stringOf } from '../../source/node.ts';
import { suggest } from '../../source/suggest.ts';

/** The model with only these services and what they depend on; all of them where none is named. */
export function selectServices(root: MappingNode, named: readonly string[], report: Report): MappingNode {
  const services = child(root, 'services');
  if (named.length === 0) return root;
  if (services?.kind !== 'mapping') {
    for (const name of named) report(diagnostic('compose/no-service', { name, suggestion: undefined, known: '' }));
    return root;
  }
  const selected = new Set<string>();
  const select = (name: string) => {
    // Without recursion: chains may be thousands of services long.
    const waiting = [name];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (selected.has(next) || !services.entries.has(next)) continue;
      selected.add(next);
      for (const [dependency] of entriesOf(child(child(services, next), 'depends_on'))) waiting.push(dependency);
    }
  };
  for (const name of named) {
    if (!services.entries.has(name)) {
      const suggestion = suggest(name, services.entries.keys());
      report(diagnostic('compose/no-service', { name, suggestion, known: [...services.entries.keys()].join(', ') }));
    }
    select(name);
  }
  const kept = mapValues(services, (service, name) =>
    selected.has(name) ? amongSelected(service, selected) : undefined,
  );
  return withValue(root, 'services', kept);
}

/** The service without the optional dependencies that are not there. */
function amongSelected(service: Node, selected: ReadonlySet<string>): Node {
  const dependencies = child(service, 'depends_on');
  if (service.kind !== 'mapping' || dependencies?.kind !== 'mapping') return service;
  const kept = mapValues(dependencies, (value, name) => (selected.has(name) ? value : undefined));
  return withValue(service, 'depends_on', kept);
}

type NamesOf = (service: Node) => readonly (string | undefined)[];

const sourcesOf =
  (key: string): NamesOf =>
  (service) =>
    itemsOf(child(service, key)).map((item) => stringOf(child(item, 'source')));

/** By section, the resources that a service uses. */
const uses: Readonly<Record<string, NamesOf>> = {
  networks: (service) => entriesOf(child(service, 'networks')).map(([name]) => name),
  volumes: (service) =>
    itemsOf(child(service, 'volumes')).map((volume) =>
      stringOf(child(volume, 'type')) === 'volume' ? stringOf(child(volume, 'source')) : undefined,
    ),
  secrets: (service) => [...sourcesOf('secrets')(service), ...sourcesOf('secrets')(child(service, 'build') ?? service)],
  configs: sourcesOf('configs'),
  models: (service) => entriesOf(child(service, 'models')).map(([name]) => name),
};

/** The model without the networks, volumes, secrets and configs that none of its services uses. */
export function withoutUnused(root: MappingNode): MappingNode {
  const services = entriesOf(child(root, 'services')).map(([, { value }]) => value);
  return Object.entries(uses).reduce((model, [section, namesOf]) => {
    const resources = child(model, section);
    if (resources?.kind !== 'mapping') return model;
    const used = new Set(services.flatMap((service) => namesOf(service)));
    const entries = [...resources.entries].filter(([name]) => used.has(name));
    return entries.length === 0
      ? withoutKey(model, section)
      : withValue(model, section, mapping(new Map(entries), resources));
  }, root);
}
