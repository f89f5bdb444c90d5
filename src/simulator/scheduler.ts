import type { Account } from './account.ts';
import { courseOf } from './course.ts';
import { completeConfiguration, failureThreshold, healthyAt, livingAt, taskLimits } from './deployment.ts';
import type { Deployment, ServiceRecord } from './records/services.ts';
import type { TaskRecord } from './records/tasks.ts';
import { ROLLOUT_REASONS, SCHEDULER_REASONS, SERVICE_EVENTS, say } from './service-events.ts';
import { settleStacks } from './stack-effects.ts';
import { managedTags, startTask } from './start-task.ts';

/** How long the scheduler takes to turn to a service that a call has changed, in milliseconds at speed 1. */
const REACTION = 500;

/**
 * How long it waits to replace tasks that ended by themselves, in milliseconds at speed 1: twice as long each time, up
 * to 15 minutes whatever the speed (ECS's service throttle logic). ECS spaces only tasks that never ran; here all are,
 * so that the life of a service that nobody looked after for a week can be told at once.
 */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 15 * 60 * 1000;

/** After how many failures in a row ECS says that tasks do not start. */
const INCONSISTENT = 3;

const NEVER: number = Number.POSITIVE_INFINITY;

/**
 * Lets the service scheduler, and CloudFormation, do all that they have to do by a moment. What they do follows from the calls and from the
 * times at which tasks start, become healthy and end, never from when somebody looks.
 */
export function advance(account: Account, now: number): void {
  settleStacks(account, now);
  for (let service = nextDue(account, now); service !== undefined; service = nextDue(account, now)) {
    attend(account, service, service.wakeAt);
  }
}

/** Has the scheduler look at a service soon after a call. */
export function wake(service: ServiceRecord, at: number, speed: number): void {
  service.wakeAt = Math.min(service.wakeAt, at + REACTION / speed);
}

function nextDue(account: Account, now: number): ServiceRecord | undefined {
  const due = [...account.services.values()].filter(({ wakeAt }) => wakeAt <= now);
  return due.toSorted((a, b) => a.wakeAt - b.wakeAt)[0];
}

function attend(account: Account, service: ServiceRecord, at: number): void {
  for (const deployment of service.deployments) lookAfter(service, deployment, at);
  const [primary, ...older] = service.deployments;
  if (primary !== undefined && isBroken(primary, service)) fail(service, primary, older, at);
  stopTasks(service, at);
  startTasks(account, service, at);
  conclude(service, at);
  service.lookedAt = at;
  service.wakeAt = nextMoment(service, at);
}

/** Stops the tasks that are unhealthy, and takes note of those that ended by themselves. */
function lookAfter(service: ServiceRecord, deployment: Deployment, at: number): void {
  const unhealthy = livingAt(deployment, at).filter((task) => condemnedAt(task, service) <= at);
  const ended = deployment.tasks.filter((task) => {
    const { stoppingAt } = courseOf(task).end;
    return task.stop?.at !== stoppingAt && service.lookedAt < stoppingAt && stoppingAt <= at;
  });
  for (const task of unhealthy) {
    stop(task, SCHEDULER_REASONS.unhealthy, deployment, at);
    say(service, at, SERVICE_EVENTS.unhealthy(task));
  }
  const failed = [...unhealthy, ...ended.filter((task) => courseOf(task).settledAt === NEVER)];
  if (healthyAt(deployment, at).length > 0) deployment.failedTasks = 0;
  else deployment.failedTasks += failed.length;
  if (unhealthy.length + ended.length > 0) pause(service, deployment, [...unhealthy, ...ended], at);
  deployment.tasks = deployment.tasks.filter((task) => courseOf(task).end.stoppedAt > at);
}

/** When the scheduler stops a task for its health: not before the grace period is over. */
function condemnedAt(task: TaskRecord, { settings }: ServiceRecord): number {
  const grace = ((settings.healthCheckGracePeriodSeconds ?? 0) * 1000) / task.speed;
  return Math.max(courseOf(task).unhealthyAt, task.createdAt + grace);
}

