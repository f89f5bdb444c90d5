import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { madeBy, mapItems, mapping, mapValues, overriding, record, sequence } from '../../source/build.ts';
import {
  child,
  type Entry,
  isNull,
  type MappingNode,
  type Node,
  type SequenceNode,
  stringOf,
} from '../../source/node.ts';
import { samePlace } from '../../source/source.ts';
import { hostList } from './extra-hosts.ts';
import { keyValueMapping } from './key-values.ts';
import { byName, dependency, model, type NameForm, network } from './name-lists.ts';
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
 * are kept on its nodes, for a merge with what lies further below. A value that wins knows the place of what it
 * overrides.
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
  const unmarked = node.directive === undefined ? node : withoutMark(node);
  const kept = (value: Node) => (value.directive === 'reset' ? undefined : withoutDirectives(value));
  if (unmarked.kind === 'mapping') return mapValues(unmarked, kept);
  if (unmarked.kind === 'sequence') return mapItems(unmarked, kept);
  return unmarked;
}

function withoutMark({ directive: _, ...node }: Node): Node {
  return node as Node;
}

function mergeNodes(base: Node, over: Node, at: Place): Node {
  if (over.directive !== undefined) return overriding(over, base);
  if (at.table?.row !== undefined) return at.table.row(base, over, at);
  if (isNull(over)) return base;
  if (base.kind === 'scalar') return overriding(over, base);
  if (base.kind === 'mapping' && over.kind === 'mapping') return mergeMappings(base, over, at);
  if (base.kind === 'sequence' && over.kind === 'sequence') return joined(base, over);
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
    entries.set(key, { key: samePlace(value.source, entry.value.source) ? entry.key : old.key, value });
  }
  return mapping(entries, moreWritten(base, over));
}

function overridingEntry({ key, value }: Entry, old: Entry): Entry {
  return { key, value: overriding(value, old.value) };
}

/** Where two merged nodes stand: at the first, unless only the second was written in the form that they have now. */
function moreWritten<Kind extends Node>(base: Kind, over: Kind): Kind {
  return base.rule !== undefined && over.rule === undefined ? over : base;
}

/** Two lists as one. */
function joined(base: SequenceNode, over: SequenceNode): SequenceNode {
  return sequence([...base.items, ...over.items], moreWritten(base, over));
}

const replace: Merge = (base, over) => overriding(over, base);

/** Both as mappings of texts by key; two lists stay a list, of which the last of equal keys will win. */
const mergeKeyValues: Merge = (base, over) => {
  if (isNull(base)) return over;
  if (isNull(over)) return base;
  if (base.kind === 'sequence' && over.kind === 'sequence') return joined(base, over);
  const before = base.kind === 'sequence' ? keyValueMapping(base) : base;
  const after = over.kind === 'sequence' ? keyValueMapping(over) : over;
  // What has another form, the schema reports.
  if (before.kind !== 'mapping' || after.kind !== 'mapping') return over;
  const entries = new Map(before.entries);
  for (const [key, entry] of after.entries) {
    // An item of a list cannot be reset.
    if (entry.value.directive === 'reset' && base.kind === 'sequence') continue;
    const old = before.entries.get(key);
    entries.set(key, old === undefined ? entry : overridingEntry(entry, old));
  }
  return mapping(entries, moreWritten(before, after));
};

/** Both as lists of texts, one after the other. */
const appendTexts: Merge = (base, over) => {
  const [before, after] = [textList(base), textList(over)];
  if (after === undefined) return over;
  return before === undefined || after.items.length === 0 ? base : joined(before, after);
};

/** A list, a text as a list of one, null as one of none; undefined for what is none of these. */
function textList(node: Node): SequenceNode | undefined {
  if (node.kind === 'sequence') return node;
  if (isNull(node)) return sequence([], madeBy('list of one', node));
  return stringOf(node) === undefined ? undefined : sequence([node], madeBy('list of one', node));
}

/** Both as lists, one after the other. */
const appendHosts: Merge = (base, over) => {
  const [before, after] = [hostList(base), hostList(over)];
  if (before === undefined || after === undefined) return over;
  const seen = new Set<string>();
  const both = joined(before, after);
  const items = both.items.filter((item) => {
    const host = stringOf(item);
    if (host === undefined) return true;
    const isNew = !seen.has(host);
    seen.add(host);
    return isNew;
  });
  return { ...both, items };
};

/** Both as mappings by name, merged key by key. */
function mergeByName(form: NameForm): Merge {
  return (base, over, at) => mergeNodes(byName(base, form), byName(over, form), { ...at, table: withoutRow(at.table) });
}

function withoutRow(table: PathTable<Merge> | undefined): PathTable<Merge> | undefined {
  return table === undefined ? undefined : { row: undefined, next: table.next };
}

/** A build context as the mapping that it is short for. */
const mergeBuild: Merge = (base, over, at) => {
  const long = (node: Node): Node =>
    typeof stringOf(node) === 'string' ? record({ context: node }, madeBy('short form of build', node)) : node;
  return mergeNodes(long(base), long(over), { ...at, table: withoutRow(at.table) });
};

/** Options belong to a driver: those of another one are of no use. */
const mergeLogging: Merge = (base, over, at) => {
  const [before, after] = [child(base, 'driver'), child(over, 'driver')];
  const sameDriver = before === undefined || after === undefined || stringOf(before) === stringOf(after);
  return sameDriver ? mergeNodes(base, over, { ...at, table: withoutRow(at.table) }) : overriding(over, base);
};

/** The pools of the override, each on top of the one of its subnet: the base's others go. */
const mergePools: Merge = (base, over, at) => {
  if (base.kind !== 'sequence' || over.kind !== 'sequence') {
    return mergeNodes(base, over, { ...at, table: withoutRow(at.table) });
  }
  const subnet = (node: Node) => stringOf(child(node, 'subnet'));
  const pools = over.items.map((pool) => {
    const twin = base.items.find((other) => subnet(other) === subnet(pool));
    return twin === undefined ? pool : mergeNodes(twin, pool, { ...at, table: undefined });
  });
  return sequence(pools, over);
};

const merges: PathTable<Merge> = pathTable<Merge>({
  'networks.*.ipam.config': mergePools,
  'networks.*.labels': mergeKeyValues,
  'volumes.*.labels': mergeKeyValues,
  'services.*.annotations': mergeKeyValues,
  'services.*.build': mergeBuild,
  'services.*.build.additional_contexts': mergeKeyValues,
  'services.*.build.args': mergeKeyValues,
  'services.*.build.extra_hosts': appendHosts,
  'services.*.build.labels': mergeKeyValues,
  'services.*.command': replace,
  'services.*.depends_on': mergeByName(dependency),
  'services.*.deploy.labels': mergeKeyValues,
  'services.*.dns': appendTexts,
  'services.*.dns_opt': appendTexts,
  'services.*.dns_search': appendTexts,
  'services.*.entrypoint': replace,
  'services.*.env_file': appendTexts,
  'services.*.environment': mergeKeyValues,
  'services.*.extra_hosts': appendHosts,
  'services.*.healthcheck.test': replace,
  'services.*.label_file': appendTexts,
  'services.*.labels': mergeKeyValues,
  'services.*.logging': mergeLogging,
  'services.*.models': mergeByName(model),
  'services.*.networks': mergeByName(network),
  'services.*.sysctls': mergeKeyValues,
  'services.*.tmpfs': appendTexts,
  'services.*.ulimits.*': replace,
});
