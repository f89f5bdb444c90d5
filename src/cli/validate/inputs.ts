import { basename, dirname, resolve } from 'pathe';
import type { Host } from '../../host.ts';
import { defaultNames } from '../../parser/compose/discovery.ts';
import { limits } from '../../source/limits.ts';
import { shortPath } from '../../source/read.ts';
import { UsageError } from '../command.ts';

/** What `validate` looks at: a file that is a project of its own or a task definition, or the project of a directory. */
export interface Input {
  /** As the user would write it. */
  readonly name: string;
  readonly file?: string;
  readonly directory?: string;
}

type Search = typeof import('./search.ts');

/**
 * The inputs that the words name, each once: files, directories with a Compose file, directories above such, patterns.
 * A pattern or directory without any is wrong usage; a file that is missing is left for the loader to report.
 */
export async function findInputs(host: Host, words: readonly string[]): Promise<readonly Input[]> {
  const inputs: Input[] = [];
  for (const word of words) {
    const path = resolve(host.cwd, word);
    const kind = host.kind(path);
    if (kind === 'directory') inputs.push(...(await inDirectory(host, path, word)));
    else if (kind === 'missing' && /[*?{[]/.test(word)) inputs.push(...(await matching(host, word)));
    else inputs.push({ name: shortPath(host, path), file: path });
  }
  return once(host, inputs);
}

async function matching(host: Host, pattern: string): Promise<readonly Input[]> {
  const { filesMatching }: Search = await import('./search.ts');
  const files = await filesMatching(pattern, host.cwd);
  if (files.length === 0) throw new UsageError(`No file matches "${pattern}".`);
  return files.map((file) => ({ name: shortPath(host, file), file }));
}

async function inDirectory(host: Host, directory: string, word: string): Promise<readonly Input[]> {
  if (defaultFile(host, directory) !== undefined) return [{ name: shortPath(host, directory), directory }];
  const { filesMatching }: Search = await import('./search.ts');
  const files = await filesMatching(`**/{${defaultNames.join(',')}}`, directory);
  if (files.length === 0) throw new UsageError(`There is no Compose file in or below ${word}.`);
  return files.map((file) => ({ name: shortPath(host, dirname(file)), directory: dirname(file) }));
}

/**
 * The projects that a change of some files concerns. The list is read from standard input, a path a line, as `git diff
 * --name-only` prints it. A Compose file by another name than the usual ones is a project of its own; of any other
 * YAML or environment file the project is that of its directory. Files that are gone concern none.
 */
export function changedInputs(host: Host): readonly Input[] {
  const list = host.readStandardInput(limits.bytes);
  if ('failure' in list) throw new UsageError('--changed reads a list of files from standard input, a path a line.');
  const paths = list.text.split(/\r?\n/).filter((line) => line !== '');
  const inputs = paths.flatMap((line): readonly Input[] => {
    const path = resolve(host.cwd, line);
    const directory = dirname(path);
    if (host.kind(path) === 'missing' || !/\.ya?ml$|(?:^|\/)\.env|\.env$/.test(path)) return [];
    const isOwn = /compose/i.test(basename(path)) && !belongsToDefault(path);
    if (isOwn) return [{ name: shortPath(host, path), file: path }];
    return defaultFile(host, directory) === undefined ? [] : [{ name: shortPath(host, directory), directory }];
  });
  return once(host, inputs);
}

function belongsToDefault(path: string): boolean {
  return defaultNames.includes(basename(path).replace(/\.override(?=\.ya?ml$)/, ''));
}

/** The first of inputs that are the same project. */
function once(host: Host, inputs: readonly Input[]): readonly Input[] {
  const seen = new Set<string>();
  return inputs.filter(({ file, directory }) => {
    const key = file ?? defaultFile(host, directory as string) ?? '';
    return !seen.has(key) && seen.add(key);
  });
}

function defaultFile(host: Host, directory: string): string | undefined {
  return defaultNames.map((name) => resolve(directory, name)).find((path) => host.kind(path) === 'file');
}
