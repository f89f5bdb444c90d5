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
  const { files, count } = applyFixes([fix(['three', '3']), fix(['one', '1'])]);
  expect([...files, count]).toEqual([['/file', { before: 'one two three', after: '1 two 3' }], 2]);
});

it('leaves out a fix whole, of which a part touches an earlier one', () => {
  const { files, count } = applyFixes([fix(['two three', '23']), fix(['one', '1'], ['two', '2'])]);
  expect([...files, count]).toEqual([['/file', { before: 'one two three', after: 'one 23' }], 1]);
});

it('changes no file without a fix', () => {
  expect(applyFixes([])).toEqual({ files: new Map(), count: 0 });
});
