import type { Io, Output } from '../src/cli/io.ts';
import { main } from '../src/cli/main.ts';
import type { Host } from '../src/host.ts';
import { nodeHost } from '../src/node.ts';

/** What a command line gave. */
export interface Result {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs a command line in this process, its host that of the machine but for directory and environment. */
export async function run(
  argv: readonly string[],
  options: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly stdin?: string | undefined;
    /** What stands in for the host of the machine. */
    readonly host?: Partial<Host>;
    readonly isTerminal?: boolean;
    /** Who answers questions; nobody unless given. */
    readonly ask?: (question: string) => Promise<string>;
    /** Aborted for Ctrl-C; nobody presses it unless given. */
    readonly signal?: AbortSignal;
  },
): Promise<Result> {
  const out = recorder(options.isTerminal === true);
  const error = recorder(options.isTerminal === true);
  const io: Io = {
    host: {
      ...nodeHost(),
      cwd: options.cwd,
      environment: { HOME: '/nowhere', ...options.env },
      readStandardInput: () => ({ text: options.stdin ?? '' }),
      ...options.host,
    },
    out,
    error,
    signal: options.signal ?? new AbortController().signal,
    handOver: (program) => program(),
    ...(options.ask === undefined ? {} : { ask: options.ask }),
  };
  const code = await main(argv, io);
  return { code, out: out.text(), error: error.text() };
}

function recorder(isTerminal: boolean): Output & { text(): string } {
  let text = '';
  return {
    write: (more) => {
      text += more;
    },
    isTerminal,
    color: false,
    columns: 80,
    text: () => text,
  };
}
