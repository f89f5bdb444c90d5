import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Checked } from '../../src/diagnostics/format/format.ts';
import { sarif } from '../../src/diagnostics/format/sarif.ts';
import { SourceFile } from '../../src/source/source.ts';
import { run } from '../run.ts';

const require = createRequire(import.meta.url);
const repository = fileURLToPath(new URL('../..', import.meta.url));

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly unknown[] } };
      readonly results: readonly { readonly relatedLocations?: unknown; readonly fixes?: unknown }[];
    },
  ];
}

// The schema that SARIF 2.1.0 publishes, from Microsoft's package. It is of draft 4, which our validator reads but for
// the names of its dialect and of itself: what changed since (`exclusiveMinimum`, `id`) it does not use elsewhere.
const {
  $schema: _dialect,
  id: _id,
  ...schema
} = JSON.parse(readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
const isSarif = new Ajv({
  strict: false,
  // One of its patterns has a bracket that only the older kind of expressions takes.
  unicodeRegExp: false,
  allErrors: true,
  formats: {
    'date-time': true,
    uri: /^[a-z][a-z\d+.-]*:[\w\-.~!$&'()*+,;=:@/?#[\]%]*$/i,
    // The characters of RFC 3986, and `%` before two hexadecimal digits only.
    'uri-reference': /^(?:[\w\-.~!$&'()*+,;=:@/?#[\]]|%[\da-f]{2})*$/i,
  },
}).compile(schema);

function faultsOf(log: unknown): readonly string[] {
  isSarif(log);
  return (isSarif.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function logOf(...checked: readonly Checked[]): Log {
  const displayPath = (path: string) => path.replace('/repo/', '');
  const options = { displayPath, version: '1.2.3', fails: () => true, hash: () => '00', rulePages: {} };
  return JSON.parse(sarif(checked, options));
}

const missing = diagnostic('input/missing', { what: 'Compose file', path: 'ü' });

describe('SARIF, as its published schema has it', () => {
  it('holds for all that is found in the fixtures', async () => {
    const { out } = await run(['validate', '--format', 'sarif', 'fixtures'], { cwd: repository });
    const log = JSON.parse(out) as Log;
    expect(faultsOf(log)).toEqual([]);
    const [{ tool, results }] = log.runs;
    expect(tool.driver.rules.length).toBeGreaterThan(150);
    expect(results.some(({ fixes }) => fixes !== undefined)).toBe(true);
    expect(results.some(({ relatedLocations }) => relatedLocations !== undefined)).toBe(true);
  });

  it('holds for names that are no ASCII, for what has no place, and for no findings', () => {
    const file = new SourceFile('/repo/ä b%/日本 #1?.yaml', 'services:\n  🐳: {}\n');
    const source = { file, start: 12, end: 14 };
    const words = { key: '🐳\u001b', where: 'web', suggestion: '' };
    const placed = diagnostic('params/unknown-key', words, source, [{ message: 'here', source }]);
    expect(faultsOf(logOf({ name: 'ä b', diagnostics: [placed, missing] }))).toEqual([]);
    expect(faultsOf(logOf({ name: '<stdin>', diagnostics: [missing] }))).toEqual([]);
    expect(faultsOf(logOf())).toEqual([]);
  });

  it('does not hold for a level or an address that SARIF does not have', () => {
    const text = JSON.stringify(logOf({ name: 'a', diagnostics: [missing] }));
    expect(faultsOf(JSON.parse(text.replaceAll('"level":"error"', '"level":"info"')))).not.toEqual([]);
    expect(faultsOf(JSON.parse(text.replace('"uri":"a"', '"uri":"a b"')))).not.toEqual([]);
  });
});
