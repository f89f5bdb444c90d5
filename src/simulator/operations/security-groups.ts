import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { ACCOUNT_ID, hexadecimal } from '../identifiers.ts';
import { isGroupOfBalancer } from '../load-balancing.ts';
import { defaultVpcId, dotted } from '../network.ts';
import {
  type GroupTag,
  type IngressRule,
  type SecurityGroup,
  securityGroup,
  securityGroupsOf,
  storeSecurityGroup,
} from '../security-group.ts';
import { isAttached } from '../task.ts';
import { type Attributes, type Filter, filtered, named } from './filters.ts';
import type { Operation } from './operation.ts';

interface DescribeInput {
  readonly Filter?: readonly Filter[];
  readonly GroupId?: readonly string[];
}

interface CreateInput {
  readonly GroupName: string;
  readonly GroupDescription: string;
  /** Absent: the default VPC. */
  readonly VpcId?: string;
  readonly TagSpecification?: readonly { readonly ResourceType: string; readonly Tag?: readonly GroupTag[] }[];
}

interface GroupInput {
  readonly GroupId: string;
}

interface RulesInput extends GroupInput {
  readonly IpPermissions?: readonly Permission[];
}

/** A permission as it is sent: numbers are text in a form. */
interface Permission {
  readonly IpProtocol: string;
  readonly FromPort?: string;
  readonly ToPort?: string;
  readonly IpRanges?: readonly { readonly CidrIp: string; readonly Description?: string }[];
  readonly Ipv6Ranges?: readonly { readonly CidrIpv6: string; readonly Description?: string }[];
  readonly Groups?: readonly { readonly GroupId: string; readonly Description?: string }[];
}

interface TagsInput {
  readonly ResourceId: readonly string[];
  readonly Tag: readonly GroupTag[];
}

export const securityGroupOperations: Readonly<Record<string, Operation>> = {
  DescribeSecurityGroups: { answer: describeSecurityGroups },
  CreateSecurityGroup: { check: checkCreation, apply: createSecurityGroup },
  AuthorizeSecurityGroupIngress: { check: checkAuthorization, apply: authorize },
  RevokeSecurityGroupIngress: { check: checkRevocation, apply: revoke },
  DeleteSecurityGroup: { check: checkDeletion, apply: deleteSecurityGroup },
  CreateTags: { check: checkTags, apply: createTags },
};

const GROUP_ATTRIBUTES: Attributes<SecurityGroup> = {
  'vpc-id': ({ vpcId }) => vpcId,
  'group-id': ({ groupId }) => groupId,
  'group-name': ({ groupName }) => groupName,
  'tag:': ({ tags }, key) => tags.filter(({ Key }) => Key === key).map(({ Value }) => Value),
};

function describeSecurityGroups(account: Account, { input, region }: Call<DescribeInput>): object {
  const find = (id: string): SecurityGroup | undefined => securityGroup(account, id, region);
  const all = securityGroupsOf(account, region);
  const groups = named(input.GroupId, all, find, 'InvalidGroup.NotFound', 'security group');
  const securityGroupInfo = filtered(groups, input.Filter, GROUP_ATTRIBUTES).map((group) => ({
    groupId: group.groupId,
    groupName: group.groupName,
    groupDescription: group.description,
    vpcId: group.vpcId,
    ownerId: ACCOUNT_ID,
    ipPermissions: permissionsOf(group),
    ipPermissionsEgress: [{ ipProtocol: '-1', ipRanges: [{ cidrIp: '0.0.0.0/0' }] }],
    tagSet: group.tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
  }));
  return { securityGroupInfo };
}

const LISTS = { cidrIp: 'ipRanges', cidrIpv6: 'ipv6Ranges', groupId: 'groups' } as const;

/** The rules of a group; those for the same ports stand together, as EC2 shows them. */
function permissionsOf({ ingress }: SecurityGroup): readonly object[] {
  const portsOf = ({ ipProtocol, fromPort, toPort }: IngressRule): string => `${ipProtocol} ${fromPort} ${toPort}`;
  return [...new Set(ingress.map(portsOf))].map((ports) => {
    const rules = ingress.filter((rule) => portsOf(rule) === ports);
    const { ipProtocol, fromPort, toPort } = rules[0] as IngressRule;
    const peers = Object.entries(LISTS).map(([kind, list]) => [
      list,
      rules
        .filter(({ peerKind }) => peerKind === kind)
        .map(({ peerKind, peer, description }) => ({
          [peerKind]: peer,
          description,
          ...(peerKind === 'groupId' ? { userId: ACCOUNT_ID } : {}),
        })),
    ]);
    return { ipProtocol, fromPort, toPort, ...Object.fromEntries(peers) };
  });
}

