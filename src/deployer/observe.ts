import { type Account, type Revision, serviceOf, type TaskState } from './account.ts';
import { isAwsError } from './aws/aws-error.ts';
import type { Desired } from './desired.ts';
import { type NetworkObservation, observeNetwork, observeOwnGroup } from './network/observe.ts';
import { type GroupOwner, hasDefinition, hasSettings, isOwn, oneOffService } from './ownership.ts';

/** What AWS says of a project: the only state there is. */
export interface Observation {
  /** When it was looked at, in milliseconds since 1970. */
  readonly at: number;
  readonly clusterExists: boolean;
  /** The newest active revision of the family, and those that its tasks run. */
  readonly revisions: readonly Revision[];
  /** The project's tasks that ECS wants running, the oldest first; without those that `run` started. */
  readonly tasks: readonly TaskState[];
  /** Tasks of the same family that somebody else started, or that a service keeps. */
  readonly foreign: readonly TaskState[];
  /** Looked at where it is known what is wanted: where tasks would be put, else the project's own group alone. */
  readonly network?: NetworkObservation;
}

/** What a project is to be, as far as it tells whether there is anything to do. */
export type Wanted = Pick<Desired, 'task' | 'count' | 'force'>;

/**
 * Reads the state of a project in AWS; changes nothing. Where the tags of the tasks say that all is as it is wanted,
 * the revisions are not asked for.
 */
export async function observe(
  account: Account,
  where: { readonly cluster: string; readonly family: string; readonly project: string },
  wanted?: Wanted,
): Promise<Observation> {
  const at = Date.now();
  const { clusterExists, tasks: listed } = await observeTasks(account, where, 'RUNNING');
  const isBare = (task: TaskState) => isOwn(task, where.project) && serviceOf(task) === undefined;
  const tasks = listed.filter((task) => isBare(task) && oneOffService(task) === undefined);
  const foreign = listed.filter((task) => !isBare(task));
  const settled = wanted !== undefined && foreign.length === 0 && isSettled(tasks, wanted);
  const revisions = settled
    ? knownRevisions(tasks, wanted.task.definition)
    : await observeRevisions(account, where.family, [...tasks, ...foreign]);
  const network = wanted && (await observeNetworkOf(account, wanted, where, settled));
  return { at, clusterExists, revisions, tasks, foreign, ...(network === undefined ? {} : { network }) };
}

function observeNetworkOf(
  account: Account,
  { task }: Wanted,
  owner: GroupOwner,
  settled: boolean,
): Promise<NetworkObservation | undefined> {
  const exposure = { network: task.run.network, published: task.published };
  return settled ? observeOwnGroup(account, exposure, owner) : observeNetwork(account, exposure, owner);
}

/** Whether no task is missing and each runs what it should. */
function isSettled(tasks: readonly TaskState[], { task, count, force }: Wanted): boolean {
  if (force || tasks.length === 0 || tasks.length < count) return false;
  return tasks.every((one) => hasDefinition(one, task.definition) && hasSettings(one, task.run));
}

/** The revisions of tasks whose tags say what they hold. */
function knownRevisions(tasks: readonly TaskState[], definition: Revision['definition']): readonly Revision[] {
  const arns = new Set(tasks.map(({ revisionArn }) => revisionArn));
  return [...arns].map((arn) => ({
    arn,
    family: definition.family,
    number: Number(arn.slice(arn.lastIndexOf(':') + 1)),
    definition,
  }));
}

async function observeRevisions(
  account: Account,
  family: string,
  tasks: readonly TaskState[],
): Promise<readonly Revision[]> {
  const latest = await account.latestRevision(family);
  const others = new Set(tasks.map(({ revisionArn }) => revisionArn));
  if (latest !== undefined) others.delete(latest.arn);
  const running = await Promise.all([...others].map((arn) => account.revision(arn)));
  return [...(latest === undefined ? [] : [latest]), ...running.toSorted((a, b) => b.number - a.number)];
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

/** The older task first. */
export function byAge(a: TaskState, b: TaskState): number {
  return (a.createdAt ?? 0) - (b.createdAt ?? 0) || (a.arn < b.arn ? -1 : 1);
}
