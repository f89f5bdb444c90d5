import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { child, entriesOf, itemsOf, type Node, stringOf } from '../../source/node.ts';
import type { Source } from '../../source/source.ts';
import { suggest } from '../../source/suggest.ts';
import { type Project, servicesOf } from '../compose/project.ts';

/** A container that gets the credentials of a registry. */
export interface NamedContainer {
  readonly container: string;
  readonly registry: string;
  /** What the file says of the registry. */
  readonly entry: Node;
  readonly source: Source;
}

/** The containers that `container_names` of each registry name; reports those that two of them name. */
export function namedContainers(registries: Node | undefined, report: Report): readonly NamedContainer[] {
  const first = new Map<string, NamedContainer>();
  for (const [registry, { value }] of entriesOf(registries)) {
    for (const item of itemsOf(child(value, 'container_names'))) {
      const container = stringOf(item) ?? '';
      const named = { container, registry, entry: value, source: item.source };
      const before = first.get(container);
      if (before === undefined) first.set(container, named);
      else if (before.registry !== registry) {
        const words = { container, registry, other: before.registry };
        const related = [{ message: `named under "${before.registry}"`, source: before.source }];
        report(diagnostic('registry/container-twice', words, item.source, related));
      }
    }
  }
  return [...first.values()];
}

/** Whether a container is that of a service. It is named as the service, but for dots. */
export function isContainerOf({ container }: NamedContainer, service: string): boolean {
  return container === service || container === service.replaceAll('.', '-');
}

/** Reports containers that the project does not have. */
export function checkContainers(named: readonly NamedContainer[], project: Project, report: Report): void {
  const services = servicesOf(project).map(({ name }) => name);
  for (const one of named) {
    if (services.some((service) => isContainerOf(one, service))) continue;
    const { container, source } = one;
    const words = {
      container,
      suggestion: suggest(container, services),
      services: services.map((name) => `"${name}"`).join(', '),
    };
    report(diagnostic('registry/unknown-service', words, source));
  }
}
