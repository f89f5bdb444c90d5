import { defaultCluster, isOwn, observeTasks, type TaskState, taskId } from '../../deployer.ts';
import { Blocked, type Session } from './session.ts';

/** The project's tasks, the oldest first, those of `run` among them. Throws `Blocked` as `tasksOf` does. */
export async function ownTasks(session: Session, desired: 'RUNNING' | 'STOPPED'): Promise<readonly TaskState[]> {
  return (await tasksOf(session, desired)).filter((task) => isOwn(task, session.project));
}

/** The tasks of the family. Only `default` may be missing, since `up` makes it; throws `Blocked` for another cluster. */
async function tasksOf(session: Session, desired: 'RUNNING' | 'STOPPED'): Promise<readonly TaskState[]> {
  const { account, cluster } = session;
  const { clusterExists, tasks } = await observeTasks(account, session, desired);
  if (!clusterExists && cluster !== defaultCluster) throw new Blocked({ kind: 'missing-cluster', cluster });
  return tasks;
}

/** The tasks of the family whose ids begin so, running or stopped, whoever started them. */
export async function tasksWithId(session: Session, id: string): Promise<readonly TaskState[]> {
  const found = await Promise.all((['RUNNING', 'STOPPED'] as const).map((one) => tasksOf(session, one)));
  // A task may pass from one list to the other between the calls.
  const byArn = new Map(found.flat().map((task) => [task.arn, task]));
  return [...byArn.values()].filter(({ arn }) => taskId(arn).startsWith(id));
}

/** Says that an id means no task, or several. */
export function sayUnknown({ emit }: Session, id: string, tasks: readonly TaskState[]): void {
  emit({ code: 'task/unknown', level: 'error', data: { id, tasks: tasks.map(({ arn }) => taskId(arn)) } });
}
