import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { child, itemsOf, type Node } from '../../src/source/node.ts';
import { SourceFile, sourceText } from '../../src/source/source.ts';
import { parseYaml } from '../../src/source/yaml.ts';

function parse(text: string) {
  const findings: Diagnostic[] = [];
  const documents = parseYaml(new SourceFile('/work/a.yaml', text), (finding) => findings.push(finding));
  return {
    documents,
    root: documents[0] as Node,
    findings: findings.map(({ code, source }) => {
      const { line, column } = source?.file.position(source.start) ?? { line: 0, column: 0 };
      return `${code} ${line}:${column}`;
    }),
  };
}

/** A tree without its places. */
function bare(node: Node | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(bare);
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, bare(value)]));
}

describe('plain scalars are read as go-yaml reads them', () => {
  test.each<[string, string, unknown]>([
    ['1', 'int', 1],
    ['+5', 'int', 5],
    ['-0', 'float', -0],
    ['1e400', 'string', '1e400'],
    ['010', 'int', 8],
    ['0o17', 'int', 15],
    ['0x1F', 'int', 31],
    ['0b11', 'int', 3],
    ['1_000', 'int', 1000],
    ['12345678901234567890', 'int', 12345678901234567890n],
    ['99999999999999999999999', 'float', 1e23],
    ['08', 'float', 8],
    ['1.0', 'float', 1],
    ['.5', 'float', 0.5],
    ['1e3', 'float', 1000],
    ['1e999', 'string', '1e999'],
    ['-.inf', 'float', Number.NEGATIVE_INFINITY],
    ['TRUE', 'bool', true],
    ['False', 'bool', false],
    ['~', 'null', null],
    ['Null', 'null', null],
    ['', 'null', null],
    ['yes', 'string', 'yes'],
    ['off', 'string', 'off'],
    ['22:22', 'string', '22:22'],
    ['1.2.3', 'string', '1.2.3'],
    ['_1', 'string', '_1'],
    ['.', 'string', '.'],
    ['2024-01-01', 'timestamp', '2024-01-01'],
    ['2024-13-01', 'string', '2024-13-01'],
    ['2024-01-01T10:20:30Z', 'timestamp', '2024-01-01T10:20:30Z'],
    ['"1"', 'string', '1'],
    ["'true'", 'string', 'true'],
    ['!!str 5', 'string', '5'],
    ['!!int "5"', 'int', 5],
  ])('%s', (text, type, value) => {
    const node = child(parse(`key: ${text}`).root, 'key');
    expect(node).toMatchObject({ kind: 'scalar', type, value });
  });
});

test('nodes know where they stand', () => {
  const { root } = parse('a:\n  - "x y"\n  - {b: 1}\n');
  const [first, second] = itemsOf(child(root, 'a'));
  expect(sourceText(first?.source as never)).toBe('"x y"');
  expect(sourceText(second?.source as never)).toBe('{b: 1}');
  const key = second?.kind === 'mapping' ? second.entries.get('b')?.key : undefined;
  expect(key?.file.position(key.start)).toEqual({ line: 3, column: 6 });
});

describe('aliases and merge keys', () => {
  test('an alias stands where it is used, and names its anchor', () => {
    const { root } = parse('a: &x [1]\nb: *x\n');
    const alias = child(root, 'b');
    expect(bare(alias)).toEqual([1]);
    expect(sourceText(alias?.source as never)).toBe('*x');
    expect(alias?.related?.[0]?.message).toBe('the anchor &x');
  });

  test.each<[string, string, unknown]>([
    ['own keys win wherever << stands', 'a: &a {x: 1, y: 1}\nb: {x: 2, <<: *a}', { x: 2, y: 1 }],
    ['the first of a list wins', 'a: [&a {x: 1}, &b {x: 2, y: 2}]\nb: {<<: [*a, *b]}', { x: 1, y: 2 }],
    ['an alias of a list', 'a: &l [{x: 1}, {y: 2}]\nb: {<<: *l}', { x: 1, y: 2 }],
    ['a mapping in place', 'b: {<<: {x: 1}}', { x: 1 }],
    ['in quotes it is a key', 'b: {"<<": 1}', { '<<': 1 }],
  ])('%s', (_, text, expected) => {
    const { root, findings } = parse(text);
    expect(findings).toEqual([]);
    expect(bare(child(root, 'b'))).toEqual(expected);
  });

  test('merged keys stand where << does', () => {
    const { root } = parse('a: &a {x: 1}\nb: {p: 0, <<: *a, q: 0}');
    const b = child(root, 'b');
    expect(b?.kind === 'mapping' && [...b.entries.keys()]).toEqual(['p', 'x', 'q']);
  });

  test('a later anchor of the same name replaces the earlier one', () => {
    expect(bare(parse('a: &x 1\nb: *x\nc: &x 2\nd: *x').root)).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });
});

