import { type Desired, explainFailure, lastLines, type Outcome, progressOf, taskId } from '../../deployer.ts';
import type { Task } from '../../transformer/task.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { Session } from './session.ts';

/** How long each wait may last unless the user says otherwise, in milliseconds. */
export const defaultTimeout = 600_000;

/** Says how a plan ended, and gives the exit code for it. `desired` is absent where tasks were to stop. */
export async function report(
  { account, emit, cluster }: Session,
  task: Task,
  desired: Desired | undefined,
  { verdict }: Outcome,
  timeout: number,
): Promise<ExitCode> {
  switch (verdict.kind) {
    case 'ready':
      return exitCode.done;
    case 'blocked':
      emit({ code: 'plan/blocked', level: 'error', data: verdict.by });
      return exitCode.refused;
    case 'failed': {
      const failure = explainFailure(verdict.failed, task);
      const evidence = await lastLines(account, task.definition, failure);
      const data = { ...failure, ...(evidence.length === 0 ? {} : { evidence }) };
      emit({ code: 'task/failed', level: 'error', data });
      return exitCode.failed;
    }
    case 'lost':
      emit({ code: 'task/lost', level: 'error', data: { tasks: verdict.lost.map(taskId), cluster } });
      return exitCode.failed;
    case 'timed-out': {
      const waitFor = desired === undefined ? {} : { waitFor: desired.waitFor };
      const data = { ...waitFor, tasks: verdict.tasks.map(progressOf), seconds: Math.round(timeout / 1000) };
      emit({ code: 'wait/timed-out', level: 'error', data });
      return exitCode.failed;
    }
    case 'interrupted':
      emit({
        code: 'wait/interrupted',
        level: 'warning',
        data: { tasks: verdict.tasks.map(({ arn }) => taskId(arn)) },
      });
      return exitCode.interrupted;
  }
}
