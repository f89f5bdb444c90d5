import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Host } from '../../src/host.ts';
import { inputs, slip, slips } from './slips.ts';

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
