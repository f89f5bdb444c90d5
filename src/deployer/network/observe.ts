import type { NetworkSettings } from '../../transformer/task.ts';
import type { Account } from '../account.ts';
import { type GroupOwner, hasProjectTag, ownGroupName } from '../ownership.ts';
import { type Exposure, hasOwnGroup } from './ingress.ts';
import type { Route, SecurityGroup } from './network.ts';

/** What EC2 says of the network that tasks are put into, as far as the files leave it open. */
export interface NetworkObservation {
  /** Absent where nobody had to ask. */
  readonly vpc?: string;
  /** None where the files name none and the region has no default VPC; absent where no task is to be put anywhere. */
  readonly subnets?: readonly string[];
  /** The way of each subnet to the Internet; absent where nobody had to ask. */
  readonly routes?: ReadonlyMap<string, Route>;
  /** The services that the VPC has endpoints for; absent where tasks have a way to the Internet in every subnet. */
  readonly endpoints?: readonly string[];
  /** Those that the files name, else the default group of the VPC, as far as somebody had to look. */
  readonly securityGroups: readonly SecurityGroup[];
  /** The group that has the name of the project's own, whoever made it. */
  readonly ownGroup?: SecurityGroup;
}

/** A task takes one of at most 16 subnets. */
const mostSubnets = 16;

/**
 * Looks at the network that tasks are to be put into; changes nothing. Asks nothing where the files say all of it,
 * but for the groups that published ports are held against: one that does not exist is refused before anything changes.
 */
export async function observeNetwork(
  account: Account,
  exposure: Exposure,
  owner: GroupOwner,
): Promise<NetworkObservation> {
  const { network: given, published } = exposure;
  const publishes = published.length > 0;
  if (given.subnets !== undefined && given.assignPublicIp !== undefined) {
    if (!publishes) return { subnets: given.subnets, securityGroups: [] };
    if (given.securityGroups !== undefined) {
      const securityGroups = await (await account.network()).securityGroups(given.securityGroups);
      return { subnets: given.subnets, securityGroups };
    }
  }
  const ec2 = await account.network();
  const found =
    given.subnets === undefined
      ? await ec2.defaultSubnets()
      : { vpc: (await ec2.places(given.subnets))[0]?.vpc ?? '', subnets: given.subnets };
  if (found === undefined) return { subnets: [], securityGroups: [] };
  const at = { vpc: found.vpc, subnets: found.subnets.slice(0, mostSubnets) };
  const isSaid = given.assignPublicIp !== undefined && given.securityGroups !== undefined;
  const routes = isSaid ? undefined : await ec2.routes(at);
  return {
    ...at,
    ...(routes === undefined ? {} : { routes }),
    ...(routes !== undefined && shutSubnets(routes, given.assignPublicIp).length > 0
      ? { endpoints: await ec2.endpoints(at.vpc) }
      : {}),
    ...(await groupsOf(account, exposure, owner, at.vpc)),
  };
}

/** The VPC of these subnets, or of the default ones where none are named; undefined where there is none. */
export async function vpcOf(account: Account, subnets: readonly string[] | undefined): Promise<string | undefined> {
  const ec2 = await account.network();
  const place = subnets === undefined ? await ec2.defaultSubnets() : (await ec2.places(subnets))[0];
  return place?.vpc;
}

/** The subnets in which a task has no way to the Internet, with a public address or without. */
export function shutSubnets(
  routes: ReadonlyMap<string, Route>,
  assignPublicIp: NetworkSettings['assignPublicIp'],
): readonly string[] {
  const shut: readonly Route[] = assignPublicIp === 'DISABLED' ? ['none', 'internet-gateway'] : ['none'];
  return [...routes].filter(([, route]) => shut.includes(route)).map(([id]) => id);
}

/** Looks for the project's own group alone, for tasks that stay where they are. */
export async function observeOwnGroup(
  account: Account,
  exposure: Exposure,
  owner: GroupOwner,
): Promise<NetworkObservation | undefined> {
  if (!hasOwnGroup(exposure)) return undefined;
  const named = await (await account.network()).securityGroupsNamed(ownGroupName(owner));
  const ownGroup = named.find(({ tags }) => hasProjectTag(tags, owner.project));
  return { securityGroups: [], ...(ownGroup === undefined ? {} : { ownGroup }) };
}

/** Looks for the group that tasks are to get which stay in their subnets, and for the VPC that it is in, or is to be. */
export async function observeGroupIn(
  account: Account,
  exposure: Exposure,
  owner: GroupOwner,
  subnets: readonly string[],
): Promise<NetworkObservation> {
  const vpc = (await vpcOf(account, subnets)) ?? '';
  return { vpc, subnets, ...(await groupsOf(account, exposure, owner, vpc)) };
}

async function groupsOf(
  account: Account,
  exposure: Exposure,
  owner: GroupOwner,
  vpc: string,
): Promise<Pick<NetworkObservation, 'securityGroups' | 'ownGroup'>> {
  const ec2 = await account.network();
  const { network, published } = exposure;
  if (hasOwnGroup(exposure)) {
    const named = await ec2.securityGroupsNamed(ownGroupName(owner));
    const ownGroup = named.find((group) => group.vpc === vpc);
    return { securityGroups: [], ...(ownGroup === undefined ? {} : { ownGroup }) };
  }
  if (published.length === 0) return { securityGroups: [] };
  if (network.securityGroups !== undefined) return { securityGroups: await ec2.securityGroups(network.securityGroups) };
  const usual = await ec2.defaultSecurityGroup(vpc);
  return { securityGroups: usual === undefined ? [] : [usual] };
}
