import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Errors that may have no place, and why. */
const withoutPlace: Readonly<Record<string, string>> = {
  'compose/no-file': 'there is no file to have a place in',
  'compose/no-service': 'the service is named on the command line',
  'compose/project-name': 'the name is given on the command line, or is that of the directory',
  'input/binary': 'the file is no text',
  'input/directory': 'the file is named on the command line',
  'input/missing': 'the file is named on the command line',
  'input/special': 'the file is named on the command line',
  'params/ambiguous-file': 'there are two files, and it is not known which one is meant',
};

const repository = fileURLToPath(new URL('..', import.meta.url));

/** An error finding of a fixture: its code, and its place if it has one. */
interface PrintedError {
  readonly code: string;
  readonly path: string | undefined;
  readonly line: number;
  readonly column: number;
}

/** The reports of the fixtures that are refused, by the names of these. */
const reports = readdirSync(join(repository, 'fixtures'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('expected/exit'))
  .map((path) => dirname(path))
  .filter((expected) => read(expected, 'exit') === '1\n')
  .map((expected) => [dirname(expected), errorsIn(read(expected, 'diagnostics.txt'))] as const);

function read(expected: string, name: string): string {
  return readFileSync(join(repository, 'fixtures', expected, name), 'utf8');
}

function errorsIn(report: string): readonly PrintedError[] {
  const errors = report.matchAll(/^(?:(\S.*):(\d+):(\d+): )?error: .* \[([a-z]+\/[a-z-]+)\]$/gm);
  return [...errors].map(([, path, line, column, code = '']) => ({
    code,
    path,
    line: Number(line),
    column: Number(column),
  }));
}

describe('every error of a fixture stands at a line and column of a file', () => {
  it.each(reports)('%s', (name, errors) => {
    for (const { code, path, line, column } of errors) {
      if (path === undefined) {
        expect(Object.keys(withoutPlace)).toContain(code);
        continue;
      }
      const file = path === '<stdin>' ? join('fixtures', name, 'stdin') : path;
      const text = readFileSync(join(repository, file), 'utf8').split('\n')[line - 1];
      expect(column, `${path}:${line}`).toBeLessThanOrEqual((text?.length ?? -1) + 1);
    }
  });
});

it('excuses no error that always has a place', () => {
  const placeless = new Set(
    reports.flatMap(([, errors]) => errors.filter(({ path }) => !path).map(({ code }) => code)),
  );
  expect(Object.keys(withoutPlace).filter((code) => !placeless.has(code))).toEqual([]);
});
