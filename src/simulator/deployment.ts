import type { Call } from './account.ts';
import { courseOf } from './course.ts';
import { hexadecimal } from './identifiers.ts';
import type { Deployment, DeploymentConfiguration } from './records/services.ts';
import type { LaunchInput, RegisteredTaskDefinition } from './records/tasks.ts';
import { ROLLOUT_REASONS } from './service-events.ts';
import { desiredStatusAt, statusAt } from './task.ts';
import { epochSeconds } from './wire.ts';

/** How many tasks of a service may and must run while it changes. */
interface TaskLimits {
  readonly minimumHealthy: number;
  readonly maximum: number;
}

/** ECS's defaults for a REPLICA service, with all that DescribeServices shows of them. */
const DEFAULT_CONFIGURATION = {
  deploymentCircuitBreaker: { enable: false, rollback: false },
  maximumPercent: 200,
  minimumHealthyPercent: 100,
  strategy: 'ROLLING',
  bakeTimeInMinutes: 0,
} as const;

/** A configuration with ECS's defaults where it says nothing. */
export function completeConfiguration(given: DeploymentConfiguration = {}): Required<DeploymentConfiguration> {
  return { ...DEFAULT_CONFIGURATION, ...given };
}

/** The limits in tasks: the minimum is rounded up, the maximum down (DeploymentConfiguration in the API reference). */
export function taskLimits(configuration: DeploymentConfiguration | undefined, desiredCount: number): TaskLimits {
  const { minimumHealthyPercent, maximumPercent } = completeConfiguration(configuration);
  return {
    minimumHealthy: Math.ceil((desiredCount * minimumHealthyPercent) / 100),
    maximum: Math.floor((desiredCount * maximumPercent) / 100),
  };
}

/** How many tasks in a row have to fail to break the circuit: half of those wanted, from 3 to 200. */
export function failureThreshold(desiredCount: number): number {
  return Math.min(200, Math.max(3, Math.ceil(desiredCount / 2)));
}

/** A deployment that begins with a call; its id, 19 digits, follows from `seed`. */
export function newDeployment(
  { at, speed, behaviours }: Call,
  definition: RegisteredTaskDefinition,
  launch: LaunchInput,
  seed: string,
): Deployment {
  const digits = (BigInt(`0x${hexadecimal(15, `deployment:${seed}`)}`) + 10n ** 18n).toString();
  const id = `ecs-svc/${digits}`;
  return {
    id,
    definition,
    launch,
    behaviours,
    speed,
    createdAt: at,
    updatedAt: at,
    status: 'PRIMARY',
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: ROLLOUT_REASONS.inProgress(id),
    tasks: [],
    started: 0,
    failedTasks: 0,
    restarts: 0,
    retryAt: at,
  };
}

/** How many of its tasks are RUNNING, and how many are on the way there. */
export function countsAt(
  { tasks }: Deployment,
  now: number,
): { readonly runningCount: number; readonly pendingCount: number } {
  const statuses = tasks.map((task) => statusAt(courseOf(task), now));
  return {
    runningCount: statuses.filter((status) => status === 'RUNNING').length,
    pendingCount: statuses.filter((status) => status === 'PROVISIONING' || status === 'PENDING').length,
  };
}

/** The tasks that are not on their way to an end. */
export function livingAt({ tasks }: Deployment, now: number): Deployment['tasks'] {
  return tasks.filter((task) => desiredStatusAt(task, now) === 'RUNNING');
}

/** Of the living tasks those that count as healthy. */
export function healthyAt(deployment: Deployment, now: number): Deployment['tasks'] {
  return livingAt(deployment, now).filter((task) => courseOf(task).settledAt <= now);
}

/** The deployment as DescribeServices shows it at a moment; `desiredCount` is the service's. */
export function deploymentAt(deployment: Deployment, desiredCount: number, now: number): object {
  const { id, definition, launch, createdAt, updatedAt, status } = deployment;
  const { launchType, capacityProviderStrategy, platformVersion = 'LATEST' } = launch;
  const { networkConfiguration, serviceConnectConfiguration } = launch;
  return {
    id,
    status,
    taskDefinition: definition.taskDefinitionArn,
    desiredCount: status === 'PRIMARY' ? desiredCount : livingAt(deployment, now).length,
    ...countsAt(deployment, now),
    failedTasks: deployment.failedTasks,
    createdAt: epochSeconds(createdAt),
    updatedAt: epochSeconds(updatedAt),
    ...(launchType === undefined ? { capacityProviderStrategy } : { launchType }),
    platformVersion: platformVersion === 'LATEST' ? '1.4.0' : platformVersion,
    platformFamily: definition.runtimePlatform?.operatingSystemFamily ?? 'Linux',
    networkConfiguration,
    ...(serviceConnectConfiguration === undefined ? {} : { serviceConnectConfiguration }),
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
  };
}
