import { dirname, resolve } from 'pathe';
import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { mapValues, withoutKey, withValue } from '../../source/build.ts';
import { child, entriesOf, isNull, type MappingNode, type Node, stringOf } from '../../source/node.ts';
import { shortPath } from '../../source/read.ts';
import { suggest } from '../../source/suggest.ts';
import { canonical } from './canonical.ts';
import { readDocuments } from './documents.ts';
import type { Loading } from './loading.ts';
import { merge, mergeService, withoutDirectives } from './merge.ts';
import { absolutePaths } from './paths.ts';
import { reportRemote } from './remote.ts';
import { enforceUniqueness } from './uniqueness.ts';

/** Services that one file defines, and where its own paths start. */
interface Services {
  readonly file: string;
  readonly directory: string;
  readonly node: MappingNode;
  /** Services already resolved, by name. */
  readonly resolved: Map<string, Node>;
}

interface Step {
  readonly file: string;
  readonly service: string;
}

/** The document with each service that extends another standing on top of it, and `extends` gone. */
export function applyExtends(root: Node, file: string, loading: Loading): Node {
  const services = child(root, 'services');
  if (root.kind !== 'mapping' || services?.kind !== 'mapping') return root;
  if (!entriesOf(services).some(([, { value }]) => child(value, 'extends') !== undefined)) return root;
  const own: Services = { file, directory: loading.directory, node: services, resolved: new Map() };
  const resolver = new Resolver(loading);
  const resolved = mapValues(services, (_, name) => resolver.resolve(own, name, []));
  return withValue(root, 'services', resolved);
}

/** Follows `extends`; its state is the files read so far. */
class Resolver {
  readonly #loading: Loading;
  readonly #files = new Map<string, Services | undefined>();

  constructor(loading: Loading) {
    this.#loading = loading;
  }

  resolve(services: Services, name: string, way: readonly Step[]): Node {
    const known = services.resolved.get(name);
    if (known !== undefined) return known;
    const service = child(services.node, name) as Node;
    const reference = child(service, 'extends');
    const resolved =
      service.kind !== 'mapping' || reference === undefined
        ? service
        : this.#extend(services, name, service, reference, way);
    services.resolved.set(name, resolved);
    return resolved;
  }

  #extend(services: Services, name: string, service: MappingNode, reference: Node, way: readonly Step[]): Node {
    const { report } = this.#loading;
    const alone = withoutKey(service, 'extends');
    const target = reference.kind === 'mapping' ? child(reference, 'service') : reference;
    const base = stringOf(target);
    const file = child(reference, 'file');
    // The schema says what is wrong with it.
    if (
      target === undefined ||
      base === undefined ||
      (file !== undefined && !isNull(file) && stringOf(file) === undefined)
    )
      return service;
    const steps = [...way, { file: services.file, service: name }];
    const from = file === undefined || isNull(file) ? services : this.#open(services, file);
    if (from === undefined) return alone;
    if (steps.some((step) => step.file === from.file && step.service === base)) {
      const cycle = [...steps.map((step) => step.service), base].join(' -> ');
      report(diagnostic('compose/extends-cycle', { cycle }, target.source));
      return alone;
    }
    if (!from.node.entries.has(base)) {
      const suggestion = suggest(base, from.node.entries.keys());
      const missing = { service: name, base, file: shortPath(this.#loading.host, from.file), suggestion };
      report(diagnostic('compose/extends-undefined', missing, target.source));
      return alone;
    }
    const below = withoutDirectives(this.resolve(from, base, steps));
    return isNull(below) ? alone : mergeService(below, alone, name, report);
  }

  /** The services of another file, as far as they can be read: interpolated, in the long form, with absolute paths. */
  #open(services: Services, named: Node): Services | undefined {
    const { host, report, home } = this.#loading;
    const { source } = named;
    const file = resolve(services.directory, String(stringOf(named)));
    if (file === services.file) return services;
    if (this.#files.has(file)) return this.#files.get(file);
    if (reportRemote(named, services.directory, host, report)) return undefined;
    const directory = dirname(file);
    const [first, ...rest] = readDocuments(file, { ...this.#loading, directory }, source);
    const root = first && rest.reduce((base, over) => withoutDirectives(merge(base, over, report)), first);
    const long = root && absolutePaths(canonical(enforceUniqueness(root), report), directory, home);
    const node = child(long, 'services');
    const opened: Services | undefined =
      node?.kind === 'mapping' ? { file, directory, node, resolved: new Map() } : undefined;
    if (root !== undefined && opened === undefined) {
      report(diagnostic('compose/no-services', { file: shortPath(host, file) }, source));
    }
    this.#files.set(file, opened);
    return opened;
  }
}
