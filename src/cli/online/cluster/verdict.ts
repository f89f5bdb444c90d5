import type { StackVerdict } from '../../../deployer.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import type { AccountSession } from '../session.ts';

/** How long CloudFormation may take unless the user says otherwise, in milliseconds: a NAT gateway takes minutes. */
export const stackTimeout = 1_800_000;

/** Says how CloudFormation's work on a stack ended, and gives the exit code for it. */
export function reportStack(
  { emit }: Pick<AccountSession, 'emit'>,
  stack: string,
  verdict: StackVerdict,
  timeout: number,
): ExitCode {
  switch (verdict.kind) {
    case 'done':
      return exitCode.done;
    case 'failed':
      emit({ code: 'stack/failed', level: 'error', data: verdict.failure });
      return exitCode.failed;
    case 'timed-out': {
      const data = { stack, status: verdict.status, seconds: Math.round(timeout / 1000) };
      emit({ code: 'stack/timed-out', level: 'error', data });
      return exitCode.failed;
    }
    case 'interrupted':
      emit({ code: 'stack/interrupted', level: 'warning', data: { stack } });
      return exitCode.interrupted;
  }
}
