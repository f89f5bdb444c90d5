import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Host } from '../../src/host.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** The Compose and ecs-params files of the fixtures, as pairs. */
const inputs = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((path) => /(?:^|\/)(?:docker-)?compose\.ya?ml$/.test(path))
  .map((path) => {
    const compose = readFileSync(join(fixtures, path), 'utf8');
    const params = join(fixtures, path, '../ecs-params.yml');
    return { compose, params: readOrNone(params) };
  });

/** A change of a text, such as a slip of the hand makes. */
interface Slip {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const slip: fc.Arbitrary<Slip> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(12),
  insert: fc.oneof(
    fc.constantFrom(
      '\n',
      '  ',
      '\t',
      ':',
      ': ',
      '- ',
      '{',
      '[',
      '"',
      '${',
      '$',
      '&a ',
      '*a',
      '<<: *a',
      '!reset ',
      '|',
      '#',
    ),
    fc.string({ maxLength: 6 }),
    fc.constantFrom('services:', 'image: x', 'ports: [80]', '1e3', '-1', 'null', 'true', '0x1f', '😀'),
  ),
});

const slips = (text: string, all: readonly Slip[]) =>
  all.reduce((current, { at, remove, insert }) => {
    const start = Math.floor(at * current.length);
    return current.slice(0, start) + insert + current.slice(start + remove);
  }, text);

function readOrNone(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function compileTexts(compose: string, params: string) {
  const files = new Map([
    ['/app/compose.yaml', compose],
    ...(params === '' ? [] : [['/app/ecs-params.yml', params] as const]),
  ]);
  const host: Host = {
    cwd: '/app',
    environment: { DB_PASSWORD: 'x' },
    read: (path) => {
      const text = files.get(path);
      return text === undefined ? { failure: 'missing' } : { text };
    },
    readStandardInput: () => ({ failure: 'missing' }),
    kind: (path) => (files.has(path) ? 'file' : 'missing'),
    list: () => [],
    now: () => 0,
  };
  return compile(host, { region: 'us-east-1' });
}

const places = ({ source, related }: Diagnostic) =>
  [source, ...related.map((one) => one.source)].flatMap((one) => one ?? []);

describe('compile', () => {
  it('never throws, and every place of a finding lies in its file', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...inputs),
        fc.array(slip, { maxLength: 4 }),
        fc.array(slip, { maxLength: 2 }),
        (input, a, b) => {
          const { diagnostics } = compileTexts(slips(input.compose, a), slips(input.params, b));
          for (const { file, start, end } of diagnostics.flatMap(places)) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(file.text.length);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('gives the same bytes and the same findings for the same input', () => {
    for (const { compose, params } of inputs) {
      const [first, second] = [compileTexts(compose, params), compileTexts(compose, params)];
      expect(JSON.stringify(second.task?.definition)).toBe(JSON.stringify(first.task?.definition));
      expect(second.diagnostics.map(({ message }) => message)).toEqual(first.diagnostics.map(({ message }) => message));
    }
  });

  it('finds a place in the files for every error and warning about the definition', () => {
    for (const { compose, params } of inputs) {
      const { diagnostics } = compileTexts(compose, params);
      const unplaced = diagnostics.filter(({ code, source }) => code.startsWith('fargate/') && source === undefined);
      expect(unplaced.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
    }
  });
});
