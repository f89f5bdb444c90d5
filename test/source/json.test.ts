import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { plain } from '../../src/parser/compose/plain.ts';
import { parseJson } from '../../src/source/json.ts';
import type { Node } from '../../src/source/node.ts';
import { SourceFile, sourceText } from '../../src/source/source.ts';

interface Read {
  readonly node: Node | undefined;
  readonly found: readonly Diagnostic[];
}

function read(text: string): Read {
  const found: Diagnostic[] = [];
  const node = parseJson(new SourceFile('/x.json', text), (each) => found.push(each));
  return { node, found };
}

/** The first finding as `line:column text-that-it-covers: message`. */
function first(text: string): string {
  const [found] = read(text).found;
  if (found?.source === undefined) return '';
  const { line, column } = found.source.file.position(found.source.start);
  return `${line}:${column} ${sourceText(found.source)}: ${found.message}`;
}

describe('what is valid JSON', () => {
  it('is what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const { node, found } = read(text);
        expect(found).toEqual([]);
        expect(JSON.stringify(plain(node as Node))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it('is what JSON.parse takes', () => {
    const piece = fc.constantFrom(
      ...'{}[]:,"\\ \n\t01.-e',
      '"a"',
      'true',
      'nul',
      '1',
      '"\\u00e9"',
      '//',
      '/*',
      '*/',
      '#',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const text = pieces.join('');
        const { node, found } = read(text);
        const wrong = found.filter(({ code }) => code !== 'json/duplicate-key');
        expect([text, wrong.length > 0]).toEqual([text, !isJson(text)]);
        if (node === undefined) expect(wrong).not.toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps the place of every key and value', () => {
    const { node } = read('{ "a": [1, {"b": "c"}] }');
    const entry = node?.kind === 'mapping' ? node.entries.get('a') : undefined;
    const list = entry?.value;
    expect(entry && sourceText(entry.key)).toBe('"a"');
    expect(list && sourceText(list.source)).toBe('[1, {"b": "c"}]');
    expect(list?.kind === 'sequence' && list.items.map(({ source }) => sourceText(source))).toEqual([
      '1',
      '{"b": "c"}',
    ]);
  });

  it('may be long', () => {
    const text = JSON.stringify({
      a: '\\"é'.repeat(1_000_000),
      b: Array.from({ length: 100_000 }, (_, index) => index),
    });
    expect(read(text).found).toEqual([]);
  });
});

describe('what is not', () => {
  test.each([
    ['', '1:1 : This is not valid JSON: the file is empty.'],
    ['{"a": 1,}', '1:8 ,: This is not valid JSON: a comma stands before the closing "}".'],
    ['[1, // one\n2]', '1:5 // one: This is not valid JSON: it has a comment.'],
    ['# one\n1', '1:1 # one: This is not valid JSON: it has a comment.'],
    ['{"a": 1\n "b": 2}', '2:2 ": This is not valid JSON: a comma or a closing "}" is missing before this.'],
    ['{"a" 1}', '1:6 1: This is not valid JSON: a colon is missing after "a".'],
    ['{a: 1}', '1:2 a: This is not valid JSON: a key in double quotes is missing before a.'],
    ["{'a': 1}", "1:2 'a': This is not valid JSON: a key in double quotes is missing before 'a'."],
    ['{"a": web}', '1:7 web: This is not valid JSON: web is no value.'],
    ['{"a": }', '1:7 }: This is not valid JSON: a value is missing here.'],
    ['[True, 01]', '1:2 True: This is not valid JSON: True is no value.'],
    ['[007]', '1:2 007: This is not valid JSON: 007 is no value.'],
    ['["a', '1:2 ": This is not valid JSON: a string is not closed on its line.'],
    [
      '["a\tb"]',
      '1:2 ": This is not valid JSON: a string has a tab or another control character, or a backslash that JSON has no meaning for.',
    ],
    ['[[1', '1:4 : This is not valid JSON: the file ends before the closing "]".'],
    ['{} {}', '1:4 {: This is not valid JSON: more text follows after the end of the value.'],
    ['{"a": 1, "a": 2}', '1:10 "a": The key "a" stands twice in one object.'],
  ])('%s', (text, found) => {
    expect(first(text)).toBe(found);
  });

  it('is read on where it is clear what was meant: comments are told once, commas each', () => {
    const { node, found } = read('{ // one\n"a": [1, 2,], // two\n"b": {"c": null,},\n}');
    expect(found.map(({ code, source }) => [code, source?.file.position(source.start).line])).toEqual([
      ['json/syntax', 1],
      ['json/trailing-comma', 2],
      ['json/trailing-comma', 3],
      ['json/trailing-comma', 3],
    ]);
    expect(node && plain(node)).toEqual({ a: [1, 2], b: { c: null } });
  });

  it('names the bracket that stays open', () => {
    const [found] = read('{\n "a": [1, 2\n').found;
    expect(found?.related.map(({ source }) => source.file.position(source.start))).toEqual([{ line: 2, column: 7 }]);
  });

  it('is nesting without end', () => {
    const { node, found } = read('['.repeat(100_000));
    expect([node, found.map(({ code }) => code)]).toEqual([undefined, ['json/too-deep']]);
  });

  it('does not set a prototype', () => {
    const { node } = read('{"__proto__": {"a": 1}}');
    expect(Object.keys(plain(node as Node) as object)).toEqual(['__proto__']);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
