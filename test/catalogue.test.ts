import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { composeCatalogue } from '../src/diagnostics/catalogue/compose.ts';
import { inputCatalogue } from '../src/diagnostics/catalogue/input.ts';
import { paramsCatalogue } from '../src/diagnostics/catalogue/params.ts';
import { transformCatalogue } from '../src/diagnostics/catalogue/transform.ts';
import { yamlCatalogue } from '../src/diagnostics/catalogue/yaml.ts';
import { isCode } from '../src/diagnostics/diagnostic.ts';

/** Findings that no fixture can have, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'input/denied': 'git keeps no such permissions, and a superuser may read every file',
  'input/too-large': 'the file would be larger than all others of the repository together',
};

const root = fileURLToPath(new URL('../fixtures/', import.meta.url));
const printed = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('diagnostics.txt'))
  .flatMap((path) => codesIn(readFileSync(join(root, path), 'utf8')));
const inFixtures = new Set(printed);

describe('every finding stands in a fixture', () => {
  const catalogues = [composeCatalogue, inputCatalogue, paramsCatalogue, transformCatalogue, yamlCatalogue];
  for (const code of catalogues.flatMap((catalogue) => Object.keys(catalogue))) {
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

/** The codes of the findings in a printed report: each closes the first line of its finding. */
function codesIn(text: string): string[] {
  return [...text.matchAll(/^\S.* \[([a-z]+\/[a-z-]+)\]$/gm)].map(([, code = '']) => code);
}
