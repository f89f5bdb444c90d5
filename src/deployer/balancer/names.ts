import { clusterName } from '../cluster/cluster-settings.ts';
import { defaultCluster } from '../desired.ts';
import { namePrefix } from '../ownership.ts';
import { shortName } from '../short-name.ts';

/** Whose load balancer it is: a project may have a service in several clusters, and under several families. */
export interface BalancerOwner {
  readonly project: string;
  readonly family: string;
  /** Name or ARN. */
  readonly cluster: string;
}

/** Load balancers and target groups take so many letters, digits and hyphens. Source: ELB API Reference. */
const mostCharacters = 32;

/**
 * The name of the load balancer of a service and of its target group: the project's. Where that does not fit, or does
 * not tell the service from others, it ends with some digits of a hash.
 */
export function balancerName({ project, family, cluster }: BalancerOwner): string {
  const inCluster = clusterName(cluster);
  const name = `${namePrefix}${project}`;
  const isPlain = name.length <= mostCharacters && /^[A-Za-z0-9-]*[A-Za-z0-9]$/.test(name);
  if (isPlain && family === project && inCluster === defaultCluster) return name;
  return shortName(name.replace(/[^A-Za-z0-9-]/g, '-'), mostCharacters, [project, family, inCluster]);
}

/**
 * The name of the security group of the load balancer. What project and cluster call themselves has no slash, so no group of tasks is called so.
 * Source: EC2 API Reference, CreateSecurityGroup, which takes one in a group's name.
 */
export function balancerGroupName(owner: BalancerOwner): string {
  return `${balancerName(owner)}/load-balancer`;
}
