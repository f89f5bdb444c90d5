import type { ServiceSettings } from '../../transformer/service-settings.ts';
import { type Account, type Revision, serviceOf, type TaskState } from '../account.ts';
import { isAwsError } from '../aws/aws-error.ts';
import { type BalancerObservation, type BalancerPlace, observeBalancer, placeBalancer } from '../balancer/observe.ts';
import type { Discovery, OwnRegistration, Registration, ServiceDiscovery } from '../discovery/discovery.ts';
import { type DiscoveryState, entryName, leavesVpcOpen, namespaceKey } from '../discovery/plan.ts';
import { type NetworkObservation, observeGroupIn, observeNetwork, observeOwnGroup, vpcOf } from '../network/observe.ts';
import { observeTasks } from '../observe.ts';
import { type GroupOwner, hasMark, hasProjectTag, isOwn, serviceMarks } from '../ownership.ts';
import { type ScalingState, unscaled } from '../scaling/scaling.ts';
import { type DesiredService, isMoved, lacksOwnGroup } from './desired.ts';
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
  /** What stands around the service. */
  readonly around: Surroundings;
}

/** What stands around a service, as far as it is the project's or the files ask for it. */
export interface Surroundings {
  readonly scaling: ScalingState;
  readonly discovery: DiscoveryState;
  /** What there is of its load balancer; absent where it neither is to have one nor has one. */
  readonly balancer?: BalancerObservation;
  /** Where its load balancer is to be; absent where it is to have none. */
  readonly balancerPlace?: BalancerPlace;
}

/** Which service is meant: that of a project, which has the name of the family. */
interface ServicePlace {
  readonly project: string;
  readonly family: string;
  /** Name or ARN. */
  readonly cluster: string;
}

/** Reads the state of a project's service in AWS; changes nothing. */
export async function observeService(
  account: Account,
  where: ServicePlace,
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
  const network = wanted && (await observeNetworkOf(account, wanted, where, service));
  const vpc = await vpcOfName(account, network, service, wanted);
  const around = await observeAround(account, where, service, wanted?.task.run.service ?? {}, vpc);
  return {
    ...found,
    ...(network === undefined ? {} : { network }),
    revisions: [latest, current].filter((one) => one !== undefined),
    tasks: tasks.filter((task) => serviceOf(task) === family),
    bare: tasks.filter((task) => serviceOf(task) === undefined && isOwn(task, project)),
    around: { ...around, ...(await observeBalancing(account, where, service, network, wanted)) },
  };
}

function observeNetworkOf(
  account: Account,
  { task }: Pick<DesiredService, 'task'>,
  owner: GroupOwner,
  service: ServiceState | undefined,
): Promise<NetworkObservation | undefined> {
  const exposure = { network: task.run.network, published: task.published };
  if (service?.status !== 'ACTIVE' || isMoved(exposure.network, service)) {
    return observeNetwork(account, exposure, owner);
  }
  const { subnets = [] } = service.members.networkConfiguration?.awsvpcConfiguration ?? {};
  return lacksOwnGroup(exposure, service)
    ? observeGroupIn(account, exposure, owner, subnets)
    : observeOwnGroup(account, exposure, owner);
}

/** The VPC of the tasks, for the private namespace of their name; undefined where nobody needs to know it. */
async function vpcOfName(
  account: Account,
  network: NetworkObservation | undefined,
  service: ServiceState | undefined,
  wanted: Pick<DesiredService, 'task'> | undefined,
): Promise<string | undefined> {
  const { serviceDiscovery } = wanted?.task.run.service ?? {};
  if (serviceDiscovery === undefined || !leavesVpcOpen(serviceDiscovery)) return undefined;
  const before = service?.members.networkConfiguration?.awsvpcConfiguration.subnets;
  return network?.vpc ?? vpcOf(account, wanted?.task.run.network.subnets ?? before);
}

/** The load balancer of a service, where it is to have one, or its tags say that it has. */
async function observeBalancing(
  account: Account,
  where: ServicePlace,
  service: ServiceState | undefined,
  network: NetworkObservation | undefined,
  wanted: Pick<DesiredService, 'task'> | undefined,
): Promise<Pick<Surroundings, 'balancer' | 'balancerPlace'>> {
  const settings = wanted?.task.run.service?.applicationLoadBalancer;
  const balancer = await observeOwnBalancer(account, where, service, settings !== undefined);
  if (balancer === undefined || settings === undefined) return balancer === undefined ? {} : { balancer };
  const ofTasks = network?.subnets ?? service?.members.networkConfiguration?.awsvpcConfiguration.subnets ?? [];
  if (settings.subnets === undefined && ofTasks.length === 0) return { balancer };
  const isMade = balancer.loadBalancer !== undefined;
  return { balancer, balancerPlace: await placeBalancer(account, settings, ofTasks, isMade) };
}

