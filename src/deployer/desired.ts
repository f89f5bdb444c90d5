import type { TaskDefinition } from '../fargate/task-definition.ts';
import type { Task } from '../transformer/task.ts';

/** What a wait is for: that tasks run, are healthy, have ended well; or there is no wait. */
export type WaitFor = 'running' | 'healthy' | 'completed' | 'none';

/** What `up` is to bring about. */
export interface Desired {
  readonly project: string;
  /** Name or ARN. */
  readonly cluster: string;
  readonly task: Task;
  /** How many tasks. */
  readonly count: number;
  readonly waitFor: WaitFor;
  /** Replace tasks although nothing has changed. */
  readonly force: boolean;
  readonly createLogGroups: boolean;
}

/** The cluster that AWS uses where none is named, and the only one that is made when it is missing. */
export const defaultCluster = 'default';

/** What `up` waits for unless it is told: health where a container has a health check, else that the task runs. */
export function usualWait(definition: TaskDefinition): WaitFor {
  return definition.containerDefinitions.some(({ healthCheck }) => healthCheck !== undefined) ? 'healthy' : 'running';
}
