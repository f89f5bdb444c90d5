import { commands } from './commands.ts';
import type { Io } from './io.ts';
import { runProgram } from './program.ts';

/** The command line: runs the words of `argv` (without node and script) and gives the exit code. */
export function main(argv: readonly string[], io: Io): Promise<number> {
  return runProgram(commands, argv, io);
}
