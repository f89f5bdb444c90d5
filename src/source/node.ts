import type { Rule } from './rule.ts';
import type { Related, Source } from './source.ts';

/**
 * The located tree: what every parser step takes and gives. A node keeps the place where a person wrote it, whatever
 * anchors, interpolation, `extends`, `include` and overrides have done since.
 */
export type Node = MappingNode | SequenceNode | ScalarNode;

interface Located {
  /** Where the value was written; for an alias the place of its use. */
  readonly source: Source;
  /** Places that had a part in it: the anchor, the `.env` line that supplied a variable, what it overrides. */
  readonly related?: readonly Related[];
  /** What made the value; absent where the text at `source`, interpolated, is the value. */
  readonly rule?: Rule;
  /** What a Compose file's tag asks of a merge: to drop what it overrides (`!reset`), or to replace it (`!override`). */
  readonly directive?: 'reset' | 'override';
}

/** A mapping, its entries in the order in which their keys first appeared. */
export interface MappingNode extends Located {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, Entry>;
}

/** A key's own place, and its value. */
export interface Entry {
  readonly key: Source;
  readonly value: Node;
}

export interface SequenceNode extends Located {
  readonly kind: 'sequence';
  readonly items: readonly Node[];
}

/** What a scalar is, by the YAML type that its text resolves to. */
export type ScalarType = 'string' | 'int' | 'float' | 'bool' | 'null' | 'timestamp';

/** A scalar. An `int` beyond 2^53 is a bigint; a `timestamp` keeps its text. */
export interface ScalarNode extends Located {
  readonly kind: 'scalar';
  readonly type: ScalarType;
  readonly value: string | number | bigint | boolean | null;
}

/** The value under a key of a mapping; undefined where the node is no mapping or has no such key. */
export function child(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'mapping' ? node.entries.get(key)?.value : undefined;
}

/** The entries of a mapping in their order; none for any other node. */
export function entriesOf(node: Node | undefined): readonly (readonly [string, Entry])[] {
  return node?.kind === 'mapping' ? [...node.entries] : [];
}

/** The entries of a mapping by their keys, where its order must not matter. */
export function sortedEntriesOf(node: Node | undefined): readonly (readonly [string, Entry])[] {
  return entriesOf(node).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** The items of a sequence; none for any other node. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'sequence' ? node.items : [];
}

/** The text of a string scalar; undefined for anything else. */
export function stringOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** The number of an int or float scalar; undefined for anything else, and for an int beyond 2^53. */
export function numberOf(node: Node | undefined): number | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined;
}

/** The value of a boolean scalar; undefined for anything else. */
export function booleanOf(node: Node | undefined): boolean | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined;
}

/** Whether the node is YAML's null. */
export function isNull(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.value === null;
}

/** Whether a value says nothing: null, false, an empty text, list or mapping. */
export function isEmpty(node: Node): boolean {
  if (node.kind === 'scalar') return node.value === null || node.value === false || node.value === '';
  return node.kind === 'sequence' ? node.items.length === 0 : node.entries.size === 0;
}
