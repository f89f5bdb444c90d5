import type { ContainerDefinition, TaskDefinition } from '../fargate/task-definition.ts';
import type { ContainerState, TaskState } from './account.ts';
import type { WaitFor } from './desired.ts';

/** What a wait has made of a task so far. */
export type Judgement = 'waiting' | 'ready' | 'failed';

/** A container without a health check must have run so long, in milliseconds, before it counts as running. */
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
 * Judges a task by what is waited for. A container that others wait for to be healthy, and that is not, is the end of
 * every wait: they never start.
 *
 * @param runningFor For how many milliseconds it has been seen running.
 */
export function judge(task: TaskState, definition: TaskDefinition, waitFor: WaitFor, runningFor: number): Judgement {
  if (waitFor === 'none') return 'ready';
  if (waitFor === 'completed' && hasEnded(task)) return endedWell(task, definition) ? 'ready' : 'failed';
  if (hasEnded(task)) return 'failed';
  if (task.desiredStatus === 'STOPPED') return 'waiting';
  if (waitsInVain(task, definition)) return 'failed';
  const runs = task.lastStatus === 'RUNNING';
  if (waitFor === 'completed') return 'waiting';
  const isSteady = runs && runningFor >= steadyAfter;
  if (waitFor === 'running') return isSteady ? 'ready' : 'waiting';
  const checked = task.containers.filter(({ name }) => definitionOf(definition, name)?.healthCheck !== undefined);
  if (checked.some(isUnhealthy)) return 'failed';
  if (!runs || !checked.every(({ healthStatus }) => healthStatus === 'HEALTHY')) return 'waiting';
  return isSteady || definition.containerDefinitions.every(isAccountedFor) ? 'ready' : 'waiting';
}

/** Whether it is known how a container is: by its health check, or since nothing depends on how it ends. */
function isAccountedFor({ healthCheck, essential }: ContainerDefinition): boolean {
  return healthCheck !== undefined || essential === false;
}

/** Whether a task will never run, since a container that others wait for to be healthy is not. */
export function waitsInVain(task: TaskState, definition: TaskDefinition): boolean {
  const isInTheWay = (container: ContainerState) => isUnhealthy(container) && isWaitedFor(container, definition);
  return task.lastStatus !== 'RUNNING' && task.containers.some(isInTheWay);
}

function isWaitedFor({ name }: ContainerState, { containerDefinitions }: TaskDefinition): boolean {
  return containerDefinitions.some(({ dependsOn = [] }) =>
    dependsOn.some(({ containerName, condition }) => containerName === name && condition === 'HEALTHY'),
  );
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

function definitionOf({ containerDefinitions }: TaskDefinition, container: string): ContainerDefinition | undefined {
  return containerDefinitions.find(({ name }) => name === container);
}
