import type { Account } from './account.ts';
import { arn, hexadecimal } from './identifiers.ts';
import { defaultSubnets, defaultVpcId } from './network.ts';
import type { Listener, LoadBalancer, TargetGroup, TargetHealthCheck } from './records/load-balancing.ts';

/** Milliseconds from which a load balancer has its nodes, and in which they go; on AWS both take minutes. */
const PROVISIONED_AFTER = 15_000;
const RELEASED_AFTER = 10_000;

/** What CreateTargetGroup takes where nothing is said, for targets by address. Source: ELB API Reference. */
export const DEFAULT_HEALTH_CHECK: TargetHealthCheck = {
  HealthCheckPath: '/',
  HealthCheckIntervalSeconds: 30,
  HealthCheckTimeoutSeconds: 5,
  HealthyThresholdCount: 5,
  UnhealthyThresholdCount: 2,
  Matcher: { HttpCode: '200' },
};

/** The load balancers of a region that are there. */
export function loadBalancersOf({ loadBalancers }: Account, region: string): readonly LoadBalancer[] {
  return [...loadBalancers.values()].filter((one) => one.region === region && one.deletedAt === undefined);
}

/** The target groups of a region that somebody has made. */
export function targetGroupsOf({ targetGroups }: Account, region: string): readonly TargetGroup[] {
  return [...targetGroups.values()].filter((one) => one.region === region && !one.deleted);
}

/** The load balancer of that ARN in the region; that of a target group which is supposed is supposed, too. */
export function loadBalancer({ loadBalancers }: Account, id: string, region: string): LoadBalancer | undefined {
  const stored = loadBalancers.get(id);
  if (stored !== undefined) return stored.region === region && stored.deletedAt === undefined ? stored : undefined;
  const [, where, name = ''] = /:([\w-]+):\d{12}:loadbalancer\/app\/([^/]+)\/\w+$/.exec(id) ?? [];
  return where === region ? supposedLoadBalancer(id, name, region) : undefined;
}

/** The target group of that ARN. One that is named in the region is there, of type ip, with a load balancer of its own. */
export function targetGroup({ targetGroups }: Account, id: string, region: string): TargetGroup | undefined {
  const stored = targetGroups.get(id);
  if (stored !== undefined) return stored.region === region && !stored.deleted ? stored : undefined;
  const [, where, name = ''] = /:([\w-]+):\d{12}:targetgroup\/([^/]+)\/\w+$/.exec(id) ?? [];
  return where === region ? supposedTargetGroup(id, name, region) : undefined;
}

/** The listeners of a load balancer; one that is supposed listens to HTTP. */
export function listenersOf(account: Account, { loadBalancerArn, region }: LoadBalancer): readonly Listener[] {
  if (account.loadBalancers.has(loadBalancerArn)) {
    return [...account.listeners.values()].filter((one) => one.loadBalancerArn === loadBalancerArn);
  }
  const id = hexadecimal(16, `listener:${loadBalancerArn}`);
  return [
    {
      listenerArn: arn('elasticloadbalancing', region, `listener/${loadBalancerArn.split(':loadbalancer/')[1]}/${id}`),
      loadBalancerArn,
      port: 80,
      protocol: 'HTTP',
      certificates: [],
      defaultActions: [{ Type: 'fixed-response' }],
      tags: [],
    },
  ];
}

/** The load balancers that send requests to a target group. */
export function balancersOf(account: Account, { targetGroupArn, name, region }: TargetGroup): readonly string[] {
  if (!account.targetGroups.has(targetGroupArn)) {
    const id = hexadecimal(16, `loadbalancer:${targetGroupArn}`);
    return [arn('elasticloadbalancing', region, `loadbalancer/app/${name}/${id}`)];
  }
  const listeners = [...account.listeners.values()].filter((one) => forwardsTo(one, targetGroupArn));
  return [...new Set(listeners.map(({ loadBalancerArn }) => loadBalancerArn))];
}

export function forwardsTo({ defaultActions }: Pick<Listener, 'defaultActions'>, targetGroupArn: string): boolean {
  return defaultActions.some((action) => action.TargetGroupArn === targetGroupArn);
}

/** What a load balancer is at a moment. */
export function balancerStateAt({ createdAt, speed }: LoadBalancer, now: number): 'provisioning' | 'active' {
  return now < createdAt + PROVISIONED_AFTER / speed ? 'provisioning' : 'active';
}

/** Whether network interfaces of a load balancer are in a security group. */
export function isGroupOfBalancer({ loadBalancers }: Account, groupId: string, now: number): boolean {
  return [...loadBalancers.values()].some(
    ({ securityGroups, deletedAt = Number.POSITIVE_INFINITY, speed }) =>
      securityGroups.includes(groupId) && now < deletedAt + RELEASED_AFTER / speed,
  );
}

function supposedLoadBalancer(loadBalancerArn: string, name: string, region: string): LoadBalancer {
  return {
    loadBalancerArn,
    name,
    dnsName: dnsName(name, loadBalancerArn, region),
    region,
    scheme: 'internet-facing',
    vpcId: defaultVpcId(region),
    createdAt: 0,
    speed: 1,
    subnets: defaultSubnets(region).map(({ subnetId }) => subnetId),
    securityGroups: [],
    tags: [],
  };
}

function supposedTargetGroup(targetGroupArn: string, name: string, region: string): TargetGroup {
  return {
    targetGroupArn,
    name,
    region,
    protocol: 'HTTP',
    port: 80,
    vpcId: defaultVpcId(region),
    targetType: 'ip',
    healthCheck: DEFAULT_HEALTH_CHECK,
    tags: [],
  };
}

/** The name under which a load balancer is found. */
export function dnsName(name: string, loadBalancerArn: string, region: string): string {
  const number = Number.parseInt(hexadecimal(8, `dns:${loadBalancerArn}`), 16);
  return `${name}-${number}.${region}.elb.amazonaws.com`;
}
