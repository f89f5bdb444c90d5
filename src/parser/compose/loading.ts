import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Host } from '../../host.ts';
import type { Allowance } from '../../source/allowance.ts';
import type { Node } from '../../source/node.ts';
import type { Source, SourceFile } from '../../source/source.ts';
import type { LoadOptions } from './options.ts';
import type { Variables } from './variables.ts';

/** What every step of loading one model needs to know. */
export interface Loading {
  readonly host: Host;
  readonly options: LoadOptions;
  readonly variables: Variables;
  /** Absolute path at which the model's relative paths start. */
  readonly directory: string;
  /** What `~` stands for. */
  readonly home: string | undefined;
  readonly report: Report;
  /** The Compose files read, in that order; a file that is read once more is not parsed again. */
  readonly files: Map<string, ParsedFile>;
  /** The nodes that the models of the project may still have, all together. */
  readonly nodes: Allowance;
  /** The files that led to this one by `include`, the first one first. */
  readonly included: readonly string[];
}

/** A file to load, and the place that names it. */
export interface NamedFile {
  readonly path: string;
  readonly source?: Source;
}

/** A file and the documents in it. */
export interface ParsedFile {
  readonly file: SourceFile;
  readonly documents: readonly Node[];
  /** Whether it holds nothing at all, not that its text could not be read. */
  readonly isEmpty: boolean;
}
