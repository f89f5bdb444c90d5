import { type Account, type TaskState, taskId } from './account.ts';
import { isAwsError } from './aws/aws-error.ts';
import { throttling } from './aws/explain-aws-error.ts';
import type { Clock } from './clock.ts';
import type { Emit, TaskProgress } from './event.ts';

/** Milliseconds between two looks at tasks: the first, the factor by which it grows, and the longest. */
const firstPause = 1_000;
const pauseGrowth = 1.4;
const longestPause = 5_000;

/** ECS may not know a task for so many milliseconds after it was started: its answers become consistent in the end. */
const consistentAfter = 60_000;

/** So many looks in a row may fail for a passing reason; throttling is always waited out. */
const tolerableFailures = 5;

export interface Watching {
  readonly account: Account;
  readonly cluster: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly emit: Emit;
}

/**
 * Looks at tasks again and again and gives their states each time, those that were known first; a task that ECS has
 * lost is left out. It ends when the signal is aborted, and throws an `AwsError` that will not pass by itself.
 */
export async function* watch(
  { account, cluster, clock, signal, emit }: Watching,
  known: readonly TaskState[],
): AsyncGenerator<readonly TaskState[], void, undefined> {
  const states = new Map(known.map((task) => [task.arn, task]));
  const missingSince = new Map<string, number>();
  let pause = firstPause;
  let failures = 0;
  for (const task of known) emit({ code: 'task/changed', level: 'info', data: progressOf(task) });
  yield known;
  while (!signal.aborted) {
    await clock.sleep(pause, signal);
    if (signal.aborted) return;
    pause = Math.min(pause * pauseGrowth, longestPause);
    try {
      const found = await account.describeTasks(cluster, [...states.keys()]);
      for (const arn of states.keys()) {
        if (found.some((task) => task.arn === arn)) missingSince.delete(arn);
        else if (!missingSince.has(arn)) missingSince.set(arn, clock.now());
      }
      for (const task of found) {
        const before = states.get(task.arn);
        states.set(task.arn, task);
        const progress = progressOf(task);
        if (before === undefined || JSON.stringify(progressOf(before)) !== JSON.stringify(progress)) {
          emit({ code: 'task/changed', level: 'info', data: progress });
        }
      }
      failures = 0;
    } catch (error) {
      if (!isAwsError(error) || !error.passing) throw error;
      failures += throttling.test(error.code) ? 0 : 1;
      if (failures > tolerableFailures) throw error;
    }
    const isLost = ({ arn }: TaskState) => clock.now() - (missingSince.get(arn) ?? clock.now()) >= consistentAfter;
    yield [...states.values()].filter((task) => !isLost(task));
  }
}

/** How far a task has come, as an event tells it. */
export function progressOf({ arn, lastStatus, containers }: TaskState): TaskProgress {
  return {
    task: taskId(arn),
    status: lastStatus,
    containers: containers.map(({ name, lastStatus: status, healthStatus }) => ({
      name,
      lastStatus: status,
      healthStatus,
    })),
  };
}