/** Waits before it starts tasks in place of the lost ones; one that held out for long makes it begin anew. */
function pause(service: ServiceRecord, deployment: Deployment, lost: readonly TaskRecord[], at: number): void {
  const heldOut = lost.every(({ createdAt }) => at - createdAt > LONGEST_PAUSE);
  deployment.restarts = heldOut ? 1 : deployment.restarts + 1;
  const wait = (FIRST_PAUSE * 2 ** (deployment.restarts - 1)) / deployment.speed;
  deployment.retryAt = at + Math.min(wait, LONGEST_PAUSE);
  if (deployment.restarts === INCONSISTENT) say(service, at, SERVICE_EVENTS.inconsistent());
}

/** Whether the circuit breaker ends the deployment. */
function isBroken({ rolloutState, failedTasks }: Deployment, { settings }: ServiceRecord): boolean {
  const { enable } = completeConfiguration(settings.deploymentConfiguration).deploymentCircuitBreaker;
  return enable && rolloutState === 'IN_PROGRESS' && failedTasks >= failureThreshold(settings.desiredCount);
}

/** Gives the deployment up and, if that is wanted, goes back to the last one that completed. */
function fail(service: ServiceRecord, broken: Deployment, older: readonly Deployment[], at: number): void {
  const { rollback } = completeConfiguration(service.settings.deploymentConfiguration).deploymentCircuitBreaker;
  const target = service.lastCompleted;
  broken.rolloutState = 'FAILED';
  broken.rolloutStateReason = ROLLOUT_REASONS.failed();
  broken.updatedAt = at;
  say(service, at, SERVICE_EVENTS.failed(broken));
  if (!rollback || target === undefined || target === broken) return;
  broken.status = 'ACTIVE';
  Object.assign(target, {
    status: 'PRIMARY',
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: ROLLOUT_REASONS.rollback(target.id),
    updatedAt: at,
    failedTasks: 0,
    restarts: 0,
    retryAt: at,
  } satisfies Partial<Deployment>);
  service.deployments = [target, broken, ...older.filter((deployment) => deployment !== target)];
  service.definition = target.definition;
  const { launchType, capacityProviderStrategy, platformVersion, networkConfiguration, ...kept } = service.settings;
  service.settings = { ...kept, ...target.launch };
  say(service, at, SERVICE_EVENTS.rollback(target));
}

/** Stops what is too much, and what newer tasks replace as far as enough healthy ones are left. */
function stopTasks(service: ServiceRecord, at: number): void {
  const [primary, ...older] = service.deployments;
  if (primary === undefined) return;
  const { desiredCount, deploymentConfiguration } = service.settings;
  const { minimumHealthy } = taskLimits(deploymentConfiguration, desiredCount);
  const soonestFirst = livingAt(primary, at).toSorted((a, b) => courseOf(a).settledAt - courseOf(b).settledAt);
  const surplus = soonestFirst.slice(desiredCount);
  for (const task of surplus) stop(task, SCHEDULER_REASONS.scaling(primary), primary, at);
  const healthyOld = older.flatMap((deployment) => healthyAt(deployment, at));
  const spare = Math.max(0, healthyOld.length + healthyAt(primary, at).length - minimumHealthy);
  const idleOld = older.flatMap((deployment) => livingAt(deployment, at)).filter((task) => !healthyOld.includes(task));
  const replaced = [...idleOld, ...healthyOld.slice(0, spare)];
  for (const task of replaced) stop(task, SCHEDULER_REASONS.scaling(primary), primary, at);
  const stopped = [...surplus, ...replaced];
  if (stopped.length > 0) say(service, at, SERVICE_EVENTS.stopped(stopped));
}

