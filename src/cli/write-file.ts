import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from './command.ts';
import type { Io } from './io.ts';

/** Writes what a command made to a file that the user named. */
export function writeFile({ host }: Io, path: string, text: string): void {
  try {
    writeFileSync(resolve(host.cwd, path), text);
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${(error as Error).message}.`);
  }
}
