import { type Account, type Revision, serviceOf, type TaskState } from '../account.ts';
import { isAwsError } from '../aws/aws-error.ts';
import { type NetworkObservation, observeNetwork, observeOwnGroup } from '../network/observe.ts';
import { observeTasks } from '../observe.ts';
import { hasProjectTag, isOwn } from '../ownership.ts';
import { type DesiredService, isMoved } from './desired.ts';
import type { ServiceState } from './service-account.ts';

/** What AWS says of a project's service: the only state there is. */
export interface ServiceObservation {
  readonly clusterExists: boolean;
  /** One that is INACTIVE is as good as absent. */
  readonly service?: ServiceState;
  /** The newest active revision of the family, and the one of the service. */
  readonly revisions: readonly Revision[];
  /** The tasks that ECS wants running of a service that is not the project's. */
  readonly tasks: readonly TaskState[];
  /** The project's tasks that no service keeps; none are looked for where the project has a service. */
  readonly bare: readonly TaskState[];
  /** Where a service would be put, else the project's own group alone; absent where nobody said what is wanted. */
  readonly network?: NetworkObservation;
}

/** Reads the state of a project's service in AWS; changes nothing. */
export async function observeService(
  account: Account,
  where: { readonly cluster: string; readonly family: string; readonly project: string },
  wanted?: Pick<DesiredService, 'task'>,
): Promise<ServiceObservation> {
  const { cluster, family, project } = where;
  const [found, latest] = await Promise.all([findService(account, where), account.latestRevision(family)]);
  const { service } = found;
  const isSettled = service !== undefined && hasProjectTag(service.tags, project);
  // A family without a revision has no tasks.
  const { tasks } =
    isSettled || latest === undefined ? { tasks: [] } : await observeTasks(account, { cluster, family }, 'RUNNING');
  const current =
    service === undefined || service.revisionArn === latest?.arn
      ? undefined
      : await account.revision(service.revisionArn);
  const network = wanted && (await observeNetworkOf(account, wanted, project, service));
  return {
    ...found,
    ...(network === undefined ? {} : { network }),
    revisions: [latest, current].filter((one) => one !== undefined),
    tasks: tasks.filter((task) => serviceOf(task) === family),
    bare: tasks.filter((task) => serviceOf(task) === undefined && isOwn(task, project)),
  };
}

function observeNetworkOf(
  account: Account,
  { task }: Pick<DesiredService, 'task'>,
  project: string,
  service: ServiceState | undefined,
): Promise<NetworkObservation | undefined> {
  const exposure = { network: task.run.network, published: task.published };
  const isPlaced = service?.status === 'ACTIVE' && !isMoved(exposure.network, service);
  return isPlaced ? observeOwnGroup(account, exposure, project) : observeNetwork(account, exposure, project);
}

/** The service of a family; none where the cluster does not exist, and where it was deleted. */
export async function findService(
  account: Account,
  { cluster, family }: { readonly cluster: string; readonly family: string },
): Promise<Pick<ServiceObservation, 'clusterExists' | 'service'>> {
  try {
    const service = await account.describeService(cluster, family);
    return { clusterExists: true, ...(service === undefined || service.status === 'INACTIVE' ? {} : { service }) };
  } catch (error) {
    if (isAwsError(error, 'ClusterNotFoundException')) return { clusterExists: false };
    throw error;
  }
}
