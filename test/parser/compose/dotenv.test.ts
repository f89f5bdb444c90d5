import { expect, test } from 'vitest';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { parseDotenv, parseRawEnv } from '../../../src/parser/compose/dotenv.ts';
import { SourceFile } from '../../../src/source/source.ts';
import { load, place } from './project-in-memory.ts';

const outside: Record<string, string> = { SHELL_SET: 'shell', INHERITED: 'inherited' };

function parse(text: string, parser = parseDotenv) {
  const diagnostics: Diagnostic[] = [];
  const file = new SourceFile('/work/.env', text);
  const variables = parser(
    file,
    (name) => outside[name],
    (finding) => diagnostics.push(finding),
  );
  const values = variables && Object.fromEntries([...variables].map(([name, { value }]) => [name, value]));
  return { variables, values, findings: diagnostics.map(place) };
}

test.each<[string, Record<string, string>]>([
  ['A=1', { A: '1' }],
  ['A=1\nB=2\n', { A: '1', B: '2' }],
  ['A = 1 ', { A: '1' }],
  ['A: 1', { A: '1' }],
  ['export A=1', { A: '1' }],
  ['exported=1', { exported: '1' }],
  ['A=\nB=2', { A: '', B: '2' }],
  ['# c\n\n  # d\nA=1', { A: '1' }],
  ['A=1 # c', { A: '1' }],
  ['A=1#c', { A: '1#c' }],
  ['A="1" # c\nB=2', { A: '1', B: '2' }],
  ["A='a $X \\n'", { A: 'a $X \\n' }],
  ["A='it\\'s'", { A: "it's" }],
  ['A="a\\nb\\t\\"c\\" \\\\ \\$X"', { A: 'a\nb\t"c" \\ $X' }],
  ['A="x\ny"\nB=1', { A: 'x\ny', B: '1' }],
  ["A='x\ny'", { A: 'x\ny' }],
  ['A=1\nB=${A}2', { A: '1', B: '12' }],
  ['A=$SHELL_SET', { A: 'shell' }],
  ['SHELL_SET=file\nB=$SHELL_SET', { SHELL_SET: 'file', B: 'shell' }],
  ['A=${NONE:-d}', { A: 'd' }],
  ['A=$$x', { A: '$x' }],
  ['INHERITED\nMISSING\nA=1', { INHERITED: 'inherited', A: '1' }],
  ['INHERITED', { INHERITED: 'inherited' }],
  ['a.b-c[0]_D=1', { 'a.b-c[0]_D': '1' }],
  ['A=1\r\nB=2\r\n', { A: '1', B: '2' }],
  ['A=a=b', { A: 'a=b' }],
  ['A=" x "', { A: ' x ' }],
  ['A="\\0123"', { A: 'S' }],
])('%j', (text, expected) => {
  expect(parse(text)).toMatchObject({ values: expected, findings: [] });
});

test.each<[string, string]>([
  ['A=1\nkey with space=1', 'compose/env-file-syntax .env:2:1'],
  ['A/B=1', 'compose/env-file-syntax .env:1:1'],
  ['A=1\nB="x\n', 'compose/env-file-syntax .env:2:3'],
  ['A=${', 'compose/interpolation-syntax .env:1:3'],
  ['B=1\nA=${X:?m}', 'compose/variable-required .env:2:3'],
])('%j is refused', (text, finding) => {
  expect(parse(text)).toMatchObject({ values: undefined, findings: [finding] });
});

test('a password with a dollar sign loses its end, with a warning', () => {
  expect(parse('PW=a$word')).toMatchObject({ values: { PW: 'a' }, findings: ['compose/variable-unset .env:1:5'] });
});

test('a variable knows its line', () => {
  const source = parse('A=1\nB="2"\n').variables?.get('B')?.source;
  expect(source?.file.text.slice(source.start, source.end)).toBe('B="2"');
});

test('format raw takes the text as it is', () => {
  expect(parse('# c\nR=a $X "q" # c\nS=\'x\'\nINHERITED\nNONE\n', parseRawEnv).values).toEqual({
    R: 'a $X "q" # c',
    S: "'x'",
    INHERITED: 'inherited',
  });
});

test('what a container gets: environment, then the last env_file', () => {
  const { json } = load(
    {
      'compose.yaml':
        'services:\n  a:\n    image: x\n    environment: {A: own, N: , U: }\n    env_file:\n      - 1.env\n      - {path: 2.env}\n      - {path: 3.env, required: false}\n',
      '1.env': 'A=1\nB=1\nC=1\nN=1\n',
      '2.env': 'B=2\nD=${C}$A\n',
    },
    {},
    { U: 'shell' },
  );
  expect(json.services.a.environment).toEqual({ A: 'own', B: '2', C: '1', D: '1own', N: null, U: 'shell' });
  expect(json.services.a.env_file).toBeUndefined();
});

test.each<[string, string, string]>([
  ['missing', 'env_file: nope.env', 'input/missing 4:15'],
  ['a directory', 'env_file: [dir]', 'input/directory 4:16'],
  ['an unknown format', 'env_file: [{path: a.env, format: x}]', 'compose/env-file-format 4:38'],
])('an env_file that is %s', (_, attribute, finding) => {
  const files = { 'compose.yaml': `services:\n  a:\n    image: x\n    ${attribute}\n`, 'a.env': '', 'dir/f': '' };
  expect(load(files).findings).toEqual([finding]);
});

test('label files are read under the labels', () => {
  const files = { 'compose.yaml': 'services: {a: {image: x, label_file: l, labels: {a: own}}}', l: 'a=file\nb=2\n' };
  expect(load(files).json.services.a.labels).toEqual({ a: 'own', b: '2' });
});
