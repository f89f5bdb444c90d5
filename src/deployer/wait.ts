import type { TaskDefinition } from '../fargate/task-definition.ts';
import type { TaskState } from './account.ts';
import type { WaitFor } from './desired.ts';
import { hasEnded, judge } from './verdict.ts';
import { type Watching, watch } from './watch.ts';

/** How a wait ended, and the tasks as they were last seen. */
export type Verdict =
  | { readonly kind: 'ready'; readonly tasks: readonly TaskState[] }
  | { readonly kind: 'failed'; readonly tasks: readonly TaskState[]; readonly failed: TaskState }
  /** ECS no longer knows tasks that it had started. */
  | { readonly kind: 'lost'; readonly tasks: readonly TaskState[]; readonly lost: readonly string[] }
  | { readonly kind: 'timed-out'; readonly tasks: readonly TaskState[] }
  | { readonly kind: 'interrupted'; readonly tasks: readonly TaskState[] };

/** Waits until every task is what it is waited for, or until one cannot become so. `timeout` is in milliseconds. */
export async function awaitVerdict(
  watching: Watching,
  known: readonly TaskState[],
  { waitFor, definition, timeout }: { waitFor: WaitFor; definition: TaskDefinition; timeout: number },
): Promise<Verdict> {
  const { clock } = watching;
  const start = clock.now();
  const runningSince = new Map<string, number>();
  let tasks = known;
  for await (tasks of watch(watching, known)) {
    const lost = known.filter(({ arn }) => !tasks.some((task) => task.arn === arn));
    if (lost.length > 0) return { kind: 'lost', tasks, lost: lost.map(({ arn }) => arn) };
    const judged = tasks.map((task) => {
      if (task.lastStatus === 'RUNNING' && !runningSince.has(task.arn)) {
        // Only a task that ran before the wait is taken at AWS's word: its clock may differ from this machine's.
        runningSince.set(task.arn, tasks === known ? (task.startedAt ?? clock.now()) : clock.now());
      }
      const runningFor = clock.now() - (runningSince.get(task.arn) ?? clock.now());
      return { task, judgement: judge(task, definition, waitFor, runningFor) };
    });
    const failed = judged.find(({ judgement }) => judgement === 'failed');
    if (failed !== undefined) return { kind: 'failed', tasks, failed: failed.task };
    if (judged.every(({ judgement }) => judgement === 'ready')) return { kind: 'ready', tasks };
    if (clock.now() - start >= timeout) return { kind: 'timed-out', tasks };
  }
  return { kind: 'interrupted', tasks };
}

/** Waits until tasks have stopped; one that ECS no longer knows has. `timeout` is in milliseconds. */
export async function awaitStopped(
  watching: Watching,
  known: readonly TaskState[],
  timeout: number,
): Promise<Exclude<Verdict, { kind: 'failed' | 'lost' }>> {
  const start = watching.clock.now();
  let tasks = known;
  for await (tasks of watch(watching, known)) {
    if (tasks.every((task) => hasEnded(task) && task.lastStatus !== 'DEPROVISIONING')) return { kind: 'ready', tasks };
    if (watching.clock.now() - start >= timeout) return { kind: 'timed-out', tasks };
  }
  return { kind: 'interrupted', tasks };
}
