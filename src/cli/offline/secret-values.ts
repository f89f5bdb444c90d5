import { resolve } from 'pathe';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { parseDotenv } from '../../parser/compose/dotenv.ts';
import { readSource, readStandardInput } from '../../source/read.ts';
import { UsageError } from '../command.ts';
import type { SecretsPushOptions } from '../commands/secrets.ts';
import { printFindings } from '../findings.ts';
import type { Io } from '../io.ts';

/**
 * The values of the variables that are named, else of all, from the file that the options name, else from stdin;
 * undefined where it cannot be read, which has been said then. Throws a `UsageError` where there is nothing to push.
 */
export function readSecretValues(
  io: Io,
  options: SecretsPushOptions,
  variables: readonly string[],
): ReadonlyMap<string, string> | undefined {
  const { from } = options;
  const all = new Map<string, string>();
  const wrong: Diagnostic[] = [];
  const paths = from === undefined ? (options.envFile ?? ['-']) : [from];
  for (const path of paths) readValues(io, path, all, (one) => wrong.push(one));
  if (wrong.length > 0) {
    tellUnreadable(io, options, wrong);
    return undefined;
  }
  const origin = paths.map((path) => (path === '-' ? 'stdin' : path)).join(', ');
  const unknown = variables.find((name) => !all.has(name));
  if (unknown !== undefined) throw new UsageError(`There is no variable "${unknown}" in ${origin}.`);
  const values = new Map([...all].filter(([name]) => variables.length === 0 || variables.includes(name)));
  const empty = [...values].find(([, value]) => value === '');
  if (empty !== undefined)
    throw new UsageError(`${empty[0]} is empty, and AWS keeps no empty secret. Give it a value.`);
  if (values.size === 0) throw new UsageError(`There are no variables in ${origin}. Write lines such as NAME=value.`);
  return values;
}

/** Says where a file cannot be read, and of its lines nothing more: they may hold secrets, as may our usual words. */
function tellUnreadable(io: Io, options: SecretsPushOptions, wrong: readonly Diagnostic[]): void {
  const message = 'This line cannot be read as it is written. It is not shown, since it may hold a secret.';
  const help = 'Write NAME=value, one a line, and put single quotes around a value with a "$", a quote or a "#".';
  const silenced = wrong.map(
    ({ fix: _, ...one }): Diagnostic =>
      one.source === undefined ? one : { ...one, severity: 'error', message, help, related: [], confidential: true },
  );
  printFindings(io, silenced, options);
}

function readValues({ host }: Io, path: string, values: Map<string, string>, report: (one: Diagnostic) => void): void {
  if (path === '-' && process.stdin.isTTY) {
    throw new UsageError('There are no secrets to push. Name an env file with --from, or pipe one in.');
  }
  const file =
    path === '-'
      ? readStandardInput(host, 'env file', report)
      : readSource(host, resolve(host.cwd, path), 'env file', report);
  if (file === undefined) return;
  const variables = parseDotenv(file, (name) => host.environment[name], report);
  for (const [name, { value }] of variables ?? []) values.set(name, value);
}
