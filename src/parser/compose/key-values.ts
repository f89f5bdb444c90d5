import { mapping, partOf, scalar } from '../../source/build.ts';
import type { Entry, MappingNode, Node, ScalarNode, SequenceNode } from '../../source/node.ts';
import type { Source } from '../../source/source.ts';
import { scalarText } from './plain.ts';

/** The key of a `KEY=value` text. */
export function keyOf(text: string): string {
  const equals = text.indexOf('=');
  return equals === -1 ? text : text.slice(0, equals);
}

/**
 * A list of `KEY=value` as a mapping, the last of equal keys winning; `KEY` alone is null. Keys and values have the
 * places of their parts of the text. A list with anything but strings stays as it is.
 */
export function keyValueMapping(node: SequenceNode): MappingNode | SequenceNode {
  const entries = new Map<string, Entry>();
  for (const item of node.items) {
    if (item.kind !== 'scalar' || typeof item.value !== 'string') return node;
    const key = keyOf(item.value);
    const hasValue = key.length < item.value.length;
    const text = item.value.slice(key.length + 1);
    const value = hasValue ? { ...item, value: text, source: partOf(item.source, text, 'end') } : scalar(null, item);
    entries.set(key, { key: partOf(item.source, key), value });
  }
  return mapping(entries, node);
}

/**
 * A mapping of scalars as `KEY=value` items in the order of their keys, a list as its items, a string as one; undefined
 * for what cannot be written so.
 */
export function keyValueItems(node: Node): readonly Node[] | undefined {
  if (node.kind === 'sequence') return node.items;
  if (node.kind === 'scalar') return typeof node.value === 'string' ? [node] : node.value === null ? [] : undefined;
  const items: ScalarNode[] = [];
  for (const [key, { key: keySource, value }] of [...node.entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (value.kind !== 'scalar') return undefined;
    const source = spanning(keySource, value.source);
    const text = value.value === null ? key : `${key}=${scalarText(value)}`;
    items.push({ ...value, type: 'string', value: text, source });
  }
  return items;
}

/** From the start of one place to the end of another that follows it; the latter alone where it does not. */
function spanning(from: Source, to: Source): Source {
  return from.file === to.file && from.end <= to.start ? { ...from, end: to.end } : to;
}
