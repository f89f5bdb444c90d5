import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Constraint } from '../../src/fargate/member.ts';
import { members } from '../../src/fargate/members.ts';
import { nodeHost } from '../../src/node.ts';
import { readTaskDefinition } from '../../src/parser/task-definition/read.ts';
import { diagnostics } from './findings.ts';

/**
 * Holds the fixtures against the table of members: each row is in a definition that is accepted, and each thing that
 * can be wrong with it in one that is refused. What the refusals say stands in the fixtures themselves.
 */
const root = fileURLToPath(new URL('../../fixtures/checker/', import.meta.url));
const definitions = readdirSync(root)
  .map((name) => join(root, name, 'taskdef.json'))
  .filter(existsSync)
  .flatMap((path) => readTaskDefinition(nodeHost(), path, () => {})?.definition ?? []);

/** The row of a path: `containerDefinitions[].name`. */
const rowOf = (path: string) => path.replace(/\[\d+\]/g, '[]');

/** Values by row, of the definitions that AWS would take. */
const accepted = new Map<string, unknown[]>();
/** `code row` of all that is found. */
const found = new Set<string>();
for (const definition of definitions) {
  const all = diagnostics(definition);
  for (const { code, source } of all) found.add(`${code} ${rowOf(source?.file.path ?? '')}`);
  if (!all.some(({ severity }) => severity === 'error')) collect(definition, '');
}

function collect(value: unknown, row: string): void {
  if (row !== '') accepted.set(row, [...(accepted.get(row) ?? []), value]);
  if (Array.isArray(value)) for (const each of value) collect(each, `${row}[]`);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) collect(each, row === '' ? name : `${row}.${name}`);
  }
}

const codes = {
  range: 'fargate/range',
  length: 'fargate/length',
  pattern: 'fargate/pattern',
  values: 'fargate/enum',
} as const satisfies Readonly<Record<Constraint['kind'], string>>;

describe.each(Object.entries(members))('%s', (row, member) => {
  test('is shown with a wrong type', () => {
    expect(found).toContain(`fargate/type ${row}`);
  });

  if (member.unsupported) {
    test('is shown refused', () => {
      expect(found).toContain(`fargate/unsupported ${row}`);
    });
  } else {
    test('is shown accepted', () => {
      expect([...accepted.keys()]).toContain(row);
    });
  }

  if (member.required) {
    test('is shown missing', () => {
      expect(found).toContain(`fargate/required ${row}`);
    });
  }

  if (member.expected) {
    test('is shown missing where the rest says nothing then', () => {
      expect(found).toContain(`fargate/incomplete ${row}`);
    });
  }

  if (member.notEmpty) {
    test('is shown empty', () => {
      expect(found).toContain(`fargate/empty ${row}`);
    });
  }

  if (member.linuxOnly) {
    test('is shown for Windows', () => {
      expect(found).toContain(`fargate/linux-only ${row}`);
    });
  }

  for (const constraint of member.constraints ?? []) {
    test(`is shown against its ${constraint.kind}`, () => {
      expect(found).toContain(`${codes[constraint.kind]} ${row}`);
    });
    if (constraint.kind === 'range') {
      test('is shown at its bounds', () => {
        const bounds = [constraint.minimum, constraint.maximum].filter(Number.isFinite);
        expect(accepted.get(row)).toEqual(expect.arrayContaining(bounds));
      });
    }
  }
});
