import type { Host } from '../host.ts';

/** What a command talks to: data goes to `out`, talk to `error`. Tests give their own. */
export interface Io {
  readonly host: Host;
  readonly out: Output;
  readonly error: Output;
  /** Aborted at the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Aborted at the next Ctrl-C, for a command that goes on after the first; unless asked for, it ends the program. */
  readonly nextInterrupt?: () => AbortSignal;
  /** Asks a question and gives the answer, "" for none; absent where nobody sits at a terminal. */
  readonly ask?: (question: string) => Promise<string>;
  /** Runs a program that has the terminal to itself: Ctrl-C is its own to handle meanwhile. */
  handOver<T>(program: () => Promise<T>): Promise<T>;
}

/** A stream of text, and what is known of who reads it. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Whether to write in colour: a terminal, and neither NO_COLOR nor --no-color. */
  readonly color: boolean;
  /** Width in columns; 80 where it is not known. */
  readonly columns: number;
}
