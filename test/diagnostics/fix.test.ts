import { expect, it } from 'vitest';
import { applyFixes, type Fix } from '../../src/diagnostics/fix.ts';
import { SourceFile } from '../../src/source/source.ts';

const file = new SourceFile('/file', 'one two three');
const fix = (...words: readonly [from: string, to: string][]): Fix => ({
  description: '',
  edits: words.map(([from, to]) => {
    const start = file.text.indexOf(from);
    return { source: { file, start, end: start + from.length }, text: to };
  }),
});

it('makes edits of a file wherever they stand', () => {
  const { texts, count } = applyFixes([fix(['three', '3']), fix(['one', '1'])]);
  expect([...texts, count]).toEqual([['/file', '1 two 3'], 2]);
});

it('leaves out a fix whole, of which a part touches an earlier one', () => {
  const { texts, count } = applyFixes([fix(['two three', '23']), fix(['one', '1'], ['two', '2'])]);
  expect([...texts, count]).toEqual([['/file', 'one 23'], 1]);
});

it('changes no file without a fix', () => {
  expect(applyFixes([])).toEqual({ texts: new Map(), count: 0 });
});
