import { dirname, resolve } from 'pathe';
import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Host } from '../../host.ts';
import { readSource } from '../../source/read.ts';
import type { Source } from '../../source/source.ts';
import { parseDotenv } from './dotenv.ts';
import type { LoadOptions } from './options.ts';
import type { Variable, Variables } from './variables.ts';

/** The variables of the process. */
export function processVariables(host: Host): Variables {
  return new Map(
    Object.entries(host.environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, { value }]])),
  );
}

/**
 * The variables with those of the `.env` files that they lack. A later file wins over an earlier one, and none wins
 * over what is there already. A file that is missing is an error.
 */
export function withEnvFiles(
  variables: Variables,
  paths: readonly { readonly path: string; readonly source?: Source }[],
  host: Host,
  report: Report,
): Variables {
  const fromFiles = new Map<string, Variable>();
  for (const { path, source } of paths) {
    const file = readSource(host, path, 'environment file', report, source);
    if (file === undefined) continue;
    const lookup = (name: string) => variables.get(name)?.value ?? fromFiles.get(name)?.value;
    for (const [name, variable] of parseDotenv(file, lookup, report) ?? []) fromFiles.set(name, variable);
  }
  return new Map([...fromFiles, ...variables]);
}

/**
 * The variables known before any Compose file is: the process's, then those of `--env-file`, or of `COMPOSE_ENV_FILES`,
 * or of the `.env` beside where the search for the project begins.
 */
export function initialVariables(host: Host, options: LoadOptions, report: Report): Variables {
  const variables = processVariables(host);
  const named = namedEnvFiles(host, options);
  if (named.length > 0)
    return withEnvFiles(
      variables,
      named.map((path) => ({ path })),
      host,
      report,
    );
  return withDefaultEnvFile(variables, initialDirectory(host, options), host, options, report);
}

/** The variables with those of a directory's `.env` that they lack, unless other files were named or it is turned off. */
export function withDefaultEnvFile(
  variables: Variables,
  directory: string,
  host: Host,
  options: LoadOptions,
  report: Report,
): Variables {
  if (namedEnvFiles(host, options).length > 0 || isTrue(host.environment['COMPOSE_DISABLE_ENV_FILE'])) return variables;
  const path = resolve(directory, '.env');
  return host.kind(path) === 'file' ? withEnvFiles(variables, [{ path }], host, report) : variables;
}

/** Where the search for the project begins: `--project-directory`, else beside the first `-f`, else here. */
export function initialDirectory(host: Host, options: LoadOptions): string {
  if (options.projectDirectory !== undefined) return resolve(host.cwd, options.projectDirectory);
  const first = options.files?.[0];
  return first === undefined || first === '-' ? host.cwd : dirname(resolve(host.cwd, first));
}

function namedEnvFiles(host: Host, options: LoadOptions): readonly string[] {
  const named =
    options.envFiles ?? host.environment['COMPOSE_ENV_FILES']?.split(',').filter((path) => path !== '') ?? [];
  return named.map((path) => resolve(host.cwd, path));
}

function isTrue(text: string | undefined): boolean {
  return text !== undefined && ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text);
}
