import {
  type Desired,
  explainFailure,
  type FailedRollout,
  lastLines,
  type Outcome,
  progressOf,
  progressOfService,
  revisionName,
  type TaskState,
  taskId,
} from '../../deployer.ts';
import type { Task } from '../../transformer/task.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { RolloutFailure } from './event.ts';
import type { Session } from './session.ts';

/** How long each wait may last unless the user says otherwise, in milliseconds. */
export const defaultTimeout = 600_000;

/** Says how a plan ended, and gives the exit code for it. `desired` is absent where tasks were to stop. */
export async function report(
  session: Session,
  task: Task,
  desired: Desired | undefined,
  { verdict }: Outcome,
  timeout: number,
): Promise<ExitCode> {
  const { emit, cluster, service } = session;
  switch (verdict.kind) {
    case 'ready':
      return exitCode.done;
    case 'blocked':
      emit({ code: 'plan/blocked', level: 'error', data: verdict.by });
      return exitCode.refused;
    case 'failed':
      await reportFailure(session, task, verdict.failed);
      return exitCode.failed;
    case 'lost':
      emit({ code: 'task/lost', level: 'error', data: { tasks: verdict.lost.map(taskId), cluster } });
      return exitCode.failed;
    case 'timed-out': {
      const waitFor = desired === undefined ? {} : { waitFor: desired.waitFor };
      const data = { ...waitFor, tasks: verdict.tasks.map(progressOf), seconds: Math.round(timeout / 1000) };
      emit({ code: 'wait/timed-out', level: 'error', data });
      return exitCode.failed;
    }
    case 'rollout-failed':
      if (verdict.failed !== undefined) await reportFailure(session, task, verdict.failed);
      emit({ code: 'rollout/failed', level: 'error', data: rolloutFailure(service ?? '', verdict) });
      return exitCode.failed;
    case 'rollout-timed-out': {
      const seconds = Math.round(timeout / 1000);
      if (verdict.service !== undefined) {
        const data = { ...progressOfService(verdict.service), seconds };
        emit({ code: 'rollout/timed-out', level: 'error', data });
      }
      return exitCode.failed;
    }
    case 'rollout-interrupted':
    case 'interrupted':
      if (service !== undefined) {
        emit({ code: 'rollout/interrupted', level: 'warning', data: { service } });
        return exitCode.interrupted;
      }
      emit({
        code: 'wait/interrupted',
        level: 'warning',
        data: { tasks: verdict.tasks.map(({ arn }) => taskId(arn)) },
      });
      return exitCode.interrupted;
  }
}

/** Says why a task failed, with the last lines of the container that it began with; not of one whose lines are shown. */
export async function reportFailure(
  { account, emit }: Session,
  task: Task,
  failed: TaskState,
  shown?: string,
): Promise<void> {
  const failure = explainFailure(failed, task);
  const evidence = failure.container === shown ? [] : await lastLines(account, task.definition, failure);
  const data = { ...failure, ...(evidence.length === 0 ? {} : { evidence }) };
  emit({ code: 'task/failed', level: 'error', data });
}

function rolloutFailure(service: string, { deployment, rollback, replacedBy }: FailedRollout): RolloutFailure {
  const { revisionArn, rolloutState, rolloutStateReason, failedTasks } = deployment;
  return {
    service,
    revision: revisionName(revisionArn),
    failedTasks,
    ...(rolloutState === undefined ? {} : { state: rolloutState }),
    // Before that it only says that the rollout goes on.
    ...(rolloutState === 'FAILED' && rolloutStateReason !== undefined ? { reason: rolloutStateReason } : {}),
    ...(replacedBy === undefined ? {} : { replacedBy: revisionName(replacedBy) }),
    ...(rollback === undefined
      ? {}
      : { rollback: { revision: revisionName(rollback.revisionArn), done: rollback.done } }),
  };
}
