import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { knownKeys } from '#validators/compose';
import { nodeHost } from '../../src/node.ts';
import { loadProject } from '../../src/parser/compose/load.ts';
import { plain } from '../../src/parser/compose/plain.ts';
import type { KeyRule } from '../../src/transformer/key-rule.ts';
import { projectKeys } from '../../src/transformer/project-keys.ts';
import { serviceKeys } from '../../src/transformer/service-keys.ts';

const rules: Readonly<Record<string, KeyRule>> = {
  ...projectKeys,
  ...Object.fromEntries(Object.entries(serviceKeys).map(([path, rule]) => [`services.*.${path}`, rule])),
};

/** Every path that the Compose schema knows, `*` standing for any name or item. */
const known = Object.entries(knownKeys).flatMap(([path, keys]) =>
  keys.split(' ').map((key) => (path === '' ? key : `${path}.${key}`)),
);

describe('the rules of keys', () => {
  it('say of every key of the Compose schema what becomes of it', () => {
    expect(known.filter((path) => !hasRule(path))).toEqual([]);
  });

  it('have a row for every key of a service', () => {
    const keys = known.filter((path) => /^services\.\*\.\w+$/.test(path));
    expect(keys.filter((path) => rules[path] === undefined)).toEqual([]);
    expect(keys.length).toBeGreaterThan(90);
  });

  it('speak of no key that the schema does not know', () => {
    const unknown = Object.keys(rules).filter(
      (row) => !known.some((path) => path === row || path.startsWith(`${row}.`)),
    );
    expect(unknown).toEqual([]);
  });
});

/** Whether a key has a row, is under one that speaks for all below it, or only holds keys that have. */
function hasRule(path: string): boolean {
  if (rules[path] !== undefined) return true;
  const steps = path.split('.');
  const isSpokenFor = steps.some((_, length) => {
    const above = rules[steps.slice(0, length).join('.')];
    return above !== undefined && above.verdict !== 'mapped';
  });
  return isSpokenFor || known.some((other) => other.startsWith(`${path}.`));
}

describe('every row stands in a fixture', () => {
  const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));
  const cases = readdirSync(fixtures).flatMap((area) =>
    readdirSync(join(fixtures, area)).map((name) => join(fixtures, area, name)),
  );
  const written = new Set(cases.flatMap(pathsIn));
  const printed = cases
    .map((directory) => join(directory, 'expected/diagnostics.txt'))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');

  for (const [row, rule] of Object.entries(rules)) {
    it(row, () => {
      expect(Object.keys(rules)).toContain(row);
      expect(written).toContain(row);
      const isSaid = (rule.verdict === 'dropped' || rule.verdict === 'refused') && rule.code === undefined;
      if (!isSaid) return;
      const code = rule.verdict === 'dropped' ? 'key-dropped' : 'key-refused';
      expect(printed).toMatch(new RegExp(`"${spelt(row)}" of \\w+ "[^"]+" .*\\[transform/${code}\\]`));
    });
  }
});

/** How a finding spells a path: `networks.front.mac_address`, `ports[0].mode`. */
function spelt(row: string): string {
  const [section, , ...rest] = row.split('.');
  const inOwner = section === 'services' || rules[row] === projectKeys[row] ? rest : row.split('.');
  return inOwner
    .join('.')
    .replaceAll('.*', String.raw`(?:\.[\w-]+|\[\d+\])`)
    .replace(/\.(?=\w)/g, String.raw`\.`);
}

/** The paths of a case, as they are written and as they are in canonical form; `*` for every name and item. */
function pathsIn(directory: string): string[] {
  const files = readdirSync(directory).filter((name) => /^(?:docker-)?compose.*\.ya?ml$/.test(name));
  return files.flatMap((name) => {
    const path = join(directory, name);
    const text = readFileSync(path, 'utf8');
    const host = { ...nodeHost(), cwd: directory, environment: {} };
    const { project } = loadProject(host, { files: [path], profiles: ['*'] }, () => {});
    if (project === undefined) return [];
    const raw = parseAllDocuments(text, { merge: true, logLevel: 'silent' });
    const documents = 'empty' in raw ? [] : raw.map((document) => document.toJS({ maxAliasCount: -1 }) as unknown);
    return [...documents, plain(project.root)].flatMap((root) => patternsOf(root));
  });
}

function patternsOf(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const next = [...path, isNamed(path) || Array.isArray(value) ? '*' : key];
    return [next.join('.'), ...patternsOf(inner, next)];
  });
}

/** Whether what is at the path has names for its keys. */
function isNamed(path: readonly string[]): boolean {
  const prefix = [...path, '*', ''].join('.');
  return known.some((one) => one.startsWith(prefix));
}
