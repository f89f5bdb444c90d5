import { type Revision, revisionName, type TaskState } from './account.ts';
import type { Desired } from './desired.ts';
import type { NetworkObservation } from './network/observe.ts';
import { planNetwork } from './network/plan.ts';
import type { Operation } from './operation.ts';
import type { Plan } from './plan.ts';

/**
 * The plan that brings the number of a project's tasks to `count`. It registers nothing: what is missing runs the
 * revision given, where `observed` says, and of what is too much, tasks of older revisions stop first, then those that started last.
 */
export function planScale(
  desired: Desired,
  revision: Revision,
  tasks: readonly TaskState[],
  observed?: NetworkObservation,
): Plan {
  const { task, count, waitFor } = desired;
  const { run, published } = task;
  const number = ({ revisionArn }: TaskState) => Number(revisionName(revisionArn).split(':')[1]);
  // The sort is stable: of one revision, the oldest task stays first.
  const ranked = tasks.toSorted((one, other) => number(other) - number(one));
  const kept = ranked.slice(0, count).map(({ arn }) => arn);
  const surplus = ranked.slice(count).map(({ arn }) => arn);
  const { definition } = revision;
  const operations: Operation[] = [];
  const isMore = count > tasks.length;
  const network = isMore ? planNetwork({ network: run.network, published }, observed, desired) : undefined;
  if (isMore) {
    operations.push(...(network?.operations ?? []), {
      kind: 'run-tasks',
      count: count - tasks.length,
      definition,
      network: run.network,
      launch: run.launch,
      mayHaveRun: true,
    });
  }
  if (count > 0) operations.push({ kind: 'wait', waitFor, definition, count });
  if (surplus.length > 0) {
    operations.push({ kind: 'stop-tasks', tasks: surplus, why: count === 0 ? 'down' : 'surplus', wait: count === 0 });
  }
  return { operations, kept, revision, ...(network === undefined ? {} : { network }) };
}
