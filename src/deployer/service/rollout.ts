import { type TaskState, taskId } from '../account.ts';
import { hasEnded, steadyAfter } from '../verdict.ts';
import { consistentAfter, emitProgress, poll, type Watching } from '../watch.ts';
import { hasFailed, judgeRollout } from './judge.ts';
import { type Deployment, primaryDeployment, type ServiceState } from './service-account.ts';

/** The service is as it was waited for. */
export type Steady = Seen & { readonly kind: 'steady' };

/** How a wait for a service ended that did not get there, and what there is now. */
export type RolloutVerdict =
  | (Seen & FailedRollout & { readonly kind: 'rollout-failed' })
  | (Seen & { readonly kind: 'rollout-timed-out' })
  | (Seen & { readonly kind: 'rollout-interrupted' });

interface Seen {
  /** The tasks of the service that run, as they were last seen. */
  readonly tasks: readonly TaskState[];
  /** Absent where it is gone. */
  readonly service: ServiceState | undefined;
}

export interface FailedRollout {
  /** The deployment that failed, as it was last seen. */
  readonly deployment: Deployment;
  /** One of its tasks that failed; absent where ECS shows none. */
  readonly failed?: TaskState;
  /** What the circuit breaker went back to; absent where ECS rolls nothing back. */
  readonly rollback?: { readonly revisionArn: string; readonly done: boolean };
  /** The revision of somebody else's rollout that has taken its place. */
  readonly replacedBy?: string;
}

/** How far a service has come. */
export interface RolloutProgress {
  readonly service: string;
  readonly status: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** The newest first. */
  readonly deployments: readonly Deployment[];
}

/** ECS starts the deployment that it rolls back to within so many milliseconds. */
const rollbackWithin = 60_000;

/**
 * Waits until a service is steady, or until its rollout has failed; then until ECS has rolled it back, where it does.
 * `started` is the answer to the call that began it. `timeout` is in milliseconds.
 */
export async function awaitRollout(
  watching: Watching,
  started: ServiceState,
  timeout: number,
): Promise<Steady | RolloutVerdict> {
  const { clock } = watching;
  const start = clock.now();
  const target = primaryDeployment(started);
  const startsTasks = target?.rolloutState === 'IN_PROGRESS' || started.runningCount < started.members.desiredCount;
  const tasks = new Map<string, TaskState>();
  const running = () => [...tasks.values()].filter(({ lastStatus }) => lastStatus === 'RUNNING');
  let service = started;
  let failure: (FailedRollout & { readonly at: number }) | undefined;
  let deployment = target;
  let isShown = false;
  let ranBefore: readonly string[] | undefined;
  let steady: { readonly since: number; readonly tasks: string } | undefined;
  for await (const answer of poll(watching, () => look(watching, service, tasks))) {
    service = answer ?? service;
    const seen = { service, tasks: running() };
    const now = service.deployments.find(({ id }) => id === target?.id);
    deployment = now ?? deployment;
    isShown ||= target === undefined || now !== undefined;
    const isStale = !isShown || service.members.desiredCount !== started.members.desiredCount;
    if (isStale && clock.now() - start < Math.min(consistentAfter, timeout)) continue;
    if (failure === undefined) {
      const judgement = judgeRollout(service, target?.id, [...tasks.values()]);
      const arns = seen.tasks.map(({ arn }) => arn);
      ranBefore ??= startsTasks ? [] : arns;
      if (judgement !== 'steady') steady = undefined;
      else if (steady?.tasks !== arns.join()) steady = { since: clock.now(), tasks: arns.join() };
      // The service may have been seen a moment before its task died.
      const isOld = arns.length === service.members.desiredCount && arns.every((arn) => ranBefore?.includes(arn));
      // A task that dies a moment after its start makes a service steady for that moment, and so does the next one.
      const isSteady = steady !== undefined && (isOld || clock.now() - steady.since >= steadyAfter);
      if (isSteady) return { kind: 'steady', ...seen };
      if (judgement === 'failed' && deployment !== undefined) {
        const failed = await findFailed(watching, service, deployment, tasks);
        failure = { deployment, at: clock.now(), ...(failed === undefined ? {} : { failed }) };
      }
    }
    if (failure !== undefined) {
      const { at, ...known } = failure;
      const next = primaryDeployment(service);
      const rollback = rollbackTo(service, known.deployment);
      const isOver =
        rollback?.done ||
        (rollback === undefined && (!rollsBack(known.deployment) || clock.now() - at >= rollbackWithin)) ||
        clock.now() - start >= timeout;
      const isReplaced = rollback === undefined && next !== undefined && next.id !== known.deployment.id;
      const more = { ...(rollback && { rollback }), ...(isReplaced ? { replacedBy: next.revisionArn } : {}) };
      if (isOver) return { kind: 'rollout-failed', ...seen, ...known, ...more };
    } else if (clock.now() - start >= timeout) {
      return { kind: 'rollout-timed-out', ...seen };
    }
  }
  return { kind: 'rollout-interrupted', service, tasks: running() };
}