/** The load balancer of a service that may have one: it is wanted, or the tags of the service tell of it. */
export async function observeOwnBalancer(
  account: Account,
  where: ServicePlace,
  service: ServiceState | undefined,
  isWanted: boolean,
): Promise<BalancerObservation | undefined> {
  const isMarked = service !== undefined && hasMark(service.tags, serviceMarks.balancer);
  return isWanted || isMarked ? observeBalancer(account, where) : undefined;
}

/** What stands around a service; asks only for what the files want, or the service says it has. */
async function observeAround(
  account: Account,
  { cluster, family, project }: ServicePlace,
  service: ServiceState | undefined,
  { autoScaling, serviceDiscovery }: ServiceSettings,
  vpc: string | undefined,
): Promise<Surroundings> {
  const mayScale = service !== undefined && (autoScaling !== undefined || isScaled(service));
  const scaling = mayScale ? await observeScaling(account, cluster, service) : unscaled;
  const [registry] = service?.members.serviceRegistries ?? [];
  if (serviceDiscovery === undefined && registry === undefined) return { scaling, discovery: {} };
  const discovery = await account.discovery();
  const wanted = serviceDiscovery === undefined ? undefined : await findName(discovery, serviceDiscovery, family, vpc);
  const former =
    registry === undefined || registry.registryArn === wanted?.entry?.arn
      ? undefined
      : await ownFormer(discovery, await discovery.registrationOf(registry.registryArn), project);
  return { scaling, discovery: { ...(wanted && { wanted }), ...(vpc && { vpc }), ...(former && { former }) } };
}

/** How a service is scaled that has the mark of it; unscaled for any other. */
export async function observeOwnScaling(
  account: Account,
  cluster: string,
  service: ServiceState,
): Promise<ScalingState> {
  return isScaled(service) ? observeScaling(account, cluster, service) : unscaled;
}

async function observeScaling(account: Account, cluster: string, { name }: ServiceState): Promise<ScalingState> {
  return (await account.scaling()).describe({ cluster, service: name });
}

function isScaled({ tags }: ServiceState): boolean {
  return hasMark(tags, serviceMarks.scaling);
}

/**
 * Where the name of a service is that is to be removed: as the service says, or as the files say where it is gone
 * already, since a removal may have been interrupted.
 */
export async function observeName(
  account: Account,
  { family, project }: Pick<ServicePlace, 'family' | 'project'>,
  service: ServiceState | undefined,
  { serviceDiscovery }: ServiceSettings,
): Promise<OwnRegistration | undefined> {
  const [registry] = service?.members.serviceRegistries ?? [];
  if (serviceDiscovery === undefined && registry === undefined) return undefined;
  const discovery = await account.discovery();
  const named = registry === undefined ? {} : await discovery.registrationOf(registry.registryArn);
  const found =
    named.namespace === undefined && serviceDiscovery !== undefined
      ? await findName(discovery, serviceDiscovery, family)
      : named;
  return ownFormer(discovery, found, project);
}

async function findName(
  discovery: Discovery,
  wanted: ServiceDiscovery,
  family: string,
  vpc?: string,
): Promise<Registration> {
  const key = namespaceKey(wanted, vpc);
  return key === undefined ? {} : discovery.find(key, entryName(wanted, family));
}

function ownFormer(discovery: Discovery, registration: Registration, project: string) {
  return discovery.ownershipOf(registration, (tags) => hasProjectTag(tags, project));
}

/** The service of a family; none where the cluster does not exist, and where it was deleted. */
export async function findService(
  account: Account,
  { cluster, family }: Pick<ServicePlace, 'cluster' | 'family'>,
): Promise<Pick<ServiceObservation, 'clusterExists' | 'service'>> {
  try {
    const service = await account.describeService(cluster, family);
    return { clusterExists: true, ...(service === undefined || service.status === 'INACTIVE' ? {} : { service }) };
  } catch (error) {
    if (isAwsError(error, 'ClusterNotFoundException')) return { clusterExists: false };
    throw error;
  }
}
