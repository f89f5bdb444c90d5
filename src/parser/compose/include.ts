import { dirname, isAbsolute, resolve } from 'pathe';
import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { mapping, mapValues, withoutKey } from '../../source/build.ts';
import { limits } from '../../source/limits.ts';
import { child, entriesOf, isNull, itemsOf, type MappingNode, type Node, stringOf } from '../../source/node.ts';
import { shortPath } from '../../source/read.ts';
import { withEnvFiles } from './environment.ts';
import type { Loading, NamedFile } from './loading.ts';
import { merge } from './merge.ts';
import { reportRemote } from './remote.ts';
import { checkSchema } from './schema.ts';

/** Loads the model of some files: what includes them is loaded by it too. */
type LoadModel = (files: readonly NamedFile[], loading: Loading) => MappingNode | undefined;

/** The sections that a model gives to the one that includes it; its name and extensions stay its own. */
const sections: ReadonlySet<string> = new Set(['services', 'networks', 'volumes', 'secrets', 'configs', 'models']);

/** The document on top of all that it includes, and `include` gone. */
export function applyIncludes(root: Node, loading: Loading, loadModel: LoadModel): Node {
  const entry = root.kind === 'mapping' ? root.entries.get('include') : undefined;
  if (root.kind !== 'mapping' || entry === undefined) return root;
  const include = entry.value;
  if (isNull(include)) return withoutKey(root, 'include');
  // It is gone when the whole model is checked.
  checkSchema(mapping(new Map([['include', entry]]), root), loading.report);
  if (include.kind !== 'sequence') return root;
  const models = include.items.flatMap((entry) => loadIncluded(entry, loading, loadModel) ?? []);
  const own = withoutKey(root, 'include');
  // As in Docker Compose, the first of several wins over those after it.
  const whole = models.reduce<Node>((over, base) => merge(base, over, loading.report), own);
  if (models.length < 2 || whole.kind !== 'mapping') return whole;
  const named = [...models, own];
  return mapValues(inOrderOf(named, whole), (section, name) =>
    section.kind === 'mapping'
      ? inOrderOf(
          named.flatMap((model) => child(model, name) ?? []),
          section,
        )
      : section,
  );
}

/** The merged mapping, its entries in the order in which the parts have them. */
function inOrderOf(parts: readonly Node[], whole: MappingNode): MappingNode {
  const entries = parts.flatMap(entriesOf).map(([key, entry]) => [key, whole.entries.get(key) ?? entry] as const);
  return { ...whole, entries: new Map(entries) };
}

function loadIncluded(entry: Node, loading: Loading, loadModel: LoadModel): Node | undefined {
  const paths = textsOf(child(entry, 'path') ?? entry);
  const [first] = paths;
  if (first === undefined) {
    if (entry.kind === 'mapping' && !entry.entries.has('path')) {
      const missing = { subject: 'An entry of "include"', key: 'path' };
      loading.report(diagnostic('compose/missing-key', missing, entry.source, entry.related));
    }
    return undefined;
  }
  const { directory: from, host, report } = loading;
  if (paths.filter((node) => reportRemote(node, from, host, report)).length > 0) return undefined;
  const files = paths.map((node) => ({
    path: resolve(loading.directory, String(stringOf(node))),
    source: node.source,
  }));
  const main = files[0]?.path as string;
  if (loading.included.includes(main)) {
    const chain = [...loading.included, main].map((path) => shortPath(loading.host, path)).join(' -> ');
    loading.report(diagnostic('compose/include-cycle', { chain }, first.source));
    return undefined;
  }
  if (loading.included.length > limits.depth) {
    loading.report(diagnostic('compose/include-too-deep', { limit: limits.depth }, first.source));
    return undefined;
  }
  const directory = projectDirectory(stringOf(child(entry, 'project_directory')), main, loading);
  const variables = includedVariables(child(entry, 'env_file'), directory, loading);
  const model = loadModel(files, { ...loading, directory, variables });
  return model === undefined ? undefined : sectionsOf(model);
}

/** Where the included project's relative paths start. One that is not there is taken for a file's, as Docker Compose does. */
function projectDirectory(written: string | undefined, main: string, { host, directory }: Loading): string {
  if (!written) return dirname(main);
  const named = resolve(directory, written);
  return isAbsolute(written) || host.kind(named) === 'directory' ? named : dirname(named);
}

/** The model's variables, those that it lacks from the files named, else from the `.env` of the included project. */
function includedVariables(envFile: Node | undefined, directory: string, loading: Loading) {
  const { host, report, variables } = loading;
  const named = envFile === undefined ? [] : textsOf(envFile);
  // To name /dev/null turns the `.env` off.
  const files = named
    .filter((node) => stringOf(node) !== '/dev/null')
    .map((node) => ({ path: resolve(loading.directory, String(stringOf(node))), source: node.source }));
  const standard = resolve(directory, '.env');
  if (named.length > 0) return withEnvFiles(variables, files, host, report);
  return host.kind(standard) === 'file' ? withEnvFiles(variables, [{ path: standard }], host, report) : variables;
}

function textsOf(node: Node): readonly Node[] {
  return (node.kind === 'sequence' ? itemsOf(node) : [node]).filter((item) => stringOf(item) !== undefined);
}

function sectionsOf(model: MappingNode): Node {
  return mapping(new Map([...model.entries].filter(([key]) => sections.has(key))), model);
}
