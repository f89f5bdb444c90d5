import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { child, entriesOf, isNull, itemsOf, type Node, stringOf } from '../../source/node.ts';
import { suggest } from '../../source/suggest.ts';
import { type Path, pathText } from '../compose/path.ts';

/** What a value is to be: a text, a list, a mapping of names, a mapping with these keys and no others, or anything. */
export type Shape = 'text' | 'any' | { readonly list: Shape } | { readonly each: Shape } | Keys;

interface Keys {
  readonly keys: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

/** Where a key belongs that stands in the wrong one of the two files. */
const elsewhere: Readonly<Record<string, string>> = {
  registry_credentials: 'Give this file to "registry-creds up", which writes the one that is wanted here.',
  registry_credential_outputs: 'This file is what "registry-creds up" writes; give it one with registry_credentials.',
};

/** Reports what is not of a shape, at its place. A key that is given nothing counts as one that is not there. */
export function checkShape(node: Node, shape: Shape, report: Report, path: Path = []): void {
  if (shape === 'any') return;
  const expected = expectation(node, shape);
  if (expected !== undefined) {
    report(diagnostic('registry/invalid-value', { where: pathText(path), help: undefined, ...expected }, node.source));
  } else if (shape !== 'text' && node.kind !== 'scalar') {
    if ('keys' in shape) checkKeys(node, shape, report, path);
    const below = 'list' in shape ? shape.list : 'each' in shape ? shape.each : undefined;
    if (below === undefined) return;
    for (const [index, item] of itemsOf(node).entries()) checkShape(item, below, report, [...path, index]);
    for (const [name, { value }] of entriesOf(node)) checkShape(value, below, report, [...path, name]);
  }
}

/** What a value should be in place of what it is; undefined where it is of the shape, what is in it aside. */
function expectation(node: Node, shape: Exclude<Shape, 'any'>): { expected: string; help?: string } | undefined {
  if (shape !== 'text') {
    const isList = 'list' in shape;
    if (node.kind === (isList ? 'sequence' : 'mapping')) return undefined;
    return { expected: isList ? 'a list' : 'a mapping' };
  }
  if (stringOf(node)) return undefined;
  const isWord = node.kind === 'scalar' && node.value !== '' && node.value !== null;
  return isWord ? { expected: 'a text', help: 'Put it in quotes.' } : { expected: 'a text that is not empty' };
}

function checkKeys(node: Node, { keys, required = [] }: Keys, report: Report, path: Path): void {
  const where = pathText(path);
  for (const [key, entry] of entriesOf(node)) {
    const shape = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (shape === undefined) {
      const words = { key, where, suggestion: suggest(key, Object.keys(keys)), elsewhere: elsewhere[key] };
      report(diagnostic('registry/unknown-key', words, entry.key));
    } else if (!isNull(entry.value)) checkShape(entry.value, shape, report, [...path, key]);
  }
  for (const key of required) {
    const value = child(node, key);
    if (value === undefined || isNull(value)) {
      report(diagnostic('registry/missing-key', { key, where, help: undefined }, (value ?? node).source));
    }
  }
}
