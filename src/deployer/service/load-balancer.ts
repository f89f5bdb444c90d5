import { type BalancerOwner, balancerGroupName, balancerName } from '../balancer/names.ts';
import type { BalancerObservation } from '../balancer/observe.ts';
import { type BalancerObstacle, obstacleToBalancer, planBalancer, removeBalancer } from '../balancer/plan.ts';
import type { Exposure } from '../network/ingress.ts';
import { removeOwnGroups } from '../network/plan.ts';
import type { Operation } from '../operation.ts';
import { hasMark, serviceMarks } from '../ownership.ts';
import type { DesiredService } from './desired.ts';
import type { ServiceObservation } from './observe.ts';
import type { ServiceState } from './service-account.ts';

/** What of a service its security group opens: its load balancer alone is to reach the port behind it. */
export function exposureOf(
  desired: Pick<DesiredService, 'project' | 'cluster' | 'task'>,
  balancer: BalancerObservation | undefined,
): Exposure {
  const { published, run } = desired.task;
  const { network, service } = run;
  const { containerPort: port } = service?.applicationLoadBalancer ?? {};
  if (port === undefined) return { network, published };
  const groupName = balancerGroupName(ownerOf(desired));
  const id = balancer?.group?.id;
  return { network, published, balanced: { port, groupName, ...(id === undefined ? {} : { groupId: id }) } };
}

/** The target group of the load balancer that is made for a service: its ARN, or its name before it is there. */
export function targetGroupOf(desired: DesiredService, balancer: BalancerObservation | undefined): string | undefined {
  if (desired.task.run.service?.applicationLoadBalancer === undefined) return undefined;
  return balancer?.targetGroup?.arn ?? balancerName(ownerOf(desired));
}

function ownerOf({ project, cluster, task }: Pick<DesiredService, 'project' | 'cluster' | 'task'>): BalancerOwner {
  return { project, cluster, family: task.definition.family };
}

/** What stands in the way of the load balancer that a service is to have; undefined where nothing does. */
export function obstacleToOwnBalancer(
  desired: DesiredService,
  { around: { balancer, balancerPlace } }: Pick<ServiceObservation, 'around'>,
): BalancerObstacle | undefined {
  const settings = desired.task.run.service?.applicationLoadBalancer;
  if (settings === undefined || balancer === undefined || balancerPlace === undefined) return undefined;
  return obstacleToBalancer({ owner: ownerOf(desired), settings }, balancer, balancerPlace);
}

/** The load balancer comes before the service, which is only made behind a target group that has one. */
export function balancing(desired: DesiredService, { around }: ServiceObservation): readonly Operation[] {
  const settings = desired.task.run.service?.applicationLoadBalancer;
  const { balancer, balancerPlace } = around;
  if (settings === undefined || balancer === undefined || balancerPlace === undefined) return [];
  return planBalancer({ owner: ownerOf(desired), region: desired.region, settings }, balancer, balancerPlace);
}

/** A load balancer that the files no longer ask for goes when the service no longer uses it. */
export function unbalancing(
  { project, task }: DesiredService,
  { around: { balancer } }: ServiceObservation,
  service: ServiceState | undefined,
): readonly Operation[] {
  if (task.run.service?.applicationLoadBalancer !== undefined || balancer === undefined) return [];
  const groups = balancer.group === undefined ? [] : [balancer.group];
  const isMarked = service !== undefined && hasMark(service.tags, serviceMarks.balancer);
  return [
    ...removeBalancer(balancer),
    ...removeOwnGroups(groups, project),
    ...(isMarked
      ? [
          {
            kind: 'untag-service',
            service: service.name,
            arn: service.arn,
            keys: [serviceMarks.balancer.key],
          } as const,
        ]
      : []),
  ];
}
