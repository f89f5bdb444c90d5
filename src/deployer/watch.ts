import { type Account, type TaskState, taskId } from './account.ts';
import { isAwsError } from './aws/aws-error.ts';
import { throttling } from './aws/refused-calls.ts';
import type { Clock } from './clock.ts';
import type { Emit, TaskProgress } from './event.ts';

/** Milliseconds between two looks at tasks: the first, the factor by which it grows, and the longest. */
const firstPause = 1_000;
const pauseGrowth = 1.4;
const longestPause = 5_000;

/** What was changed, ECS may not show for so many milliseconds: its answers become consistent in the end. */
export const consistentAfter = 60_000;

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
 * Asks the same question again and again, each time after a longer pause, and gives the answers; undefined for one that
 * failed for a passing reason. It ends when the signal is aborted, and throws an `AwsError` that will not pass by itself.
 */
export async function* poll<T>(
  { clock, signal }: Pick<Watching, 'clock' | 'signal'>,
  question: () => Promise<T>,
): AsyncGenerator<T | undefined, void, undefined> {
  let pause = firstPause;
  let failures = 0;
  while (!signal.aborted) {
    await clock.sleep(pause, signal);
    if (signal.aborted) return;
    pause = Math.min(pause * pauseGrowth, longestPause);
    let answer: T | undefined;
    try {
      answer = await question();
      failures = 0;
    } catch (error) {
      if (!isAwsError(error) || !error.passing) throw error;
      failures += throttling.test(error.code) ? 0 : 1;
      if (failures > tolerableFailures) throw error;
    }
    yield answer;
  }
}

/**
 * Looks at tasks again and again and gives their states each time, those that were known first; a task that ECS has
 * lost is left out. It ends and throws as `poll` does.
 */
export async function* watch(
  { account, cluster, clock, signal, emit }: Watching,
  known: readonly TaskState[],
): AsyncGenerator<readonly TaskState[], void, undefined> {
  const states = new Map(known.map((task) => [task.arn, task]));
  const missingSince = new Map<string, number>();
  for (const task of known) emitProgress(emit, undefined, task);
  yield known;
  for await (const found of poll({ clock, signal }, () => account.describeTasks(cluster, [...states.keys()]))) {
    if (found !== undefined) {
      for (const arn of states.keys()) {
        if (found.some((task) => task.arn === arn)) missingSince.delete(arn);
        else if (!missingSince.has(arn)) missingSince.set(arn, clock.now());
      }
      for (const task of found) {
        emitProgress(emit, states.get(task.arn), task);
        states.set(task.arn, task);
      }
    }
    const isLost = ({ arn }: TaskState) => clock.now() - (missingSince.get(arn) ?? clock.now()) >= consistentAfter;
    yield [...states.values()].filter((task) => !isLost(task));
  }
}

/** Says how far a task has come, where that is news. */
export function emitProgress(emit: Emit, before: TaskState | undefined, task: TaskState): void {
  const data = progressOf(task);
  const isNews = before === undefined || JSON.stringify(progressOf(before)) !== JSON.stringify(data);
  if (isNews) emit({ code: 'task/changed', level: 'info', data });
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
