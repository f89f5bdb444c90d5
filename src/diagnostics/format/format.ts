import type { Source } from '../../source/source.ts';
import type { Diagnostic } from '../diagnostic.ts';

/** One input of `validate`, and what was found in it. */
export interface Checked {
  /** The input as the user would name it: a path, or `<stdin>`. */
  readonly name: string;
  readonly diagnostics: readonly Diagnostic[];
  /** The task that the input becomes; absent where none could be made. */
  readonly task?: TaskSummary;
}

/** What a report says of a task: its size in CPU units and MiB, and its containers. */
export interface TaskSummary {
  readonly family: string;
  readonly cpu: string;
  readonly memory: string;
  readonly containers: readonly ContainerSummary[];
}

export interface ContainerSummary {
  readonly name: string;
  readonly image: string;
  readonly cpu?: number | undefined;
  /** The limit, else the reservation. */
  readonly memory?: number | undefined;
  /** Such as `80/tcp`. */
  readonly ports: readonly string[];
}

/** What a report is told beside the findings. */
export interface FormatOptions {
  /** How a file's path is shown: relative to the root of the repository. */
  readonly displayPath: (path: string) => string;
  readonly version: string;
  /** Whether a finding fails the run: an error, or a warning where warnings count. */
  readonly fails: (diagnostic: Diagnostic) => boolean;
  /** A short hash of a text, the same in every run. */
  readonly hash: (text: string) => string;
  /** The rule pages, Markdown by code. */
  readonly rulePages: Readonly<Record<string, string>>;
}

/** Writes what was found as a whole document. */
export type Format = (checked: readonly Checked[], options: FormatOptions) => string;

/** The lines and columns of a source; 1-based, columns in UTF-16 units, the end behind the last character. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The lines and columns that a source covers. */
export function regionOf({ file, start, end }: Source): Region {
  const from = file.position(start);
  const to = file.position(end);
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

/** What somebody reads who sees the message alone: what happened, and what to do next. */
export function wholeMessage({ message, help }: Diagnostic): string {
  return help === undefined ? message : `${message}\n${help}`;
}
