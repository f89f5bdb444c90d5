import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { diagnosticsJson } from '../../src/diagnostics/format/json.ts';
import { formatSummary, formatText } from '../../src/diagnostics/format/text.ts';
import { SourceFile } from '../../src/source/source.ts';

const file = new SourceFile('/app/compose.yaml', 'services:\n\tweb:\n\t\timagee: nginx\n');
const at = (text: string) => {
  const start = file.text.indexOf(text);
  return { file, start, end: start + text.length };
};
const unknown = diagnostic('params/unknown-key', { key: 'imagee', where: 'web', suggestion: 'image' }, at('imagee'));
const misspelt = diagnostic(
  'params/unknown-key',
  { key: 'imagee', where: 'web', suggestion: 'image', correction: { written: 'imagee', meant: 'image' } },
  at('imagee'),
);
const missing = diagnostic('input/missing', { what: 'Compose file', path: 'x.yaml' });
const displayPath = (path: string) => path.replace('/app/', '');

describe('text', () => {
  it('shows place, message, the stretch underlined, and the remedy; a tab counts one column', () => {
    expect(formatText([unknown], { color: false, displayPath })).toBe(`\
compose.yaml:3:3: error: ecs-params has no key "imagee" in web. [params/unknown-key]
  3 |   imagee: nginx
    |   ^^^^^^
  help: Did you mean "image"?
`);
  });

  it('shows no place where there is none, and places that are related', () => {
    const related = diagnostic('params/health-twice', { service: 'a' }, undefined, [
      { message: 'service "web"', source: at('web') },
    ]);
    expect(formatText([missing], { color: false, displayPath })).toBe(
      'error: The Compose file x.yaml does not exist. [input/missing]\n',
    );
    expect(formatText([related], { color: false, displayPath })).toContain('  compose.yaml:2:2: service "web"\n');
  });

  it.each([
    ['wide characters', '名前😀: imagee', '        ^^^^^^'],
    ['combining characters', 'e\u0301é: imagee', '    ^^^^^^'],
    ['control characters', '\u001b: imagee', '      ^^^^^^'],
    ['tabs', '\t\timagee', '  ^^^^^^'],
  ])('underlines behind %s', (_, line, carets) => {
    const source = { file: new SourceFile('/app/a', line), start: line.indexOf('imagee'), end: line.length };
    const found = diagnostic('params/unknown-key', { key: 'a', where: '', suggestion: undefined }, source);
    expect(formatText([found], { color: false, displayPath }).split('\n')[2]).toBe(`    | ${carets}`);
  });

  it('cuts a line that is wider than the terminal around the place', () => {
    const line = `${'a'.repeat(100)} imagee ${'b'.repeat(100)}`;
    const source = { file: new SourceFile('/app/a', line), start: 101, end: 107 };
    const found = diagnostic('params/unknown-key', { key: 'a', where: '', suggestion: undefined }, source);
    const [, text = '', carets = ''] = formatText([found], { color: false, columns: 40, displayPath }).split('\n');
    expect(text.length).toBeLessThanOrEqual(42);
    expect(text).toMatch(/^ {2}1 \| …a+ imagee b+…$/);
    expect(carets.indexOf('^')).toBe(text.indexOf('imagee'));
  });

  it('shows control characters that came from a file escaped, in colour too', () => {
    const evil = diagnostic('params/unknown-key', { key: '\u001b[2J', where: '', suggestion: undefined });
    for (const color of [false, true]) {
      expect(formatText([evil], { color, displayPath })).toContain('no key "\\x1b[2J"');
    }
  });

  it('quotes no password of a URL, and nothing of what is confidential', () => {
    const secret = new SourceFile('/app/.env', 'DB=mysql://root:s3cret@db/x $X=http://a:${B}@c\n');
    const source = { file: secret, start: 3, end: 27 };
    const rewritten = diagnostic('transform/host-rewritten', { what: 'DB', hosts: 'db' }, source);
    expect(formatText([rewritten], { color: false, displayPath })).toContain(`
  1 | DB=mysql://root:******@db/x $X=http://a:\${B}@c
    |    ^^^^^^^^^^^^^^^^^^^^^^^^
`);
    const words = { services: ['web'], variables: ['DB'], rewritten: [] };
    const plaintext = formatText([diagnostic('secret/plaintext', words, source)], { color: false, displayPath });
    expect(plaintext).toContain('.env:1:4: warning: DB of service "web" looks like a secret');
    expect(plaintext).not.toMatch(/mysql|root/);
  });

  it('counts what it shows', () => {
    expect(formatSummary([unknown, missing, { ...missing, severity: 'warning' }])).toBe('2 errors, 1 warning');
  });
});

describe('json', () => {
  it('is as its schema says', () => {
    const schema = JSON.parse(
      readFileSync(new URL('../../schemas/diagnostics.schema.json', import.meta.url), 'utf8'),
    ) as object;
    const json = diagnosticsJson([unknown, missing, misspelt], displayPath);
    const ajv = new Ajv();
    expect(ajv.validate(schema, json), ajv.errorsText()).toBe(true);
    expect(json[0]).toMatchObject({
      location: { path: 'compose.yaml', start: { line: 3, column: 3 }, end: { line: 3, column: 9 } },
    });
    expect(json[2]?.fix).toEqual({
      description: 'Replace imagee with image.',
      edits: [{ location: json[0]?.location, text: 'image' }],
    });
  });
});
