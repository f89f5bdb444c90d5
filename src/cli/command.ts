import type { ExitCode } from './exit-code.ts';
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
  /** Set where a configuration that is wrong does not end the command. */
  readonly evenMisconfigured?: true;
  /** Short flags that mean something else here than they do globally. */
  readonly run: (io: Io, options: Options, args: readonly string[]) => Promise<ExitCode>;
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
  /** The value from its text; throws a `UsageError`. Given the earlier value for an option that may be repeated. */
  readonly parse?: (text: string, earlier: unknown) => unknown;
}

/** Wrong usage: the message is shown, and the program ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
