import type { TaskDefinition } from '../fargate/task-definition.ts';
import type { ContainerState, TaskState } from './account.ts';
import type { WaitFor } from './desired.ts';

/** What a wait has made of a task so far. */
export type Judgement = 'waiting' | 'ready' | 'failed';

/** A task without a health check must have run so long, in milliseconds, before it counts as running. */
export const steadyAfter = 10_000;

/** The exit codes of a container that ECS stopped because another one ended: SIGKILL and SIGTERM. */
const stoppedByEcs: readonly number[] = [137, 143];

/** Statuses in which the containers have ended and their exit codes are known. */
const ended: readonly string[] = ['DEPROVISIONING', 'STOPPED', 'DELETED'];

/** Whether the containers of a task have ended. */
export function hasEnded(task: TaskState): boolean {
  return ended.includes(task.lastStatus);
}

/**
 * Judges a task by what is waited for.
 *
 * @param runningFor For how many milliseconds it has been seen running.
 */
export function judge(task: TaskState, definition: TaskDefinition, waitFor: WaitFor, runningFor: number): Judgement {
  if (waitFor === 'none') return 'ready';
  if (waitFor === 'completed') return hasEnded(task) ? (endedWell(task, definition) ? 'ready' : 'failed') : 'waiting';
  if (hasEnded(task)) return 'failed';
  if (task.desiredStatus === 'STOPPED') return 'waiting';
  const checked = task.containers.filter(({ name }) => hasHealthCheck(definition, name));
  if (waitFor === 'healthy' && checked.length > 0) {
    if (checked.some(isUnhealthy)) return 'failed';
    const healthy = checked.every(({ healthStatus }) => healthStatus === 'HEALTHY');
    return healthy && task.lastStatus === 'RUNNING' ? 'ready' : 'waiting';
  }
  return task.lastStatus === 'RUNNING' && runningFor >= steadyAfter ? 'ready' : 'waiting';
}

/** Whether a container's health check has failed as often as its retries say. */
export function isUnhealthy({ healthStatus }: ContainerState): boolean {
  return healthStatus === 'UNHEALTHY';
}

/** An essential container ended with 0, and no other one but with 0 or because ECS stopped it for that. */
function endedWell({ stopCode, containers }: TaskState, definition: TaskDefinition): boolean {
  const essential = (name: string) =>
    definition.containerDefinitions.some((one) => one.name === name && one.essential !== false);
  return (
    stopCode === 'EssentialContainerExited' &&
    containers.some(({ name, exitCode }) => exitCode === 0 && essential(name)) &&
    containers.every(({ exitCode }) => exitCode === 0 || (exitCode !== undefined && stoppedByEcs.includes(exitCode)))
  );
}

function hasHealthCheck(definition: TaskDefinition, container: string): boolean {
  return definition.containerDefinitions.some(
    ({ name, healthCheck }) => name === container && healthCheck !== undefined,
  );
}
