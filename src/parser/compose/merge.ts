import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { mapItems, mapping, mapValues, record, sequence, withoutKey } from '../../source/build.ts';
import { child, type Entry, isNull, itemsOf, type MappingNode, type Node, stringOf } from '../../source/node.ts';
import { hostItems } from './extra-hosts.ts';
import { keyValueItems } from './key-values.ts';
import { byName, dependency, nothing } from './name-lists.ts';
import { type Path, type PathTable, pathTable, pathText, under } from './path.ts';

/** How what an attribute says in an override comes together with what it said before. */
type Merge = (base: Node, over: Node, at: Place) => Node;

interface Place {
  readonly path: Path;
  readonly table: PathTable<Merge> | undefined;
  readonly report: Report;
}

/**
 * Two models as one, the second overriding the first: mappings merge key by key, lists are appended, scalars are
 * replaced, null leaves what was there; the table below names the exceptions. `!reset` and `!override` in the second
 * are kept on its nodes, for a merge with what lies further below.
 */
export function merge(base: Node, over: Node, report: Report): Node {
  return mergeNodes(base, over, { path: [], table: merges, report });
}

/** A service on top of the one that it extends. */
export function mergeService(base: Node, over: Node, name: string, report: Report): Node {
  return mergeNodes(base, over, { path: ['services', name], table: under(under(merges, 'services'), name), report });
}

/** The tree without what `!reset` dropped, and without the marks of `!override`. */
export function withoutDirectives(node: Node): Node {
  const { directive, ...rest } = node;
  const unmarked = directive === undefined ? node : (rest as Node);
  const kept = (value: Node) => (value.directive === 'reset' ? undefined : withoutDirectives(value));
  if (unmarked.kind === 'mapping') return mapValues(unmarked, kept);
  if (unmarked.kind === 'sequence') return mapItems(unmarked, kept);
  return unmarked;
}

function mergeNodes(base: Node, over: Node, at: Place): Node {
  if (over.directive !== undefined) return over;
  if (at.table?.row !== undefined) return at.table.row(base, over, at);
  if (isNull(over)) return base;
  if (base.kind === 'scalar') return over;
  if (base.kind === 'mapping' && over.kind === 'mapping') return mergeMappings(base, over, at);
  if (base.kind === 'sequence' && over.kind === 'sequence') return sequence([...base.items, ...over.items], base);
  at.report(
    diagnostic('compose/cannot-override', { path: pathText(at.path), base: base.kind, over: over.kind }, over.source, [
      { message: `here it is a ${base.kind}`, source: base.source },
    ]),
  );
  return base;
}

function mergeMappings(base: MappingNode, over: MappingNode, at: Place): MappingNode {
  const entries = new Map<string, Entry>(base.entries);
  for (const [key, entry] of over.entries) {
    const old = base.entries.get(key);
    if (old === undefined) {
      entries.set(key, entry);
      continue;
    }
    const value = mergeNodes(old.value, entry.value, { ...at, path: [...at.path, key], table: under(at.table, key) });
    entries.set(key, { key: value === entry.value ? entry.key : old.key, value });
  }
  return mapping(entries, base);
}

const replace: Merge = (_, over) => over;

/** Both as lists of `KEY=value`, one after the other. */
const appendKeyValues: Merge = (base, over) => {
  const resets =
    over.kind === 'mapping' ? [...over.entries].filter(([, { value }]) => value.directive === 'reset') : [];
  const without = resets.reduce<Node>((node, [key]) => (node.kind === 'mapping' ? withoutKey(node, key) : node), base);
  const rest = resets.reduce<Node>((node, [key]) => withoutKey(node as MappingNode, key), over);
  const before = keyValueItems(without);
  const after = keyValueItems(rest);
  if (after === undefined) return over;
  return before === undefined || after.length === 0 ? without : sequence([...before, ...after], base);
};

/** Both as lists, one after the other. */
const appendHosts: Merge = (base, over) => {
  const before = hostItems(base);
  const after = hostItems(over);
  if (before === undefined || after === undefined) return over;
  const seen = new Set<string>();
  const items = [...before, ...after].filter((item) => {
    const host = stringOf(item);
    if (host === undefined) return true;
    const isNew = !seen.has(host);
    seen.add(host);
    return isNew;
  });
  return sequence(items, base);
};

/** Both as mappings by name, merged key by key. */
function mergeByName(valueFor: (name: Node) => Node): Merge {
  return (base, over, at) =>
    mergeNodes(byName(base, valueFor), byName(over, valueFor), { ...at, table: withoutRow(at.table) });
}

function withoutRow(table: PathTable<Merge> | undefined): PathTable<Merge> | undefined {
  return table === undefined ? undefined : { row: undefined, next: table.next };
}

/** A build context as the mapping that it is short for. */
const mergeBuild: Merge = (base, over, at) => {
  const long = (node: Node): Node => (typeof stringOf(node) === 'string' ? record({ context: node }, node) : node);
  return mergeNodes(long(base), long(over), { ...at, table: withoutRow(at.table) });
};

/** Options belong to a driver: those of another one are of no use. */
const mergeLogging: Merge = (base, over, at) => {
  const [before, after] = [stringOf(child(base, 'driver')), stringOf(child(over, 'driver'))];
  const sameDriver = before === undefined || after === undefined || before === after;
  return sameDriver ? mergeNodes(base, over, { ...at, table: withoutRow(at.table) }) : over;
};

/** Pools of one subnet are merged, others appended. */
const mergePools: Merge = (base, over, at) => {
  if (base.kind !== 'sequence' || over.kind !== 'sequence') {
    return mergeNodes(base, over, { ...at, table: withoutRow(at.table) });
  }
  const subnet = (node: Node) => stringOf(child(node, 'subnet'));
  const kept = base.items.map((pool) => {
    const twin = over.items.find((other) => subnet(other) === subnet(pool));
    return twin === undefined ? pool : mergeNodes(pool, twin, { ...at, table: undefined });
  });
  const added = over.items.filter((pool) => !itemsOf(base).some((other) => subnet(other) === subnet(pool)));
  return sequence([...kept, ...added], base);
};

const merges: PathTable<Merge> = pathTable<Merge>({
  'networks.*.ipam.config': mergePools,
  'networks.*.labels': appendKeyValues,
  'volumes.*.labels': appendKeyValues,
  'services.*.annotations': appendKeyValues,
  'services.*.build': mergeBuild,
  'services.*.build.additional_contexts': appendKeyValues,
  'services.*.build.args': appendKeyValues,
  'services.*.build.extra_hosts': appendHosts,
  'services.*.build.labels': appendKeyValues,
  'services.*.command': replace,
  'services.*.depends_on': mergeByName(dependency),
  'services.*.deploy.labels': appendKeyValues,
  'services.*.dns': appendKeyValues,
  'services.*.dns_opt': appendKeyValues,
  'services.*.dns_search': appendKeyValues,
  'services.*.entrypoint': replace,
  'services.*.env_file': appendKeyValues,
  'services.*.environment': appendKeyValues,
  'services.*.extra_hosts': appendHosts,
  'services.*.healthcheck.test': replace,
  'services.*.label_file': appendKeyValues,
  'services.*.labels': appendKeyValues,
  'services.*.logging': mergeLogging,
  'services.*.models': mergeByName(nothing),
  'services.*.networks': mergeByName(nothing),
  'services.*.sysctls': appendKeyValues,
  'services.*.tmpfs': appendKeyValues,
  'services.*.ulimits.*': replace,
});
