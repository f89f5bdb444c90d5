import { type Account, type Revision, serviceOf, type TaskState } from './account.ts';
import { isAwsError } from './aws/aws-error.ts';
import { isOwn } from './ownership.ts';

/** What AWS says of a project: the only state there is. */
export interface Observation {
  readonly clusterExists: boolean;
  /** The newest active revision of the family, and those that the project's tasks run. */
  readonly revisions: readonly Revision[];
  /** The project's tasks that ECS wants running, the oldest first. */
  readonly tasks: readonly TaskState[];
  /** Tasks of the same family that somebody else started, or that a service keeps. */
  readonly foreign: readonly TaskState[];
}

/** Reads the state of a project in AWS; changes nothing. */
export async function observe(
  account: Account,
  where: { readonly cluster: string; readonly family: string; readonly project: string },
): Promise<Observation> {
  const [latest, listed] = await Promise.all([
    account.latestRevision(where.family),
    observeTasks(account, where, 'RUNNING'),
  ]);
  const isBare = (task: TaskState) => isOwn(task, where.project) && serviceOf(task) === undefined;
  const tasks = listed.tasks.filter(isBare);
  const known = latest === undefined ? [] : [latest];
  const missing = new Set(tasks.map(({ revisionArn }) => revisionArn));
  if (latest !== undefined) missing.delete(latest.arn);
  const others = await Promise.all([...missing].map((arn) => account.revision(arn)));
  return {
    clusterExists: listed.clusterExists,
    revisions: [...known, ...others.toSorted((a, b) => b.number - a.number)],
    tasks,
    foreign: listed.tasks.filter((task) => !isBare(task)),
  };
}

/** The tasks of a family, or of a service alone, the oldest first; none where the cluster does not exist. */
export async function observeTasks(
  account: Account,
  { cluster, family, service }: { readonly cluster: string; readonly family: string; readonly service?: string },
  desired: 'RUNNING' | 'STOPPED',
): Promise<{ readonly clusterExists: boolean; readonly tasks: readonly TaskState[] }> {
  try {
    const arns =
      service === undefined
        ? await account.listTasks(cluster, family, desired)
        : await account.listServiceTasks(cluster, service, desired);
    const tasks = await account.describeTasks(cluster, arns);
    return { clusterExists: true, tasks: tasks.toSorted(byAge) };
  } catch (error) {
    if (isAwsError(error, 'ClusterNotFoundException')) return { clusterExists: false, tasks: [] };
    throw error;
  }
}

function byAge(a: TaskState, b: TaskState): number {
  return (a.createdAt ?? 0) - (b.createdAt ?? 0) || (a.arn < b.arn ? -1 : 1);
}
