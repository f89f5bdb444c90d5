import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { child, entriesOf, type MappingNode } from '../../source/node.ts';
import type { Source } from '../../source/source.ts';

/** Reports every cycle of dependencies once, at the dependency that closes it. */
export function findCycle(root: MappingNode, report: Report): void {
  const services = child(root, 'services');
  const done = new Set<string>();
  // The way from a service that nothing has led to yet, without recursion: chains may be thousands of services long.
  for (const [start] of entriesOf(services)) {
    const way: { readonly name: string; readonly rest: (readonly [string, Source])[] }[] = [];
    const places = new Map<string, number>();
    const enter = (name: string) => {
      places.set(name, way.length);
      const dependencies = entriesOf(child(child(services, name), 'depends_on'));
      way.push({ name, rest: dependencies.map(([dependency, { key }]) => [dependency, key] as const).reverse() });
    };
    if (!done.has(start)) enter(start);
    for (let step = way.at(-1); step !== undefined; step = way.at(-1)) {
      const next = step.rest.pop();
      if (next === undefined) {
        done.add(step.name);
        places.delete(step.name);
        way.pop();
        continue;
      }
      const [name, key] = next;
      const place = places.get(name);
      if (place !== undefined) {
        const cycle = [...way.slice(place).map(({ name }) => name), name].join(' -> ');
        report(diagnostic('compose/dependency-cycle', { cycle }, key));
      } else if (!done.has(name) && child(services, name) !== undefined) {
        enter(name);
      }
    }
  }
}