/** Starts what the newest deployment lacks, as far as the maximum allows; tasks that are stopping count there. */
function startTasks(account: Account, service: ServiceRecord, at: number): void {
  const [primary] = service.deployments;
  if (primary === undefined || primary.rolloutState === 'FAILED' || at < primary.retryAt) return;
  const { desiredCount, deploymentConfiguration } = service.settings;
  const { maximum } = taskLimits(deploymentConfiguration, desiredCount);
  const present = service.deployments.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const lacking = Math.min(desiredCount - livingAt(primary, at).length, maximum - present);
  if (lacking <= 0) return;
  const started = Array.from({ length: lacking }, () => startOne(account, service, primary, at));
  primary.tasks = [...primary.tasks, ...started];
  say(service, at, SERVICE_EVENTS.started(started));
}

function startOne(account: Account, service: ServiceRecord, deployment: Deployment, createdAt: number): TaskRecord {
  const { serviceArn, serviceName, clusterArn, region, settings } = service;
  const { id, definition, launch, speed, behaviours } = deployment;
  const propagated: Readonly<Record<string, TaskRecord['tags']>> = {
    TASK_DEFINITION: definition.tags,
    SERVICE: service.tags,
  };
  const request = {
    ...launch,
    taskDefinition: definition.taskDefinitionArn,
    startedBy: id,
    group: `service:${serviceName}`,
    ...(settings.enableExecuteCommand === undefined ? {} : { enableExecuteCommand: settings.enableExecuteCommand }),
  };
  const tags = [
    ...(propagated[settings.propagateTags ?? ''] ?? []),
    ...(settings.enableECSManagedTags ? managedTags(clusterArn, serviceName) : []),
  ];
  deployment.started += 1;
  const start = { serviceArn, clusterArn, region, definition, request, createdAt, speed, behaviours, tags };
  return startTask(account, start, `${id}:${deployment.started}`);
}

function stop(task: TaskRecord, reason: string, { speed }: Deployment, at: number): void {
  task.stop = { at, speed, reason, stopCode: 'ServiceSchedulerInitiated' };
}

/** Forgets the deployments that are over, and says when the service is as it is wanted, or gone. */
function conclude(service: ServiceRecord, at: number): void {
  const [primary, ...older] = service.deployments;
  if (primary === undefined) return;
  const { desiredCount } = service.settings;
  const asWanted =
    older.every(({ tasks }) => tasks.length === 0) &&
    primary.tasks.length === desiredCount &&
    healthyAt(primary, at).length === desiredCount;
  if (service.status === 'DRAINING') {
    if (asWanted) Object.assign(service, { status: 'INACTIVE', deployments: [] } satisfies Partial<ServiceRecord>);
    return;
  }
  if (asWanted && primary.rolloutState === 'IN_PROGRESS') {
    primary.rolloutState = 'COMPLETED';
    primary.rolloutStateReason = ROLLOUT_REASONS.completed(primary.id);
    primary.updatedAt = at;
    service.lastCompleted = primary;
    say(service, at, SERVICE_EVENTS.completed(primary));
  }
  if (asWanted && !service.steady) say(service, at, SERVICE_EVENTS.steady());
  service.steady = asWanted;
  // A failed deployment stays to be seen until the one in its place is through.
  const rollingBack = (deployment: Deployment): boolean =>
    deployment.rolloutState === 'FAILED' && primary.rolloutState !== 'COMPLETED';
  service.deployments = service.deployments.filter(
    (deployment) => deployment === primary || deployment.tasks.length > 0 || rollingBack(deployment),
  );
}

/** When something next happens to the service by itself. */
function nextMoment(service: ServiceRecord, at: number): number {
  const moments = service.deployments.flatMap(({ tasks, retryAt }) => [
    retryAt,
    ...tasks.flatMap((task) => {
      const { settledAt, end } = courseOf(task);
      return [settledAt, condemnedAt(task, service), end.stoppingAt, end.stoppedAt];
    }),
  ]);
  return Math.min(NEVER, ...moments.filter((moment) => moment > at));
}
