import { dirname, resolve } from 'pathe';
import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { treeCost } from '../../source/allowance.ts';
import { mapping, mapValues, record, withoutKey, withValue } from '../../source/build.ts';
import { limits } from '../../source/limits.ts';
import { child, entriesOf, isNull, type MappingNode, type Node, stringOf } from '../../source/node.ts';
import { shortPath } from '../../source/read.ts';
import { suggest } from '../../source/suggest.ts';
import { canonical } from './canonical.ts';
import { readDocuments } from './documents.ts';
import type { Loading } from './loading.ts';
import { merge, mergeService, withoutDirectives } from './merge.ts';
import { absolutePaths } from './paths.ts';
import { reportRemote } from './remote.ts';
import { checkSchema } from './schema.ts';
import { enforceUniqueness } from './uniqueness.ts';

/** Services that one file defines, and where its own paths start. */
interface Services {
  readonly file: string;
  readonly directory: string;
  readonly node: MappingNode;
  /** Services already resolved, by name. */
  readonly resolved: Map<string, Node>;
}

/** A service in its file. */
interface Step {
  readonly services: Services;
  readonly name: string;
}

/** The document with each service that extends another standing on top of it, and `extends` gone. */
export function applyExtends(root: Node, file: string, loading: Loading): Node {
  const services = child(root, 'services');
  if (root.kind !== 'mapping' || services?.kind !== 'mapping') return root;
  if (!entriesOf(services).some(([, { value }]) => child(value, 'extends') !== undefined)) return root;
  const own: Services = { file, directory: loading.directory, node: services, resolved: new Map() };
  const resolver = new Resolver(loading);
  const resolved = mapValues(services, (_, name) => resolver.resolve(own, name));
  return withValue(root, 'services', resolved);
}

/** Follows `extends`; its state is the files read so far. */
class Resolver {
  readonly #loading: Loading;
  readonly #files = new Map<string, Services | undefined>();

  constructor(loading: Loading) {
    this.#loading = loading;
  }

  /** A service on top of all that it extends. */
  resolve(services: Services, name: string): Node {
    const way: Step[] = [];
    const passed = new Set<string>();
    // A loop, since a chain may be thousands of services long.
    for (let step: Step | undefined = { services, name }; step !== undefined; step = this.#baseOf(step, way, passed)) {
      way.push(step);
      passed.add(identity(step));
    }
    return way.reduceRight<Node | undefined>((base, step) => this.#extend(step, base), undefined) as Node;
  }

  /** What a service extends; undefined where that is nothing, or cannot be had, which is reported. */
  #baseOf(step: Step, way: readonly Step[], passed: ReadonlySet<string>): Step | undefined {
    const { report, host } = this.#loading;
    const { services, name } = step;
    if (services.resolved.has(name)) return undefined;
    const service = child(services.node, name);
    this.#checkForm(services.node, name, service);
    const reference = referenceOf(service);
    if (reference === undefined) return undefined;
    const { target, base, file } = reference;
    const from = file === undefined || isNull(file) ? services : this.#open(services, file);
    if (from === undefined) return undefined;
    const next = { services: from, name: base };
    if (passed.has(identity(next))) {
      const cycle = [...way.map((one) => one.name), base].join(' -> ');
      report(diagnostic('compose/extends-cycle', { cycle }, target.source));
      return undefined;
    }
    if (!from.node.entries.has(base)) {
      const suggestion = suggest(base, from.node.entries.keys());
      const missing = { service: name, base, file: shortPath(host, from.file), suggestion };
      report(diagnostic('compose/extends-undefined', missing, target.source));
      return undefined;
    }
    return next;
  }

  /** The service of a step on top of its base, if it has one. */
  #extend({ services, name }: Step, base: Node | undefined): Node {
    const known = services.resolved.get(name);
    if (known !== undefined) return known;
    const { report, nodes } = this.#loading;
    const service = child(services.node, name) as Node;
    const reference = referenceOf(service);
    const below = base === undefined ? undefined : withoutDirectives(base);
    let resolved = service.kind === 'mapping' && reference !== undefined ? withoutKey(service, 'extends') : service;
    if (reference !== undefined && below !== undefined && !isNull(below)) {
      const merged = mergeService(below, resolved, name, report);
      const isAffordable = nodes.spend(treeCost(merged), () =>
        report(diagnostic('compose/too-large', { limit: limits.projectNodes }, reference.target.source)),
      );
      if (isAffordable) resolved = merged;
    }
    services.resolved.set(name, resolved);
    return resolved;
  }

  /** Reports what the schema refuses of `extends`, which is gone when the whole model is checked. */
  #checkForm(services: MappingNode, name: string, service: Node | undefined): void {
    const reference = child(service, 'extends');
    if (reference === undefined) return;
    const key = services.entries.get(name)?.key ?? services.source;
    // An empty "file:" is this file, and no text to the schema.
    const isHere = reference.kind === 'mapping' && isNull(child(reference, 'file'));
    const value = record({ extends: isHere ? withoutKey(reference, 'file') : reference }, reference);
    const alone = mapping(new Map([[name, { key, value }]]), services);
    checkSchema(record({ services: alone }, services), this.#loading.report);
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
    const wasRead = root !== undefined || this.#loading.files.get(file)?.isEmpty === true;
    if (wasRead && opened === undefined) {
      report(diagnostic('compose/no-services', { file: shortPath(host, file) }, source));
    }
    this.#files.set(file, opened);
    return opened;
  }
}

function identity({ services, name }: Step): string {
  return `${services.file}\n${name}`;
}

/** What `extends` of a service refers to; undefined where it says nothing, or what the schema refuses. */
function referenceOf(service: Node | undefined) {
  const reference = child(service, 'extends');
  const target = reference?.kind === 'mapping' ? child(reference, 'service') : reference;
  const base = stringOf(target);
  const file = child(reference, 'file');
  if (
    target === undefined ||
    base === undefined ||
    (file !== undefined && !isNull(file) && stringOf(file) === undefined)
  ) {
    return undefined;
  }
  return { target, base, file };
}
