import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run } from './run.ts';

/**
 * The specification by example. A case is a folder below fixtures/<area>/: the files that a user would have, and
 *   args       the command line, a word a line (default: convert)
 *   env        variables, NAME=value a line
 *   cwd        the folder of the case in which the command runs (default: the case itself)
 *   stdin      what the command reads from standard input
 *   expected/  stdout (taskdef.json, stdout.json, stdout.yaml or stdout.txt), diagnostics.txt (stderr), exit; the
 *              case's own path is written as ${DIR}, that of the folder above it as ${PARENT}
 * UPDATE_FIXTURES=1 writes what came out in place of comparing; the difference is for a reviewer to read.
 */
const root = fileURLToPath(new URL('../fixtures/', import.meta.url));
const update = process.env['UPDATE_FIXTURES'] === '1';

const directories = (path: string) =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

for (const area of directories(root)) {
  describe(area, () => {
    for (const name of directories(join(root, area))) {
      it(name, async () => {
        const directory = join(root, area, name);
        const args = lines(join(directory, 'args')) ?? ['convert'];
        const env = Object.fromEntries((lines(join(directory, 'env')) ?? []).map((line) => line.split(/=(.*)/s, 2)));
        const { code, out, error } = await run(args, {
          cwd: join(directory, lines(join(directory, 'cwd'))?.[0] ?? '.'),
          env: { AWS_REGION: 'us-east-1', ...env },
          stdin: text(join(directory, 'stdin')),
        });
        const actual = {
          [stdoutName(args)]: portable(out, directory),
          'diagnostics.txt': portable(error, directory),
          exit: `${code}\n`,
        };
        const expected = join(directory, 'expected');
        if (update) write(expected, actual);
        expect(readAll(expected)).toEqual(withoutEmpty(actual));
      });
    }
  });
}

function stdoutName(args: readonly string[]): string {
  if (args.includes('yaml')) return 'stdout.yaml';
  if (args.includes('convert')) return 'taskdef.json';
  return args.includes('json') ? 'stdout.json' : 'stdout.txt';
}

/** An output as it is wherever the repository lies. */
function portable(output: string, directory: string): string {
  return output.replaceAll(directory, '${DIR}').replaceAll(dirname(directory), '${PARENT}');
}

function lines(path: string): string[] | undefined {
  return text(path)
    ?.split('\n')
    .filter((line) => line !== '');
}

function text(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** An output that is empty has no file. */
function withoutEmpty(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([, text]) => text !== ''));
}

function readAll(directory: string): Record<string, string> {
  if (!existsSync(directory)) return {};
  return Object.fromEntries(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

function write(directory: string, files: Record<string, string>): void {
  rmSync(directory, { recursive: true, force: true });
  for (const [name, text] of Object.entries(withoutEmpty(files))) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
}
