import type { Account } from './account.ts';
import { ApiError } from './api-error.ts';
import { arn, hexadecimal } from './identifiers.ts';
import { defaultVpcId } from './network.ts';

/** A security group of the default VPC. */
export interface SecurityGroup {
  readonly groupId: string;
  readonly vpcId: string;
  readonly groupName: string;
  readonly description: string;
  readonly tags: readonly GroupTag[];
  readonly ingress: readonly IngressRule[];
  /** It was deleted: its id is not to be taken for that of a group that somebody has made elsewhere. */
  readonly deleted?: true;
}

/** A tag as EC2 writes it in a request. */
export interface GroupTag {
  readonly Key: string;
  readonly Value: string;
}

/** What a group admits from one peer. */
export interface IngressRule {
  /** `tcp`, `udp`, a number, or `-1` for all. */
  readonly ipProtocol: string;
  /** Both absent: all ports. */
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly peerKind: 'cidrIp' | 'cidrIpv6' | 'groupId';
  readonly peer: string;
  readonly description?: string;
}

/** The group of that id; undefined for one that was deleted, and for what is no group id. */
export function securityGroup({ securityGroups }: Account, groupId: string, region: string): SecurityGroup | undefined {
  const stored = securityGroups.get(groupArn(groupId, region));
  if (stored !== undefined) return stored.deleted ? undefined : stored;
  if (!/^sg-\w+$/.test(groupId)) return undefined;
  const own = originalDefault(region);
  return own.groupId === groupId ? own : supposed(groupId, region);
}

/** The group that the default VPC begins with; until somebody changes it, it admits only its own members. */
export function defaultSecurityGroup(account: Account, region: string): SecurityGroup {
  const { groupId } = originalDefault(region);
  return securityGroup(account, groupId, region) as SecurityGroup;
}

/** The groups of a region that are known by themselves: the default one, and those that were made or changed. */
export function securityGroupsOf(account: Account, region: string): readonly SecurityGroup[] {
  const prefix = groupArn('', region);
  const stored = [...account.securityGroups].filter(([key, { deleted }]) => key.startsWith(prefix) && !deleted);
  const own = defaultSecurityGroup(account, region);
  return [own, ...stored.map(([, group]) => group).filter(({ groupId }) => groupId !== own.groupId)];
}

/** Puts a group as it is now in the place of what was known of it. */
export function storeSecurityGroup({ securityGroups }: Account, group: SecurityGroup, region: string): void {
  securityGroups.set(groupArn(group.groupId, region), group);
}

/** Reads a group id as RunTask does, and refuses what is none. */
export function knownSecurityGroup(account: Account, id: string, region: string): SecurityGroup {
  const found = securityGroup(account, id, region);
  if (found !== undefined) return found;
  throw noSuchGroup(id);
}

/** The refusal of a call to ECS that names a group which EC2 does not know. */
export function noSuchGroup(id: string): ApiError {
  const reason = `The security group '${id}' does not exist (ErrorCode: InvalidGroup.NotFound)`;
  return new ApiError(
    'InvalidParameterException',
    `Error retrieving security group information for [${id}]: ${reason}`,
  );
}

function groupArn(groupId: string, region: string): string {
  return arn('ec2', region, `security-group/${groupId}`);
}

function originalDefault(region: string): SecurityGroup {
  const groupId = `sg-${hexadecimal(17, `sg:${region}`)}`;
  return {
    groupId,
    vpcId: defaultVpcId(region),
    groupName: 'default',
    description: 'default VPC security group',
    tags: [],
    ingress: [{ ipProtocol: '-1', peerKind: 'groupId', peer: groupId }],
  };
}

/** A group that the user names admits everything, since it was made for the job. */
function supposed(groupId: string, region: string): SecurityGroup {
  return {
    groupId,
    vpcId: defaultVpcId(region),
    groupName: `simulated-${groupId.slice(3)}`,
    description: 'a group that the simulator supposes',
    tags: [],
    ingress: [{ ipProtocol: '-1', peerKind: 'cidrIp', peer: '0.0.0.0/0' }],
  };
}
