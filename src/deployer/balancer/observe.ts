import type { ApplicationLoadBalancer } from '../../transformer/service-settings.ts';
import type { Account } from '../account.ts';
import type { SecurityGroup } from '../network/network.ts';
import { hasProjectTag } from '../ownership.ts';
import type { Listener, LoadBalancer, TargetGroup } from './balancing.ts';
import { type BalancerOwner, balancerGroupName, balancerName } from './names.ts';

/** Whether a resource carries the tags of the project. */
interface Owned {
  readonly own: boolean;
}

/** What there is of the load balancer of a service, by its name, whoever made it. */
export interface BalancerObservation {
  readonly loadBalancer?: LoadBalancer & Owned;
  readonly listeners: readonly (Listener & Owned)[];
  readonly targetGroup?: TargetGroup & Owned;
  readonly group?: SecurityGroup;
}

/** Where a load balancer is to be. */
export interface BalancerPlace {
  readonly vpc: string;
  /** The first of each availability zone, in order of their ids. */
  readonly subnets: readonly string[];
  /** Those that no internet gateway leads to; none where nobody had to look. */
  readonly shut: readonly string[];
}

/** Looks for the load balancer of a service and what belongs to it; changes nothing. */
export async function observeBalancer(account: Account, owner: BalancerOwner): Promise<BalancerObservation> {
  const [balancing, ec2] = await Promise.all([account.balancing(), account.network()]);
  const name = balancerName(owner);
  const [loadBalancer, targetGroup, groups] = await Promise.all([
    balancing.loadBalancerNamed(name),
    balancing.targetGroupNamed(name),
    ec2.securityGroupsNamed(balancerGroupName(owner)),
  ]);
  const listeners = loadBalancer === undefined ? [] : await balancing.listeners(loadBalancer.arn);
  const arns = [loadBalancer, targetGroup, ...listeners].flatMap((one) => one?.arn ?? []);
  const tags = arns.length === 0 ? new Map() : await balancing.tags(arns);
  const owned = <T extends { readonly arn: string }>(one: T): T & Owned => ({
    ...one,
    own: hasProjectTag(tags.get(one.arn) ?? new Map(), owner.project),
  });
  const vpc = loadBalancer?.vpc ?? targetGroup?.vpc;
  const group = groups.find((one) => vpc === undefined || one.vpc === vpc);
  return {
    ...(loadBalancer === undefined ? {} : { loadBalancer: owned(loadBalancer) }),
    ...(targetGroup === undefined ? {} : { targetGroup: owned(targetGroup) }),
    listeners: listeners.map(owned),
    ...(group === undefined ? {} : { group }),
  };
}

/** Finds out where a load balancer is to be: in the subnets that are named for it, else in those of the tasks. */
export async function placeBalancer(
  account: Account,
  { scheme, subnets: named }: Pick<ApplicationLoadBalancer, 'scheme' | 'subnets'>,
  ofTasks: readonly string[],
  isMade: boolean,
): Promise<BalancerPlace> {
  const ec2 = await account.network();
  const places = await ec2.places([...(named ?? ofTasks)].sort());
  const vpc = places[0]?.vpc ?? '';
  // ELB takes one subnet of a zone.
  const firsts = places.filter(({ zone }, index) => index === places.findIndex((one) => one.zone === zone));
  const subnets = firsts.map(({ id }) => id);
  if (isMade || scheme === 'internal') return { vpc, subnets, shut: [] };
  const routes = await ec2.routes({ vpc, subnets });
  return { vpc, subnets, shut: subnets.filter((id) => routes.get(id) !== 'internet-gateway') };
}
