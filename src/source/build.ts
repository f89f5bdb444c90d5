import {
  type Entry,
  isNull,
  type MappingNode,
  type Node,
  type ScalarNode,
  type ScalarType,
  type SequenceNode,
} from './node.ts';
import type { Rule } from './rule.ts';
import { type Related, type Source, samePlace, sourceText } from './source.ts';

/** Where a made node comes from: any node or entry that caused it. */
export interface Origin {
  readonly source: Source;
  readonly related?: readonly Related[];
  readonly rule?: Rule;
}

function place(origin: Origin): Origin {
  return {
    source: origin.source,
    ...(origin.related === undefined ? {} : { related: origin.related }),
    ...(origin.rule === undefined ? {} : { rule: origin.rule }),
  };
}

/** The place of an origin, for what a rule makes of it. */
export function madeBy(rule: Rule, { source, related }: Origin): Origin {
  return { source, ...(related === undefined ? {} : { related }), rule };
}

/** The scalar with the value that a rule reads in it; itself where it has that value. */
export function readBy(
  rule: Rule,
  node: ScalarNode,
  value: ScalarNode['value'],
  type: ScalarType = typeOf(value),
): ScalarNode {
  return value === node.value ? node : { ...node, type, value, rule: node.rule ?? rule };
}

/** The node, with the place of one that it overrides among its related ones; null has nothing to override. */
export function overriding(node: Node, overridden: Node): Node {
  if (isNull(overridden) || samePlace(node.source, overridden.source)) return node;
  return { ...node, related: [...(node.related ?? []), { message: 'what it overrides', source: overridden.source }] };
}

function typeOf(value: ScalarNode['value']): ScalarType {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'bigint' || Number.isInteger(value) ? 'int' : 'float';
}

/** A scalar at the place of its origin. */
export function scalar(value: ScalarNode['value'], origin: Origin, type: ScalarType = typeOf(value)): ScalarNode {
  return { kind: 'scalar', type, value, ...place(origin) };
}

/** A sequence at the place of its origin. */
export function sequence(items: readonly Node[], origin: Origin): SequenceNode {
  return { kind: 'sequence', items, ...place(origin) };
}

/** A mapping at the place of its origin. */
export function mapping(entries: ReadonlyMap<string, Entry>, origin: Origin): MappingNode {
  return { kind: 'mapping', entries, ...place(origin) };
}

/** A mapping from plain values, each at the place of its origin; a key whose value is undefined is left out. */
export function record(values: Readonly<Record<string, Node | undefined>>, origin: Origin): MappingNode {
  const entries = new Map<string, Entry>();
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) entries.set(key, { key: value.source, value });
  }
  return mapping(entries, origin);
}

/** The mapping with one value set; a new key stands last and has the value's own place. */
export function withValue(node: MappingNode, key: string, value: Node): MappingNode {
  const old = node.entries.get(key);
  if (old?.value === value) return node;
  return { ...node, entries: new Map(node.entries).set(key, { key: old?.key ?? value.source, value }) };
}

/** The mapping without a key. */
export function withoutKey(node: MappingNode, key: string): MappingNode {
  if (!node.entries.has(key)) return node;
  const entries = new Map(node.entries);
  entries.delete(key);
  return { ...node, entries };
}

/** The mapping with every value replaced, or left out where `change` gives undefined; itself if nothing changed. */
export function mapValues(node: MappingNode, change: (value: Node, key: string) => Node | undefined): MappingNode {
  let entries: Map<string, Entry> | undefined;
  node.entries.forEach((entry, key) => {
    const value = change(entry.value, key);
    if (value === entry.value) return;
    entries ??= new Map(node.entries);
    if (value === undefined) entries.delete(key);
    else entries.set(key, { key: entry.key, value });
  });
  return entries === undefined ? node : { ...node, entries };
}

/** The sequence with every item replaced, or left out where `change` gives undefined; itself if nothing changed. */
export function mapItems(node: SequenceNode, change: (item: Node, index: number) => Node | undefined): SequenceNode {
  let changed = false;
  const items: Node[] = [];
  node.items.forEach((item, index) => {
    const value = change(item, index);
    if (value !== item) changed = true;
    if (value !== undefined) items.push(value);
  });
  return changed ? { ...node, items } : node;
}

/** The part of a source where a text stands, from the end if asked; the whole source if the text is not in it. */
export function partOf(source: Source, text: string, from: 'start' | 'end' = 'start'): Source {
  const whole = sourceText(source);
  const at = text === '' ? -1 : from === 'start' ? whole.indexOf(text) : whole.lastIndexOf(text);
  return at === -1 ? source : { file: source.file, start: source.start + at, end: source.start + at + text.length };
}

/**
 * The parts of a source where texts stand, each behind the one before it. One that is empty, or not there as it is
 * since a variable or an escape supplied it, has the whole source.
 */
export function partsOf(source: Source, texts: readonly string[]): readonly Source[] {
  const whole = sourceText(source);
  // The name of an anchor is no part of the value.
  if (whole.startsWith('*')) return texts.map(() => source);
  let from = 0;
  return texts.map((text) => {
    // A dollar is written as two, or comes from a variable.
    const at = text === '' || text.includes('$') ? -1 : whole.indexOf(text, from);
    if (at === -1) return source;
    from = at + text.length;
    return { file: source.file, start: source.start + at, end: source.start + from };
  });
}
