import { madeBy, mapping, partsOf, scalar } from '../../source/build.ts';
import type { Entry, MappingNode, SequenceNode } from '../../source/node.ts';

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
    const value = key.length < item.value.length ? item.value.slice(key.length + 1) : null;
    const [keySource = item.source, , source = item.source] = partsOf(item.source, [key, '=', value ?? '']);
    entries.set(key, { key: keySource, value: scalar(value, { ...madeBy('list of KEY=value', item), source }) });
  }
  return mapping(entries, madeBy('list of KEY=value', node));
}
