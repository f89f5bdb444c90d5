import { basename, dirname, resolve } from 'pathe';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import type { Host } from '../../../src/host.ts';
import { projectJson } from '../../../src/parser/compose/json.ts';
import { loadProject } from '../../../src/parser/compose/load.ts';
import type { LoadOptions } from '../../../src/parser/compose/options.ts';
import type { Project } from '../../../src/parser/compose/project.ts';

type Files = Readonly<Record<string, string>>;

/** A host whose files exist in memory only, by their paths from `/work`. */
export function memoryHost(files: Files, environment: Readonly<Record<string, string>> = {}): Host {
  const cwd = '/work';
  const texts = new Map(Object.entries(files).map(([path, text]) => [resolve(cwd, path), text]));
  const directories = new Set<string>(['/']);
  for (const path of texts.keys()) for (let at = dirname(path); at !== '/'; at = dirname(at)) directories.add(at);
  return {
    cwd,
    environment,
    read: (path, maxBytes) => {
      const text = texts.get(path);
      if (text !== undefined) return text.length > maxBytes ? { failure: 'too-large' } : { text };
      return { failure: directories.has(path) ? 'directory' : 'missing' };
    },
    readStandardInput: () => ({ text: files['-'] ?? '' }),
    kind: (path) => (texts.has(path) ? 'file' : directories.has(path) ? 'directory' : 'missing'),
    list: (path) => {
      const below = [...texts.keys(), ...directories].filter((known) => known !== path && dirname(known) === path);
      return below.sort().map((known) => ({ name: basename(known), kind: texts.has(known) ? 'file' : 'directory' }));
    },
    now: () => 0,
  };
}

export interface Outcome {
  readonly project: Project | undefined;
  /** The project as it is printed, for comparing. */
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into it as into any JSON
  readonly json: any;
  /** What was found, as `code line:column`. */
  readonly findings: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads a project of files in memory; a text alone is `compose.yaml`. */
export function load(
  files: string | Files,
  options: LoadOptions = {},
  environment: Readonly<Record<string, string>> = {},
): Outcome {
  const diagnostics: Diagnostic[] = [];
  const host = memoryHost(typeof files === 'string' ? { 'compose.yaml': files } : files, environment);
  const { project } = loadProject(host, options, (finding) => diagnostics.push(finding));
  return {
    project,
    json: project === undefined ? undefined : projectJson(project),
    findings: diagnostics.map(place),
    diagnostics,
  };
}

/** A finding as `code line:column`, the file in front where it is not the default one. */
export function place({ code, source }: Diagnostic): string {
  if (source === undefined) return code;
  const { line, column } = source.file.position(source.start);
  const name = source.file.path.replace('/work/', '');
  return `${code} ${name === 'compose.yaml' ? '' : `${name}:`}${line}:${column}`;
}
