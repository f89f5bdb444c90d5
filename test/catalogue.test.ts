import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../src/diagnostics/catalogue.ts';
import { isCode } from '../src/diagnostics/diagnostic.ts';
import { remedies } from '../src/diagnostics/remedies.ts';

/** Findings that no fixture can have, and why. Those about limits stand in test/end-to-end/hostile.test.ts. */
const exceptions: Readonly<Record<string, string>> = {
  'input/denied': 'git keeps no such permissions, and a superuser may read every file',
  'compose/include-too-deep': 'it takes hundreds of files',
  'compose/too-large': 'it takes hundreds of thousands of nodes',
  'compose/too-many-ports': 'the findings would be megabytes',
  'compose/too-much-substituted': 'the file would be megabytes',
  'compose/variables-too-deep': 'nobody could read it',
  'input/exhausted': 'it takes thousands of files',
  'input/too-large': 'the file would be larger than all others of the repository together',
  'input/too-long': 'it takes hundreds of thousands of lines',
  'input/too-many-findings': 'it takes thousands of findings',
  'transform/files-unread': 'it takes thousands of files',
};

const root = fileURLToPath(new URL('../fixtures/', import.meta.url));
const printed = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('diagnostics.txt'))
  .flatMap((path) => codesIn(readFileSync(join(root, path), 'utf8')));
const inFixtures = new Set(printed);

describe('every finding stands in a fixture', () => {
  for (const code of Object.keys(catalogue)) {
    if (exceptions[code] !== undefined) continue;
    it(code, () => expect(inFixtures).toContain(code));
  }
});

it('makes no exception of a finding that is in a fixture, or is none', () => {
  expect(Object.keys(exceptions).filter((code) => inFixtures.has(code) || !isCode(code))).toEqual([]);
});

it('finds in the fixtures nothing that the catalogue lacks', () => {
  expect([...inFixtures].filter((code) => !isCode(code))).toEqual([]);
});

describe('every finding with a certain remedy stands in a fixture of --fix', () => {
  const shown = new Set(
    readdirSync(join(root, 'fix'))
      .map((name) => join(root, 'fix', name, 'expected'))
      .filter((expected) => existsSync(join(expected, 'stdout.txt')))
      .flatMap((expected) => codesIn(readFileSync(join(expected, 'diagnostics.txt'), 'utf8'))),
  );
  it.each(Object.keys(remedies))('%s', (code) => expect(shown).toContain(code));
});

/** The codes of the findings in a printed report: each closes the first line of its finding. */
function codesIn(text: string): string[] {
  return [...text.matchAll(/^\S.* \[([a-z]+\/[a-z0-9-]+)\]$/gm)].map(([, code = '']) => code);
}