function checkCreation(account: Account, { input, region }: Call<CreateInput>): void {
  const { GroupName: name, VpcId: vpcId = defaultVpcId(region) } = input;
  if (vpcId !== defaultVpcId(region)) {
    throw new ApiError('InvalidVpcID.NotFound', `The vpc ID '${vpcId}' does not exist`);
  }
  if (securityGroupsOf(account, region).some(({ groupName }) => groupName === name)) {
    throw new ApiError('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpcId}'`);
  }
}

function createSecurityGroup(account: Account, { input, region, at }: Call<CreateInput>): object {
  const { GroupName: groupName, GroupDescription: description, VpcId: vpcId = defaultVpcId(region) } = input;
  const tags = (input.TagSpecification ?? []).flatMap(({ Tag = [] }) => Tag);
  const groupId = `sg-${hexadecimal(17, `sg:${region} ${groupName} ${at} ${account.changes}`)}`;
  storeSecurityGroup(account, { groupId, vpcId, groupName, description, tags, ingress: [] }, region);
  return { groupId, tagSet: tags.map(({ Key, Value }) => ({ key: Key, value: Value })) };
}

function checkAuthorization(account: Account, call: Call<RulesInput>): void {
  const { ingress } = existing(account, call.input.GroupId, call.region);
  for (const rule of rulesOf(call.input)) {
    if (rule.peerKind === 'cidrIp' && !/^\d+(?:\.\d+){3}\/\d+$/.test(rule.peer)) {
      throw new ApiError('InvalidParameterValue', `CIDR block ${rule.peer} is malformed`);
    }
    if (ingress.some((one) => isSame(one, rule))) {
      throw new ApiError('InvalidPermission.Duplicate', `the specified rule "${inWords(rule)}" already exists`);
    }
  }
}

function authorize(account: Account, { input, region }: Call<RulesInput>): object {
  const group = existing(account, input.GroupId, region);
  storeSecurityGroup(account, { ...group, ingress: [...group.ingress, ...rulesOf(input)] }, region);
  return { return: true };
}

function checkRevocation(account: Account, { input, region }: Call<RulesInput>): void {
  const { ingress } = existing(account, input.GroupId, region);
  if (rulesOf(input).every((rule) => ingress.some((one) => isSame(one, rule)))) return;
  throw new ApiError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
}

function revoke(account: Account, { input, region }: Call<RulesInput>): object {
  const group = existing(account, input.GroupId, region);
  const revoked = rulesOf(input);
  const ingress = group.ingress.filter((one) => !revoked.some((rule) => isSame(one, rule)));
  storeSecurityGroup(account, { ...group, ingress }, region);
  return { return: true };
}

function checkDeletion(account: Account, { input, region, at }: Call<GroupInput>): void {
  const { groupId, groupName } = existing(account, input.GroupId, region);
  if (groupName === 'default') {
    throw new ApiError('CannotDelete', `the specified group: "${groupId}" name: "default" cannot be deleted by a user`);
  }
  const tasks = [...account.tasks.values()].filter((task) => task.region === region && isAttached(task, at));
  const isNamedElsewhere = securityGroupsOf(account, region).some(
    (group) => group.groupId !== groupId && group.ingress.some(({ peer }) => peer === groupId),
  );
  const isInUse =
    tasks.some(({ network }) => network.securityGroups.includes(groupId)) ||
    isGroupOfBalancer(account, groupId, at) ||
    isNamedElsewhere;
  if (isInUse) {
    throw new ApiError('DependencyViolation', `resource ${groupId} has a dependent object`);
  }
}

function deleteSecurityGroup(account: Account, { input, region }: Call<GroupInput>): object {
  storeSecurityGroup(account, { ...existing(account, input.GroupId, region), deleted: true }, region);
  return { return: true, groupId: input.GroupId };
}

/** Only security groups take tags here. */
function checkTags(account: Account, { input, region }: Call<TagsInput>): void {
  for (const id of input.ResourceId) existing(account, id, region);
}

function createTags(account: Account, { input, region }: Call<TagsInput>): object {
  for (const id of input.ResourceId) {
    const group = existing(account, id, region);
    const kept = group.tags.filter(({ Key }) => !input.Tag.some((tag) => tag.Key === Key));
    storeSecurityGroup(account, { ...group, tags: [...kept, ...input.Tag] }, region);
  }
  return { return: true };
}

function existing(account: Account, id: string, region: string): SecurityGroup {
  const found = securityGroup(account, id, region);
  if (found === undefined) {
    throw new ApiError('InvalidGroup.NotFound', `The security group '${id}' does not exist`);
  }
  return found;
}

/** The rules that a call names, one a peer. */
function rulesOf({ IpPermissions = [] }: RulesInput): readonly IngressRule[] {
  return IpPermissions.flatMap(({ IpProtocol, FromPort, ToPort, IpRanges = [], Ipv6Ranges = [], Groups = [] }) => {
    const ports = {
      ipProtocol: IpProtocol,
      ...(FromPort === undefined ? {} : { fromPort: Number(FromPort) }),
      ...(ToPort === undefined ? {} : { toPort: Number(ToPort) }),
    };
    const rule = (peerKind: IngressRule['peerKind'], peer: string, description: string | undefined): IngressRule => ({
      ...ports,
      peerKind,
      peer,
      ...(description === undefined ? {} : { description }),
    });
    return [
      ...IpRanges.map(({ CidrIp, Description }) => rule('cidrIp', canonicalBlock(CidrIp), Description)),
      ...Ipv6Ranges.map(({ CidrIpv6, Description }) => rule('cidrIpv6', CidrIpv6, Description)),
      ...Groups.map(({ GroupId, Description }) => rule('groupId', GroupId, Description)),
    ];
  });
}

/** A block of IPv4 addresses as EC2 keeps it: without the bits behind the prefix. What is none stays as it is. */
function canonicalBlock(block: string): string {
  const [, address, prefix] = /^(\d+(?:\.\d+){3})\/(\d+)$/.exec(block) ?? [];
  if (address === undefined) return block;
  const size = 2 ** (32 - Number(prefix));
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return `${dotted(Math.floor(number / size) * size)}/${prefix}`;
}

/** Descriptions do not tell rules apart. */
function isSame(one: IngressRule, other: IngressRule): boolean {
  const members = ['ipProtocol', 'fromPort', 'toPort', 'peer'] as const;
  return members.every((member) => one[member] === other[member]);
}

function inWords({ ipProtocol, fromPort, toPort, peer }: IngressRule): string {
  return `peer: ${peer}, ${ipProtocol.toUpperCase()}, from port: ${fromPort}, to port: ${toPort}, ALLOW`;
}
