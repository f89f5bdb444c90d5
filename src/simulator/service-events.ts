import { hexadecimal, nameIn } from './identifiers.ts';
import type { Deployment, ServiceRecord } from './records/services.ts';
import type { TaskRecord } from './records/tasks.ts';

/** How many events ECS shows of a service. */
const SHOWN_EVENTS = 100;

/** What ECS says of a service's life, in its own words; each follows `(service NAME) `. */
export const SERVICE_EVENTS = {
  started: (tasks: readonly TaskRecord[]): string => `has started ${tasks.length} tasks: ${named(tasks)}.`,
  stopped: (tasks: readonly TaskRecord[]): string => `has stopped ${tasks.length} running tasks: ${named(tasks)}.`,
  unhealthy: (task: TaskRecord): string => `${named([task])} failed container health checks.`,
  steady: (): string => 'has reached a steady state.',
  completed: ({ id }: Deployment): string => `(deployment ${id}) deployment completed.`,
  failed: ({ id }: Deployment): string => `(deployment ${id}) deployment failed: tasks failed to start.`,
  rollback: ({ id }: Deployment): string => `rolling back to deployment ${id}.`,
  inconsistent: (): string =>
    'is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of ' +
    'the Amazon ECS Developer Guide.',
} as const;

/** Why a deployment's rollout is in its state, in AWS's words. */
export const ROLLOUT_REASONS = {
  inProgress: (id: string): string => `ECS deployment ${id} in progress.`,
  completed: (id: string): string => `ECS deployment ${id} completed.`,
  failed: (): string => 'ECS deployment circuit breaker: tasks failed to start.',
  rollback: (id: string): string => `ECS deployment circuit breaker: rolling back to deploymentId ${id}.`,
} as const;

/** Why the scheduler stops a task, in AWS's words. */
export const SCHEDULER_REASONS = {
  scaling: ({ id }: Deployment): string => `Scaling activity initiated by (deployment ${id})`,
  unhealthy: 'Task failed container health checks',
} as const;

/** Adds an event to those of the service; ECS forgets the oldest. */
export function say(service: ServiceRecord, createdAt: number, what: string): void {
  const message = `(service ${service.serviceName}) ${what}`;
  const id = hexadecimal(32, `event:${service.serviceArn}:${createdAt}:${message}`);
  service.events = [{ id, createdAt, message }, ...service.events].slice(0, SHOWN_EVENTS);
}

function named(tasks: readonly TaskRecord[]): string {
  return tasks.map(({ taskArn }) => `(task ${nameIn(taskArn)})`).join(' ');
}
