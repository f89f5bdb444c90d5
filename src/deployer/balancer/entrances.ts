import type { Account } from '../account.ts';
import type { ServiceMembers } from '../service/service-account.ts';
import type { Listener, LoadBalancer, TargetGroup } from './balancing.ts';

/** Where a load balancer takes the requests for a container. */
export interface Entrance {
  readonly container: string;
  readonly loadBalancer: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: 'tcp';
  /** Whether it is reached from the Internet, or within its VPC only. */
  readonly public: boolean;
  /** How many availability zones its load balancer is in, with an address in each. */
  readonly zones: number;
}

/** Where the requests of a service come in, by what ELB tells of its target groups; none where it has no target group. */
export async function findEntrances(
  account: Account,
  targets: NonNullable<ServiceMembers['loadBalancers']>,
): Promise<readonly Entrance[]> {
  if (targets.length === 0) return [];
  const balancing = await account.balancing();
  const groups = await balancing.targetGroups(targets.map(({ targetGroupArn }) => targetGroupArn));
  const arns = [...new Set(groups.flatMap(({ loadBalancers }) => loadBalancers))];
  if (arns.length === 0) return [];
  const found = await balancing.loadBalancers(arns);
  const listening = await Promise.all(
    found.map(async (loadBalancer) => ({ loadBalancer, listeners: await balancing.listeners(loadBalancer.arn) })),
  );
  return targets.flatMap(({ targetGroupArn, containerName: container }) =>
    groups
      .filter(({ arn }) => arn === targetGroupArn)
      .flatMap((group) =>
        listening
          .filter(({ loadBalancer }) => group.loadBalancers.includes(loadBalancer.arn))
          .flatMap(({ loadBalancer, listeners }) =>
            leadingTo(group, listeners).map(({ port }) => entrance(container, loadBalancer, port)),
          ),
      ),
  );
}

/** The listeners that send requests to a target group: by themselves, else perhaps by rules of theirs. */
function leadingTo({ arn }: TargetGroup, listeners: readonly Listener[]): readonly Listener[] {
  const direct = listeners.filter(({ forwardsTo }) => forwardsTo === arn);
  return direct.length > 0 ? direct : listeners.filter(({ redirects }) => !redirects);
}

function entrance(container: string, { name, host, scheme, subnets }: LoadBalancer, port: number): Entrance {
  return {
    container,
    loadBalancer: name,
    host,
    port,
    protocol: 'tcp',
    public: scheme === 'internet-facing',
    zones: subnets.length,
  };
}
