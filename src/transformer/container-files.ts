import { basename, join, relative } from 'pathe';
import type { Host } from '../host.ts';
import { child, entriesOf, itemsOf, type Node, stringOf } from '../source/node.ts';
import { type Related, SourceFile } from '../source/source.ts';
import type { ContainerContext, TaskContext } from './context.ts';
import { type Dockerignore, readDockerignore } from './dockerignore.ts';

/** A text file of the project that a container gets, by a mount or in the image that is built for it. */
export interface ContainerFile {
  readonly container: ContainerContext;
  readonly file: SourceFile;
  /** How it gets there. */
  readonly way: Related;
}

/** How much is read at most: enough for the sources of an ordinary project. */
const limits = { files: 2000, directories: 2000, bytes: 16 * 1024 * 1024, fileBytes: 1024 * 1024 };

/** Directories of what others wrote, or a program, or what no container runs; hidden ones are tools' own. */
const skippedDirectory =
  /^(?:\..*|node_modules|bower_components|vendor|venv|site-packages|__pycache__|tests?|__tests__|fixtures|docs?)$/;

/** Files that are no text, are read by people, by package managers or by tests, or are generated. */
const skippedFile = new RegExp(
  [
    String.raw`\.(?:png|jpe?g|gif|ico|webp|svg|pdf|mp[34]|woff2?|ttf|eot|otf|zip|t?gz|tar|jar|war|class|so|dll|exe|pyc|db)$`,
    String.raw`\.(?:md|markdown|rst|adoc|log|css|s[ac]ss|less|map|lock|sum)$`,
    String.raw`[.-]min\.js$|[._](?:test|spec)\.\w+$|\.d\.ts$`,
    String.raw`^(?:package-lock|composer-lock)\.json$|^pnpm-lock\.ya?ml$`,
    // Another project, or another part of this one that is not used now.
    String.raw`^(?:docker-)?compose\b.*\.ya?ml$`,
  ].join('|'),
  'i',
);

/** The text files that the containers get, each once, and whether there were more than are looked at. */
export function containerFiles(context: TaskContext): { files: readonly ContainerFile[]; isComplete: boolean } {
  const walk = new Walk(context.host, filesRead(context));
  for (const container of context.containers) for (const root of roots(container, context)) walk.add(root);
  return { files: walk.files, isComplete: walk.isComplete };
}

/** A file or directory that a container gets. */
interface Root {
  readonly container: ContainerContext;
  readonly path: string;
  readonly way: Related;
  readonly ignore?: Dockerignore;
}

function roots(container: ContainerContext, context: TaskContext): Root[] {
  return [...mounted(container, context), ...built(container, context)];
}

/** Bind mounts and configs. Outside of the project only single files: a directory there may be anybody's home. */
function mounted(container: ContainerContext, { host, project }: TaskContext): Root[] {
  const { service } = container;
  const mounts = itemsOf(child(service.node, 'volumes')).filter((node) => stringOf(child(node, 'type')) === 'bind');
  const configs = itemsOf(child(service.node, 'configs'));
  const at = (node: Node, path: string | undefined, target: string | undefined): Root[] => {
    const isInside = path === project.directory || path?.startsWith(`${project.directory}/`) === true;
    if (path === undefined || (host.kind(path) !== 'file' && !isInside)) return [];
    const message = `mounted ${target === undefined ? '' : `at ${target} `}in service "${service.name}"`;
    return [{ container, path, way: { message, source: node.source } }];
  };
  return [
    ...mounts.flatMap((node) => at(node, stringOf(child(node, 'source')), stringOf(child(node, 'target')))),
    ...configs.flatMap((node) => {
      const config = child(child(project.root, 'configs'), stringOf(child(node, 'source')) ?? '');
      return at(node, stringOf(child(config, 'file')), stringOf(child(node, 'target')));
    }),
  ];
}

/** The build context, but for what its `.dockerignore` leaves out. A remote one is not looked at. */
function built(container: ContainerContext, { host }: TaskContext): Root[] {
  const { service } = container;
  const build = service.node.entries.get('build');
  const path = stringOf(child(build?.value, 'context'));
  if (build === undefined || path === undefined || host.kind(path) !== 'directory') return [];
  const ignore = host.read(join(path, '.dockerignore'), limits.fileBytes);
  const way = { message: `in the build context of service "${service.name}"`, source: build.key };
  return [{ container, path, way, ...('text' in ignore ? { ignore: readDockerignore(ignore.text) } : {}) }];
}

/** Files whose values the parser has put into the model: what they say is rewritten and reported there. */
function filesRead({ project, params, containers }: TaskContext): ReadonlySet<string> {
  const variables = containers.flatMap(({ service }) =>
    entriesOf(child(service.node, 'environment')).map(([, { value }]) => value),
  );
  const sources = [...containers.map(({ service }) => service.node), ...variables].flatMap(({ source, related }) => [
    source,
    ...(related ?? []).map((one) => one.source),
  ]);
  const files = [...project.files, ...(params === undefined ? [] : [params.file]), ...sources.map(({ file }) => file)];
  return new Set(files.map(({ path }) => path));
}

/** Reads files, nearest to the roots first, until there are no more or the limits are reached. */
class Walk {
  readonly files: ContainerFile[] = [];
  isComplete = true;
  readonly #host: Host;
  readonly #seen: Set<string>;
  #directories = 0;
  #bytes = 0;

  constructor(host: Host, seen: ReadonlySet<string>) {
    this.#host = host;
    this.#seen = new Set(seen);
  }

  add(root: Root): void {
    const kind = this.#host.kind(root.path);
    if (kind === 'file') this.#read(root.path, root);
    if (kind !== 'directory') return;
    const queue = [root.path];
    for (let directory = queue.shift(); directory !== undefined; directory = queue.shift()) {
      this.#directories += 1;
      if (this.#directories > limits.directories) this.isComplete = false;
      if (!this.isComplete) return;
      for (const { name, kind } of this.#host.list(directory)) {
        const path = join(directory, name);
        const isIgnored = root.ignore?.excludes(relative(root.path, path)) === true;
        if (kind === 'file' && !isIgnored) this.#read(path, root);
        const isLeftOut = isIgnored && root.ignore?.hasExceptions !== true;
        if (kind === 'directory' && !isLeftOut && !skippedDirectory.test(name)) queue.push(path);
      }
    }
  }

  #read(path: string, { container, way }: Root): void {
    if (this.#seen.has(path) || skippedFile.test(basename(path))) return;
    this.#seen.add(path);
    if (this.files.length >= limits.files || this.#bytes >= limits.bytes) this.isComplete = false;
    if (!this.isComplete) return;
    const result = this.#host.read(path, limits.fileBytes);
    if (!('text' in result)) return;
    this.#bytes += result.text.length;
    this.files.push({ container, file: new SourceFile(path, result.text), way });
  }
}
