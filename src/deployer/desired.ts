import type { TaskDefinition } from '../fargate/task-definition.ts';
import type { Task } from '../transformer/task.ts';

/** What a wait is for: that tasks run, are healthy, have ended well; or there is no wait. */
export type WaitFor = 'running' | 'healthy' | 'completed' | 'none';

/** Whether a new task runs before the one that it replaces stops. */
export type ReplacementOrder = 'start-first' | 'stop-first';

/** What `up` is to bring about. */
export interface Desired {
  readonly project: string;
  /** Name or ARN. */
  readonly cluster: string;
  readonly task: Task;
  /** The volumes that the project names: what is in them is data. */
  readonly namedVolumes: readonly string[];
  /** How many tasks. */
  readonly count: number;
  readonly waitFor: WaitFor;
  /** Absent: the new task first, except where both would write to the same storage. */
  readonly order?: ReplacementOrder;
  /** Replace tasks although nothing has changed. */
  readonly force: boolean;
  /** Take over tasks of the family that somebody else has started. */
  readonly adopt: boolean;
  readonly createLogGroups: boolean;
  /** For how many days the log groups that are made keep what is in them; absent: for ever. */
  readonly logRetention?: number;
}

/** The cluster that AWS uses where none is named, and the only one that is made when it is missing. */
export const defaultCluster = 'default';

/** What `up` waits for unless it is told: health where a container has a health check, else that the task runs. */
export function usualWait(definition: TaskDefinition): WaitFor {
  return definition.containerDefinitions.some(({ healthCheck }) => healthCheck !== undefined) ? 'healthy' : 'running';
}
