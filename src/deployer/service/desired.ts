import type { Tag } from '../../fargate/task-definition.ts';
import { withinCapacity } from '../../transformer/capacity.ts';
import type { Rollout } from '../../transformer/service-settings.ts';
import type { NetworkSettings, Task } from '../../transformer/task.ts';
import type { Placement } from '../account.ts';
import { type Exposure, hasOwnGroup } from '../network/ingress.ts';
import type { PlannedNetwork } from '../network/plan.ts';
import { ownGroupName, projectTags, serviceMarks } from '../ownership.ts';
import { writesToSharedStorage } from '../storage.ts';
import type { DeploymentConfiguration, ServiceMembers, ServiceState } from './service-account.ts';

/** What `service up` is to bring about. The service has the name of the family. */
export interface DesiredService {
  readonly project: string;
  /** Name or ARN. */
  readonly cluster: string;
  /** Where it runs, which says what it costs. */
  readonly region: string;
  readonly task: Task;
  /** The volumes that the project names: what is in them is data. */
  readonly namedVolumes: readonly string[];
  /** How many tasks; absent: as many as the service has, but one at least; as the files say for one that is made. */
  readonly count?: number;
  /** Replace the tasks although nothing has changed. */
  readonly force: boolean;
  readonly createLogGroups: boolean;
  /** For how many days the log groups that are made keep what is in them; absent: for ever. */
  readonly logRetention?: number;
  /** Make a service of that name part of the project, though it was made by somebody else. */
  readonly adopt: boolean;
}

/**
 * The members that a service is to have; without a network where it is found out when the service is made. `targetGroup`
 * is that of the load balancer which is made for it.
 */
export function desiredMembers(
  desired: DesiredService,
  observed: ServiceState | undefined,
  planned?: PlannedNetwork,
  targetGroup?: string,
): ServiceMembers {
  const { task, count } = desired;
  const { run } = task;
  const { network, launch = {}, service = {} } = run;
  const {
    capacityProviders = [{ capacityProvider: 'FARGATE' }],
    propagateTags,
    enableECSManagedTags,
    tags: _,
    ...others
  } = launch;
  const asked = count ?? Math.max(1, observed?.members.desiredCount ?? run.count);
  const desiredCount = withinCapacity(service.autoScaling, asked);
  const before = observed?.members.networkConfiguration?.awsvpcConfiguration;
  const placement = placementOf(network, before, planned, ownGroupName(desired));
  const loadBalancers = targetsOf(service, targetGroup);
  const configuration = deploymentConfiguration(task, desiredCount);
  // ECS starts a task for it before it stops another, and refuses to where there is no room for both.
  const rebalancing = configuration.maximumPercent === 100 ? 'DISABLED' : observed?.members.availabilityZoneRebalancing;
  const { serviceConnectConfiguration: connect, healthCheckGracePeriodSeconds = gracePeriod(task, loadBalancers) } =
    service;
  return {
    desiredCount,
    capacityProviderStrategy: capacityProviders,
    deploymentConfiguration: configuration,
    ...(rebalancing === undefined ? {} : { availabilityZoneRebalancing: rebalancing }),
    ...others,
    // The tags of the service say on its tasks, too, whose they are.
    propagateTags: propagateTags ?? 'SERVICE',
    enableECSManagedTags: enableECSManagedTags ?? true,
    ...(placement === undefined ? {} : { networkConfiguration: { awsvpcConfiguration: placement } }),
    ...(healthCheckGracePeriodSeconds === undefined ? {} : { healthCheckGracePeriodSeconds }),
    ...(loadBalancers.length === 0 ? {} : { loadBalancers }),
    ...(connect === undefined ? {} : { serviceConnectConfiguration: { enabled: true, ...connect } }),
  };
}

/** The target groups of a service: those that are named, and the one that is made for it, by its ARN or else its name. */
export function targetsOf(
  { loadBalancers = [], applicationLoadBalancer: made }: NonNullable<Task['run']['service']>,
  targetGroup: string | undefined,
): NonNullable<ServiceMembers['loadBalancers']> {
  if (made === undefined || targetGroup === undefined) return loadBalancers;
  const { containerName, containerPort } = made;
  return [...loadBalancers, { targetGroupArn: targetGroup, containerName, containerPort }];
}

/** A target group calls a task unhealthy after two checks, 30 seconds apart: in seconds, with time to listen. */
const listensWithin = 60;

/**
 * For how many seconds a new task may fail the checks of a target group, where the files do not say: ECS takes 0, and
 * stops a task that was not quick enough. What its own health checks leave a container to start with comes on top.
 */