test('tags say what a merge does with a node', () => {
  const { root } = parse('a: !reset\nb: !override [1]\nc: !reset null');
  expect(child(root, 'a')?.directive).toBe('reset');
  expect(child(root, 'b')?.directive).toBe('override');
  expect(child(root, 'c')?.directive).toBe('reset');
});

describe('what is wrong is reported at its place', () => {
  test.each<[string, string, string[]]>([
    ['an empty file', '', ['yaml/empty 1:1']],
    ['nothing but comments', '# a\n---\n# b\n', ['yaml/empty 1:1']],
    ['a duplicate key', 'a: 1\nb: 2\na: 3\n', ['yaml/duplicate-key 3:1']],
    ['a second merge', 'a: {<<: {b: 1},\n  <<: {c: 1}}\n', ['yaml/duplicate-key 2:3']],
    ['an empty document of several', '---\na: 1\n---\n# nothing\n---\nb: 2\n', ['yaml/empty-document 3:1']],
    ['an empty document at the end', 'a: 1\n---\n', ['yaml/empty-document 2:1']],
    ['a number without end', 'a: [-.inf,\n  .nan]\n', ['yaml/not-finite 1:5', 'yaml/not-finite 2:3']],
    [
      'keys that are no strings',
      '1: a\ntrue: b\n2024-01-01: c\n~: d\n',
      ['yaml/key-not-string 1:1', 'yaml/key-not-string 2:1', 'yaml/key-not-string 3:1', 'yaml/key-not-string 4:1'],
    ],
    ['a mapping as a key', '? {a: 1}\n: b\n', ['yaml/key-not-string 1:3']],
    ['an alias without an anchor', 'a: *b\n', ['yaml/unknown-anchor 1:4']],
    ['an alias within its own anchor', 'a: &a [*a]\n', ['yaml/unknown-anchor 1:8']],
    ['a merge of a scalar', 'a: &a 1\nb: {<<: *a}\n', ['yaml/merge-not-mapping 2:9']],
    ['an unclosed quote', 'a: "b\n', ['yaml/syntax 2:1']],
    ['a tab as indentation', 'a:\n\tb: 1\n', ['yaml/syntax 2:1']],
  ])('%s', (_, text, expected) => {
    expect(parse(text).findings).toEqual(expected);
  });

  test('a bomb of aliases', () => {
    const levels = Array.from({ length: 30 }, (_, at) =>
      at === 0 ? 'a0: &a0 [x]' : `a${at}: &a${at} [*a${at - 1}, *a${at - 1}]`,
    );
    expect(parse(levels.join('\n')).findings).toHaveLength(1);
    expect(parse(levels.join('\n')).findings[0]).toMatch(/^yaml\/too-many-nodes \d+:/);
  });

  test.each([
    ['flow', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['blocks', `${Array.from({ length: 300 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')} 1`],
    [
      'aliases',
      Array.from({ length: 300 }, (_, at) => (at === 0 ? 'a0: &a0 [x]' : `a${at}: &a${at} [*a${at - 1}]`)).join('\n'),
    ],
  ])('nesting too deep: %s', (_, text) => {
    expect(parse(text).findings.map((finding) => finding.split(' ')[0])).toEqual(['yaml/too-deep']);
  });
});

test('several documents', () => {
  const { documents } = parse('a: 1\n---\nb: 2\n---\n');
  expect(documents.map(bare)).toEqual([{ a: 1 }, { b: 2 }]);
});

test('JSON is read too', () => {
  expect(bare(parse('{\n  "a": [1, "x", null, true],\n  "b": {}\n}').root)).toEqual({ a: [1, 'x', null, true], b: {} });
});

test('many keys and aliases take linear time', () => {
  const text = (count: number) =>
    Array.from({ length: count }, (_, at) => `k${at}: &n${at} {v: ${at}}\nl${at}: *n${at}`).join('\n');
  const milliseconds = (count: number) => {
    const start = performance.now();
    parse(text(count));
    return performance.now() - start;
  };
  milliseconds(2000);
  expect(milliseconds(20_000)).toBeLessThan(60 * Math.max(milliseconds(1000), 10));
});
