import { isOwn, observeTasks, type TaskState, taskId } from '../../deployer.ts';
import type { Session } from './session.ts';

/** The project's tasks, the oldest first, those of `run` among them. */
export async function ownTasks(session: Session, desired: 'RUNNING' | 'STOPPED'): Promise<readonly TaskState[]> {
  const { account, project } = session;
  return (await observeTasks(account, session, desired)).tasks.filter((task) => isOwn(task, project));
}

/** The tasks of the family whose ids begin so, running or stopped, whoever started them. */
export async function tasksWithId(session: Session, id: string): Promise<readonly TaskState[]> {
  const { account } = session;
  const found = await Promise.all((['RUNNING', 'STOPPED'] as const).map((one) => observeTasks(account, session, one)));
  // A task may pass from one list to the other between the calls.
  const byArn = new Map(found.flatMap(({ tasks }) => tasks).map((task) => [task.arn, task]));
  return [...byArn.values()].filter(({ arn }) => taskId(arn).startsWith(id));
}

/** Says that an id means no task, or several. */
export function sayUnknown({ emit }: Session, id: string, tasks: readonly TaskState[]): void {
  emit({ code: 'task/unknown', level: 'error', data: { id, tasks: tasks.map(({ arn }) => taskId(arn)) } });
}
