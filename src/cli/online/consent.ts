import { type ExitCode, exitCode } from '../exit-code.ts';
import type { AccountSession } from './session.ts';

/**
 * Asks whether to go on with what takes something away, after that has been said. undefined for yes, which `yes` says
 * beforehand; else the exit code to end with. Where nobody sits at a terminal the answer is no.
 */
export async function refusedBy(
  { io, emit }: Pick<AccountSession, 'io' | 'emit'>,
  question: string,
  yes: boolean,
  about: 'cluster' | 'purge' = 'cluster',
): Promise<ExitCode | undefined> {
  if (yes) return undefined;
  if (io.ask === undefined) {
    emit({ code: `${about}/unconfirmed`, level: 'error', data: {} });
    return exitCode.usage;
  }
  const answer = await io.ask(`${question} [y/N] `);
  if (/^y(?:es)?$/i.test(answer.trim())) return undefined;
  emit({ code: `${about}/declined`, level: 'info', data: {} });
  return io.signal.aborted ? exitCode.interrupted : exitCode.done;
}