function gracePeriod(
  { definition }: Task,
  loadBalancers: NonNullable<ServiceMembers['loadBalancers']>,
): number | undefined {
  if (loadBalancers.length === 0) return undefined;
  const starts = definition.containerDefinitions.map(({ healthCheck }) => healthCheck?.startPeriod ?? 0);
  return listensWithin + Math.max(...starts);
}

/** The tags of a project's service, of which those of the files come first. */
export function serviceTags({ project, task }: Pick<DesiredService, 'project' | 'task'>): readonly Tag[] {
  const { launch, service } = task.run;
  const marks = [
    ...(service?.autoScaling === undefined ? [] : [serviceMarks.scaling]),
    ...(service?.applicationLoadBalancer === undefined ? [] : [serviceMarks.balancer]),
    ...((service?.loadBalancers ?? []).length === 0 ? [] : [serviceMarks.targetGroups]),
  ];
  return [...(launch?.tags ?? []), ...projectTags(project), ...marks];
}

/** Whether the files put a service into other subnets than it is in; those that they leave open stay. */
export function isMoved({ subnets }: NetworkSettings, { members }: ServiceState): boolean {
  const before = members.networkConfiguration?.awsvpcConfiguration.subnets ?? [];
  return subnets !== undefined && JSON.stringify(subnets.toSorted()) !== JSON.stringify(before.toSorted());
}

/** Whether a service has no security group where its files open a port now: it was made before they did. */
export function lacksOwnGroup(exposure: Exposure, { members }: Pick<ServiceState, 'members'>): boolean {
  const { securityGroups } = members.networkConfiguration?.awsvpcConfiguration ?? {};
  return hasOwnGroup(exposure) && securityGroups?.length === 0;
}

/**
 * What the files leave open of the network stays as it is, but that the tasks get `ownGroup` where they lack one: its
 * name, before it is there. Undefined where neither says.
 */
function placementOf(
  { subnets, assignPublicIp, securityGroups }: NetworkSettings,
  observed: Placement | undefined,
  planned: PlannedNetwork | undefined,
  ownGroup: string,
): Placement | undefined {
  if (subnets !== undefined) {
    return {
      subnets,
      // None stands for the default group of the VPC.
      securityGroups: securityGroups ?? [],
      assignPublicIp: assignPublicIp ?? planned?.placement.assignPublicIp ?? observed?.assignPublicIp ?? 'DISABLED',
    };
  }
  if (observed === undefined) return undefined;
  return {
    ...observed,
    ...(planned === undefined ? {} : { securityGroups: planned.placement.securityGroups ?? [ownGroup] }),
    ...(securityGroups === undefined ? {} : { securityGroups }),
    ...(assignPublicIp === undefined ? {} : { assignPublicIp }),
  };
}

/** Compose's percentages for old and new tasks beside each other, in a service of so many tasks. */
export function deploymentConfiguration({ definition, run }: Task, desiredCount: number): DeploymentConfiguration {
  const { deploymentConfiguration: given = {}, rollout, circuitBreaker } = run.service ?? {};
  return {
    ...percentages(writesToSharedStorage(definition) ? stopAllFirst : rollout, desiredCount),
    // The half that is not given makes room for the other one: both at 100 % would let nothing be replaced.
    ...(given.maximumPercent === 100 ? { minimumHealthyPercent: 0 } : {}),
    ...(given.minimumHealthyPercent === 100 ? { maximumPercent: 200 } : {}),
    ...given,
    deploymentCircuitBreaker: circuitBreaker ?? { enable: true, rollback: true },
  };
}

/** Where a container writes to storage that outlives its task, two tasks must not run at once. */
const stopAllFirst: Rollout = { order: 'stop-first', parallelism: 0 };

/**
 * The percentages of a rollout that replaces so many tasks at once. ECS rounds the maximum down and the minimum up, so
 * they are rounded the other way here. Without a rollout they are the defaults of ECS.
 */
function percentages(
  { order, parallelism }: Rollout = { order: 'start-first', parallelism: 0 },
  desiredCount: number,
): Pick<DeploymentConfiguration, 'maximumPercent' | 'minimumHealthyPercent'> {
  const atOnce = parallelism === 0 || desiredCount === 0 ? 1 : Math.min(1, parallelism / desiredCount);
  return order === 'start-first'
    ? { maximumPercent: Math.ceil(100 + 100 * atOnce), minimumHealthyPercent: 100 }
    : { maximumPercent: 100, minimumHealthyPercent: Math.floor(100 - 100 * atOnce) };
}
