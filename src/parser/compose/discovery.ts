import { dirname, resolve } from 'pathe';
import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Host } from '../../host.ts';
import { shortPath } from '../../source/read.ts';
import { initialDirectory } from './environment.ts';
import type { LoadOptions } from './options.ts';
import { reportRemote } from './remote.ts';
import type { Variables } from './variables.ts';

/** The names of a Compose file, in the order in which they are looked for. */
export const defaultNames: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
];

/** The names of a file that overrides the default one beside it. */
const overrideNames: readonly string[] = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

/** Absolute paths of the project's Compose files, `-` for standard input, and its directory. */
export interface Files {
  readonly paths: readonly string[];
  readonly directory: string;
}

/** The files that the options name, else `COMPOSE_FILE`, else those found here or in a directory above. */
export function findFiles(host: Host, options: LoadOptions, variables: Variables, report: Report): Files | undefined {
  const start = initialDirectory(host, options);
  const named = options.files?.length ? options.files : composeFileVariable(variables);
  if (named.length === 0) return searchFiles(host, options, start, report);
  if (named.filter((path) => reportRemote(path, host.cwd, host, report)).length > 0) return undefined;
  const paths = named.map((path) => (path === '-' ? path : resolve(host.cwd, path)));
  return { paths, directory: projectDirectory(host, options, paths[0] as string) };
}

function projectDirectory(host: Host, options: LoadOptions, first: string): string {
  if (options.projectDirectory !== undefined) return resolve(host.cwd, options.projectDirectory);
  return first === '-' ? host.cwd : dirname(first);
}

function composeFileVariable(variables: Variables): readonly string[] {
  const separator = variables.get('COMPOSE_PATH_SEPARATOR')?.value || ':';
  return (variables.get('COMPOSE_FILE')?.value ?? '').split(separator).filter((path) => path !== '');
}

function searchFiles(host: Host, options: LoadOptions, start: string, report: Report): Files | undefined {
  for (let directory = start; ; directory = dirname(directory)) {
    const found = existing(host, directory, defaultNames);
    if (found.length > 0)
      return { paths: chosen(host, directory, found, report), directory: place(host, options, directory) };
    if (dirname(directory) === directory) break;
  }
  report(
    diagnostic('compose/no-file', {
      directory: shortPath(host, start),
      absolute: start,
      names: defaultNames.join(', '),
    }),
  );
  return undefined;
}

function place(host: Host, options: LoadOptions, directory: string): string {
  return options.projectDirectory === undefined ? directory : resolve(host.cwd, options.projectDirectory);
}

function existing(host: Host, directory: string, names: readonly string[]): readonly string[] {
  return names.map((name) => resolve(directory, name)).filter((path) => host.kind(path) === 'file');
}

/** The first of the default files and the first of the overrides beside it. */
function chosen(host: Host, directory: string, found: readonly string[], report: Report): readonly string[] {
  const overrides = existing(host, directory, overrideNames);
  for (const several of [found, overrides]) {
    if (several.length < 2) continue;
    const [used, ...ignored] = several.map((path) => shortPath(host, path)) as [string, ...string[]];
    report(diagnostic('compose/several-files', { used, ignored: ignored.join(', ') }));
  }
  return [...found.slice(0, 1), ...overrides.slice(0, 1)];
}
