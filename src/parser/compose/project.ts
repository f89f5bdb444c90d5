import { child, entriesOf, type MappingNode, stringOf } from '../../source/node.ts';
import type { Source, SourceFile } from '../../source/source.ts';

/** A Compose project: every file merged, every form canonical, as `docker compose config` prints it. */
export interface Project {
  readonly name: string;
  /** Absolute path of the directory in which the project's relative paths start. */
  readonly directory: string;
  /** The Compose files that were read, the first one first. */
  readonly files: readonly SourceFile[];
  /** The normalised model: `services`, `networks`, `volumes`, … in Compose's own shape. */
  readonly root: MappingNode;
}

/** A service of a project. */
export interface Service {
  readonly name: string;
  /** The place of the service's name. */
  readonly key: Source;
  readonly node: MappingNode;
}

/** The services of a project, in the order in which they first appear in its files. */
export function servicesOf(project: Project): readonly Service[] {
  return entriesOf(child(project.root, 'services')).flatMap(([name, { key, value }]) =>
    value.kind === 'mapping' ? [{ name, key, node: value }] : [],
  );
}

/** The image of each service, in their order: the one it names, else what Docker Compose calls the one it builds. */
export function imagesOf(project: Project): readonly string[] {
  return servicesOf(project).map(({ name, node }) => stringOf(child(node, 'image')) || `${project.name}-${name}`);
}
