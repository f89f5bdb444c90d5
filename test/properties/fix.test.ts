import { join } from 'node:path';
import { structuredPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lexer } from 'yaml';
import { check } from '../../src/checker/check.ts';
import { fix, withChanges } from '../../src/cli/validate/fix.ts';
import { compile } from '../../src/compile.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Host } from '../../src/host.ts';
import { readTaskDefinition } from '../../src/parser/task-definition/read.ts';
import { entriesOf, itemsOf, type Node } from '../../src/source/node.ts';
import type { Source } from '../../src/source/source.ts';
import { type FixtureInput, fixtureInputs } from './fixture-projects.ts';
import { inputs, slip, slips } from './slips.ts';

type Find = (host: Host) => readonly Diagnostic[];

/** What fixing comes to, and the host with the files fixed. */
async function fixed(host: Host, find: Find) {
  const check = async (each: Host) => [{ name: '', diagnostics: find(each) }];
  const { before, after, ...fixing } = await fix(host, check);
  const diagnosticsOf = (checked: typeof before) => checked.flatMap(({ diagnostics }) => diagnostics);
  return {
    ...fixing,
    before: diagnosticsOf(before),
    after: diagnosticsOf(after),
    host: withChanges(host, fixing.files),
  };
}

/** The comments of a YAML text, sorted. */
const comments = (text: string) => [...new Lexer().lex(text)].filter((lexeme) => lexeme.startsWith('#')).sort();

/** What a fix must not bring about. */
const broken = /^(?:yaml|json)\//;

/** Every scalar of a tree by its path. */
function* scalarsOf(node: Node, path = ''): Generator<readonly [path: string, value: unknown, source: Source]> {
  if (node.kind === 'scalar') yield [path, node.value, node.source];
  for (const [key, { value }] of entriesOf(node)) yield* scalarsOf(value, `${path}.${key}`);
  for (const [index, item] of itemsOf(node).entries()) yield* scalarsOf(item, `${path}[${index}]`);
}

/** The numbers of the lines of a text that another has not. */
function changedLines(before: string, after: string): ReadonlySet<number> {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 0 });
  return new Set(hunks.flatMap(({ oldStart, oldLines }) => Array.from({ length: oldLines }, (_, at) => oldStart + at)));
}

function findIn({ words, options }: FixtureInput): Find {
  const json = words.find((word) => word.endsWith('.json'));
  if (json === undefined) return (host) => compile(host, { region: 'us-east-1', ...options }).diagnostics;
  return (host) => {
    const found: Diagnostic[] = [];
    const file = readTaskDefinition(host, join(host.cwd, json), (one) => found.push(one));
    if (file?.definition !== undefined) check(file.definition, file.locate, (one) => found.push(one));
    return found;
  };
}

const fixable = fixtureInputs().filter((input) => findIn(input)(input.host).some(({ fix }) => fix !== undefined));

it('there are fixtures to fix in several areas', () => {
  expect(new Set(fixable.map(({ name }) => name.split('/')[0])).size).toBeGreaterThan(3);
});

describe.each(fixable)('$name, fixed', async (input) => {
  const find = findIn(input);
  const { files, before, after, host } = await fixed(input.host, find);

  it('has nothing more to fix', async () => {
    expect((await fixed(host, find)).count).toBe(0);
  });

  it('has all its comments', () => {
    for (const change of files.values()) expect(comments(change.after)).toEqual(comments(change.before));
  });

  it('is as well-formed as before', () => {
    const codes = new Set(before.map(({ code }) => code));
    expect(after.filter(({ code }) => broken.test(code) && !codes.has(code))).toEqual([]);
  });

  it('loads to the same project, but for values on the lines that were changed', () => {
    const project = compile(input.host, input.options).project;
    const projectAfter = compile(host, input.options).project;
    if (project === undefined || projectAfter === undefined) return;
    const values = new Map([...scalarsOf(projectAfter.root)].map(([path, value]) => [path, value]));
    const scalars = [...scalarsOf(project.root)];
    expect([...values.keys()]).toEqual(scalars.map(([path]) => path));
    for (const [path, value, { file, start }] of scalars) {
      if (Object.is(values.get(path), value)) continue;
      const lines = changedLines(file.text, files.get(file.path)?.after ?? file.text);
      expect(lines, path).toContain(file.position(start).line);
    }
  });
});

it('a text with slips has after fixing its comments, and nothing more to fix', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...inputs), fc.array(slip, { maxLength: 4 }), async (input, all) => {
      const text = slips(input.compose, all);
      const host: Host = {
        cwd: '/app',
        environment: {},
        read: (path) => (path === '/app/compose.yaml' ? { text } : { failure: 'missing' }),
        readStandardInput: () => ({ failure: 'missing' }),
        kind: (path) => (path === '/app/compose.yaml' ? 'file' : 'missing'),
        list: () => [],
        now: () => 0,
      };
      const find: Find = (each) => compile(each, { region: 'us-east-1' }).diagnostics;
      const { files, host: hostAfter } = await fixed(host, find);
      for (const { after } of files.values()) expect(comments(after)).toEqual(comments(text));
      expect((await fixed(hostAfter, find)).count).toBe(0);
    }),
    { numRuns: 400 },
  );
});
