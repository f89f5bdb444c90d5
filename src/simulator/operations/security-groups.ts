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
  readonly GroupName?: readonly string[];
}

interface CreateInput {
  readonly GroupName: string;
  readonly GroupDescription: string;
  /** Absent: the default VPC. */
  readonly VpcId?: string;
  readonly TagSpecification?: readonly { readonly ResourceType: string; readonly Tag?: readonly GroupTag[] }[];
}

/** A group by its id or, in the default VPC, by its name. */
interface GroupInput {
  readonly GroupId?: string;
  readonly GroupName?: string;
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
  const findNamed = (name: string): SecurityGroup | undefined => groupNamed(account, name, region);
  const all = securityGroupsOf(account, region);
  const [wanted, finder] = input.GroupId === undefined ? [input.GroupName, findNamed] : [input.GroupId, find];
  const groups = named(wanted, all, finder, 'InvalidGroup.NotFound', 'security group');
  const securityGroupInfo = filtered(groups, input.Filter, GROUP_ATTRIBUTES).map((group) => ({
    groupId: group.groupId,
    groupName: group.groupName,
    groupDescription: group.description,
    vpcId: group.vpcId,
    ownerId: ACCOUNT_ID,
    ipPermissions: permissionsOf(group.ingress),
    ipPermissionsEgress: permissionsOf([ANYWHERE]),
    tagSet: group.tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
  }));
  return { securityGroupInfo };
}

const LISTS = { cidrIp: 'ipRanges', cidrIpv6: 'ipv6Ranges', groupId: 'groups' } as const;

/** What a group lets out, unless somebody says otherwise. */
const ANYWHERE: IngressRule = { ipProtocol: '-1', peerKind: 'cidrIp', peer: '0.0.0.0/0' };

/** Rules as EC2 shows them: those for the same ports stand together, with a list for each kind of peer. */
function permissionsOf(rules: readonly IngressRule[]): readonly object[] {
  const portsOf = ({ ipProtocol, fromPort, toPort }: IngressRule): string => `${ipProtocol} ${fromPort} ${toPort}`;
  return [...new Set(rules.map(portsOf))].map((ports) => {
    const together = rules.filter((rule) => portsOf(rule) === ports);
    const { ipProtocol, fromPort, toPort } = together[0] as IngressRule;
    const peers = Object.entries(LISTS).map(([kind, list]) => [
      list,
      together
        .filter(({ peerKind }) => peerKind === kind)
        .map(({ peerKind, peer, description }) => ({
          [peerKind]: peer,
          description,
          ...(peerKind === 'groupId' ? { userId: ACCOUNT_ID } : {}),
        })),
    ]);
    return { ipProtocol, fromPort, toPort, ...Object.fromEntries(peers), prefixListIds: [] };
  });
}

function checkCreation(account: Account, { input, region }: Call<CreateInput>): void {
  const { GroupName: name, VpcId: vpcId = defaultVpcId(region) } = input;
  if (vpcId !== defaultVpcId(region)) {
    throw new ApiError('InvalidVpcID.NotFound', `The vpc ID '${vpcId}' does not exist`);
  }
  if (groupNamed(account, name, region) !== undefined) {
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
  const { ingress } = existing(account, call.input, call.region);
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
  const group = existing(account, input, region);
  storeSecurityGroup(account, { ...group, ingress: [...group.ingress, ...rulesOf(input)] }, region);
  return { return: true };
}

function checkRevocation(account: Account, { input, region }: Call<RulesInput>): void {
  const { ingress } = existing(account, input, region);
  if (rulesOf(input).every((rule) => ingress.some((one) => isSame(one, rule)))) return;
  throw new ApiError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
}

function revoke(account: Account, { input, region }: Call<RulesInput>): object {
  const group = existing(account, input, region);
  const revoked = rulesOf(input);
  const ingress = group.ingress.filter((one) => !revoked.some((rule) => isSame(one, rule)));
  storeSecurityGroup(account, { ...group, ingress }, region);
  return { return: true };
}

function checkDeletion(account: Account, { input, region, at }: Call<GroupInput>): void {
  const { groupId, groupName } = existing(account, input, region);
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
  const group = existing(account, input, region);
  storeSecurityGroup(account, { ...group, deleted: true }, region);
  return { return: true, groupId: group.groupId };
}

/** Only security groups take tags here. */
function checkTags(account: Account, { input, region }: Call<TagsInput>): void {
  for (const id of input.ResourceId) existing(account, { GroupId: id }, region);
}

function createTags(account: Account, { input, region }: Call<TagsInput>): object {
  for (const id of input.ResourceId) {
    const group = existing(account, { GroupId: id }, region);
    const kept = group.tags.filter(({ Key }) => !input.Tag.some((tag) => tag.Key === Key));
    storeSecurityGroup(account, { ...group, tags: [...kept, ...input.Tag] }, region);
  }
  return { return: true };
}

function existing(account: Account, { GroupId: id, GroupName: name }: GroupInput, region: string): SecurityGroup {
  if (id === undefined && name === undefined) {
    throw new ApiError('MissingParameter', 'The request must contain the parameter groupName or groupId');
  }
  const found = id === undefined ? groupNamed(account, name, region) : securityGroup(account, id, region);
  if (found === undefined) {
    throw new ApiError('InvalidGroup.NotFound', `The security group '${id ?? name}' does not exist`);
  }
  return found;
}

function groupNamed(account: Account, name: string | undefined, region: string): SecurityGroup | undefined {
  return securityGroupsOf(account, region).find(({ groupName }) => groupName === name);
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
