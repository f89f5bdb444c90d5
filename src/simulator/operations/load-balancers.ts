import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { arn, hexadecimal } from '../identifiers.ts';
import { balancerStateAt, dnsName, listenersOf, loadBalancer, loadBalancersOf } from '../load-balancing.ts';
import { type Subnet, subnet } from '../network.ts';
import type { BalancerTag, LoadBalancer } from '../records/load-balancing.ts';
import { defaultSecurityGroup, securityGroup } from '../security-group.ts';
import type { Operation } from './operation.ts';

interface CreateInput {
  readonly Name: string;
  readonly Subnets?: readonly string[];
  readonly SecurityGroups?: readonly string[];
  readonly Scheme?: string;
  readonly Type?: string;
  readonly Tags?: readonly BalancerTag[];
}

interface NamedInput {
  readonly LoadBalancerArn: string;
}

interface SetSubnetsInput extends NamedInput {
  readonly Subnets?: readonly string[];
}

interface DescribeInput {
  readonly LoadBalancerArns?: readonly string[];
  readonly Names?: readonly string[];
}

export const loadBalancerOperations: Readonly<Record<string, Operation>> = {
  CreateLoadBalancer: { check: checkCreate, apply: createLoadBalancer },
  DescribeLoadBalancers: { answer: describeLoadBalancers },
  SetSubnets: { check: checkSetSubnets, apply: setSubnets },
  DeleteLoadBalancer: { apply: deleteLoadBalancer },
};

/** Names of load balancers and target groups. Source: ELB API Reference, CreateLoadBalancer. */
export function checkName(name: string, what: string): void {
  const problem =
    name.length > 32
      ? 'cannot be longer than 32 characters'
      : !/^[A-Za-z0-9-]+$/.test(name)
        ? 'can only contain characters that are alphanumeric characters or hyphens(-)'
        : /^-|-$/.test(name)
          ? 'cannot begin or end with a hyphen(-)'
          : undefined;
  if (problem !== undefined) throw new ApiError('ValidationError', `${what} '${name}' ${problem}`);
}

function checkCreate(account: Account, { input, region }: Call<CreateInput>): void {
  const { Name: name, Type: type = 'application', SecurityGroups: groups = [] } = input;
  checkName(name, 'Load balancer name');
  if (name.startsWith('internal-')) {
    throw new ApiError('ValidationError', "Load balancer name cannot begin with 'internal-'");
  }
  if (type !== 'application') {
    throw new ApiError('ValidationError', `The simulator knows no load balancers of the type ${type}.`);
  }
  const same = loadBalancersOf(account, region).find((one) => one.name === name);
  if (same !== undefined && !isAsAsked(same, input)) {
    throw new ApiError(
      'DuplicateLoadBalancerName',
      `A load balancer with the same name '${name}' exists, but with different settings`,
    );
  }
  placesOf(input.Subnets, region);
  for (const id of groups) {
    if (securityGroup(account, id, region) === undefined) {
      throw new ApiError('InvalidSecurityGroup', `The security group '${id}' does not exist`);
    }
  }
}

/** The subnets that a call names; refuses them where they are in one zone, or several in the same. */
function placesOf(ids: readonly string[] = [], region: string): readonly Subnet[] {
  const places = ids.map((id) => {
    const found = subnet(id, region);
    if (found === undefined) throw new ApiError('SubnetNotFound', `The subnet ID '${id}' does not exist`);
    return found;
  });
  const zones = new Set(places.map(({ availabilityZone }) => availabilityZone));
  if (zones.size < places.length) {
    throw new ApiError(
      'InvalidConfigurationRequest',
      'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
    );
  }
  if (zones.size < 2) {
    throw new ApiError('ValidationError', 'At least two subnets in two different Availability Zones must be specified');
  }
  return places;
}

/** The same call made again gives the same load balancer. */
function isAsAsked(found: LoadBalancer, { Scheme = 'internet-facing', Subnets = [] }: CreateInput): boolean {
  return found.scheme === Scheme && [...found.subnets].sort().join() === [...Subnets].sort().join();
}

function createLoadBalancer(account: Account, { input, region, at, speed }: Call<CreateInput>): object {
  const { Name: name, Subnets: subnets = [], Scheme: scheme = 'internet-facing', Tags: tags = [] } = input;
  const same = loadBalancersOf(account, region).find((one) => one.name === name);
  const id = hexadecimal(16, `loadbalancer:${region} ${name} ${account.changes}`);
  const loadBalancerArn = arn('elasticloadbalancing', region, `loadbalancer/app/${name}/${id}`);
  const made: LoadBalancer = same ?? {
    loadBalancerArn,
    name,
    dnsName: dnsName(name, loadBalancerArn, region),
    region,
    scheme,
    vpcId: subnet(subnets[0] ?? '', region)?.vpcId ?? '',
    createdAt: at,
    speed,
    subnets,
    securityGroups: input.SecurityGroups ?? [defaultSecurityGroup(account, region).groupId],
    tags,
  };
  account.loadBalancers.set(made.loadBalancerArn, made);
  return { LoadBalancers: [shown(made, at)] };
}

function describeLoadBalancers(account: Account, { input, region, at }: Call<DescribeInput>): object {
  const { LoadBalancerArns: arns, Names: names } = input;
  const all = loadBalancersOf(account, region);
  const found =
    arns?.map((id) => loadBalancer(account, id, region)) ??
    names?.map((name) => all.find((one) => one.name === name)) ??
    all;
  return {
    LoadBalancers: found.map((one) => {
      if (one === undefined) throw new ApiError('LoadBalancerNotFound', 'One or more load balancers not found');
      return shown(one, at);
    }),
  };
}

function shown(one: LoadBalancer, at: number): object {
  return {
    LoadBalancerArn: one.loadBalancerArn,
    LoadBalancerName: one.name,
    DNSName: one.dnsName,
    Scheme: one.scheme,
    VpcId: one.vpcId,
    Type: 'application',
    IpAddressType: 'ipv4',
    State: { Code: balancerStateAt(one, at) },
    AvailabilityZones: one.subnets.map((SubnetId) => ({
      SubnetId,
      ZoneName: subnet(SubnetId, one.region)?.availabilityZone,
    })),
    SecurityGroups: one.securityGroups,
    CreatedTime: new Date(one.createdAt).toISOString(),
  };
}

function checkSetSubnets(account: Account, { input, region }: Call<SetSubnetsInput>): void {
  if (loadBalancer(account, input.LoadBalancerArn, region) === undefined) {
    throw new ApiError('LoadBalancerNotFound', 'One or more load balancers not found');
  }
  placesOf(input.Subnets, region);
}

function setSubnets(account: Account, { input, region }: Call<SetSubnetsInput>): object {
  const { Subnets: subnets = [] } = input;
  const found = loadBalancer(account, input.LoadBalancerArn, region) as LoadBalancer;
  account.loadBalancers.set(found.loadBalancerArn, { ...found, subnets });
  return { AvailabilityZones: subnets.map((SubnetId) => ({ SubnetId })) };
}

/** Its listeners go with it. One that is gone already is no error. */
function deleteLoadBalancer(account: Account, { input, region, at, speed }: Call<NamedInput>): object {
  const found = loadBalancer(account, input.LoadBalancerArn, region);
  if (found === undefined) return {};
  for (const { listenerArn } of listenersOf(account, found)) account.listeners.delete(listenerArn);
  account.loadBalancers.set(found.loadBalancerArn, { ...found, deletedAt: at, speed });
  return {};
}