/** Waits until a service that was deleted is gone. `timeout` is in milliseconds. */
export async function awaitDeleted(
  watching: Watching,
  name: string,
  timeout: number,
): Promise<Steady | RolloutVerdict> {
  const { account, cluster, clock } = watching;
  const start = clock.now();
  const seen = new Set<string>();
  let service: ServiceState | undefined;
  for await (const answer of poll(watching, async () => ({ service: await account.describeService(cluster, name) }))) {
    if (answer !== undefined) {
      service = answer.service;
      if (service === undefined || service.status === 'INACTIVE')
        return { kind: 'steady', tasks: [], service: undefined };
      if (seen.size === 0) for (const { id } of service.events) seen.add(id);
      emitNews(watching, seen, service);
    }
    if (clock.now() - start >= timeout) return { kind: 'rollout-timed-out', tasks: [], service };
  }
  return { kind: 'rollout-interrupted', tasks: [], service };
}

/** ECS says in the reason of a failed rollout whether there is a deployment to go back to. */
function rollsBack({ rolloutStateReason = '' }: Deployment): boolean {
  return /rolling back/i.test(rolloutStateReason);
}

/** What ECS went back to from a deployment; its events tell when the deployment itself has gone already. */
function rollbackTo(service: ServiceState, from: Deployment): FailedRollout['rollback'] {
  const next = primaryDeployment(service);
  if (next === undefined || next.id === from.id) return undefined;
  const isSaid =
    rollsBack(from) || service.events.some(({ message }) => message.includes(`rolling back to deployment ${next.id}`));
  if (!isSaid) return undefined;
  return { revisionArn: next.revisionArn, done: judgeRollout(service, next.id, []) === 'steady' };
}

/** Looks at a service and its tasks, and says what is new; undefined where ECS does not show the service. */
async function look(
  watching: Watching,
  before: ServiceState,
  tasks: Map<string, TaskState>,
): Promise<ServiceState | undefined> {
  const { account, cluster, emit } = watching;
  const service = await account.describeService(cluster, before.name);
  if (service === undefined) return undefined;
  emitNews(watching, new Set(before.events.map(({ id }) => id)), service);
  if (JSON.stringify(progressOfService(before)) !== JSON.stringify(progressOfService(service))) {
    emit({ code: 'rollout/changed', level: 'info', data: progressOfService(service) });
  }
  const listed = await account.listServiceTasks(cluster, service.name, 'RUNNING');
  const open = [...tasks.values()].filter((task) => !hasEnded(task)).map(({ arn }) => arn);
  for (const task of await account.describeTasks(cluster, [...new Set([...open, ...listed])])) {
    emitProgress(emit, tasks.get(task.arn), task);
    tasks.set(task.arn, task);
  }
  return service;
}

/** Says the events of a service that were not seen before, the oldest first. */
function emitNews({ emit }: Watching, seen: Set<string>, { name: service, events }: ServiceState): void {
  for (const { id, message } of events.toReversed()) {
    if (seen.has(id)) continue;
    seen.add(id);
    emit({ code: 'service/event', level: 'info', data: { service, message } });
  }
}

/** How far a service has come, as an event tells it. */
export function progressOfService(service: ServiceState): RolloutProgress {
  const { name, status, members, runningCount, pendingCount, deployments } = service;
  return {
    service: name,
    status,
    desired: members.desiredCount,
    running: runningCount,
    pending: pendingCount,
    deployments,
  };
}

/** A task of a deployment that failed, the last one; ECS is asked for those that came and went between two looks. */
async function findFailed(
  { account, cluster }: Watching,
  { name }: ServiceState,
  { id }: Deployment,
  known: ReadonlyMap<string, TaskState>,
): Promise<TaskState | undefined> {
  const last = (tasks: Iterable<TaskState>) =>
    [...tasks]
      .filter((task) => task.startedBy === id && hasFailed(task))
      .toSorted((a, b) => (a.stoppedAt ?? 0) - (b.stoppedAt ?? 0) || (taskId(a.arn) < taskId(b.arn) ? -1 : 1))
      .at(-1);
  const seen = last(known.values());
  if (seen !== undefined) return seen;
  const stopped = await account.listServiceTasks(cluster, name, 'STOPPED');
  return last(await account.describeTasks(cluster, stopped));
}
