import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';

/** A group of commands with a name of its own: `service up`, `service ps`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly CommandDefinition[];
}

/** A command of the program, as data: what the parser, the help and the completions are made of. */
export interface CommandDefinition<Options extends GlobalOptions = GlobalOptions> {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  /** Positional arguments as commander writes them: `[files...]`. */
  readonly arguments?: readonly ArgumentDefinition[];
  readonly options?: readonly OptionDefinition[];
  /** What the project's configuration is to it where it does not end at one that is wrong. */
  readonly configuration?: 'may-be-wrong' | 'unread';
  /** Set where all that follows the first argument belongs to somebody else, flags included. */
  readonly passThrough?: true;
  /** The exit code of the program; `run` passes on what its container ended with. */
  readonly run: (io: Io, options: Options, args: readonly string[]) => Promise<number>;
}

/** What a shell offers for a value: names of files, or these words. */
export type Completes = 'files' | readonly string[];

export interface ArgumentDefinition {
  readonly usage: string;
  readonly summary: string;
  readonly completes?: Completes;
}

export interface OptionDefinition {
  /** As commander writes them: `-o, --output <file>`. */
  readonly flags: string;
  readonly summary: string;
  readonly choices?: readonly string[];
  /** Where there are no choices. */
  readonly completes?: Completes;
  /** Whether an empty value is as none, which is how Docker Compose takes it; else it is wrong usage. */
  readonly emptyIsNone?: true;
  /** The value from its text; throws a `UsageError`. Given the earlier value for an option that may be repeated. */
  readonly parse?: (text: string, earlier: unknown) => unknown;
}

/** Wrong usage: the message is shown, and the program ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Told by its name: each bundle has a class of its own. */
export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === 'UsageError';
}
