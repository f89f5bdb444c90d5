import type { Account, Call, TaskRecord } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { courseOf } from '../course.ts';
import { ACCOUNT_ID, arn } from '../identifiers.ts';
import {
  defaultSecurityGroup,
  defaultSubnets,
  defaultVpcId,
  type SecurityGroup,
  type Subnet,
  securityGroup,
  subnet,
} from '../network.ts';
import { isAttached, privateDnsName, statusAt } from '../task.ts';
import type { Operation } from './operation.ts';

interface Filter {
  readonly Name: string;
  readonly Value: readonly string[];
}

interface DescribeInput {
  readonly Filter?: readonly Filter[];
  readonly VpcId?: readonly string[];
  readonly SubnetId?: readonly string[];
  readonly GroupId?: readonly string[];
  readonly NetworkInterfaceId?: readonly string[];
}

/** What the filters of an operation look at, by filter name. */
type Attributes<T> = Readonly<Record<string, (item: T) => string | readonly string[]>>;

export const networkOperations: Readonly<Record<string, Operation>> = {
  DescribeVpcs: { answer: describeVpcs },
  DescribeSubnets: { answer: describeSubnets },
  DescribeSecurityGroups: { answer: describeSecurityGroups },
  DescribeNetworkInterfaces: { answer: describeNetworkInterfaces },
};

const VPC_ATTRIBUTES: Attributes<string> = {
  'is-default': () => 'true',
  isDefault: () => 'true',
  'vpc-id': (vpcId) => vpcId,
  state: () => 'available',
  cidr: () => '172.31.0.0/16',
};

function describeVpcs(_: Account, { input, region }: Call<DescribeInput>): object {
  const vpcId = defaultVpcId(region);
  const ids = named(input.VpcId, [vpcId], (id) => (id === vpcId ? id : undefined), 'InvalidVpcID.NotFound', 'vpc ID');
  const vpcSet = filtered(ids, input.Filter, VPC_ATTRIBUTES).map((id) => ({
    vpcId: id,
    ownerId: ACCOUNT_ID,
    state: 'available',
    cidrBlock: '172.31.0.0/16',
    instanceTenancy: 'default',
    isDefault: true,
  }));
  return { vpcSet };
}

const SUBNET_ATTRIBUTES: Attributes<Subnet> = {
  'vpc-id': ({ vpcId }) => vpcId,
  'subnet-id': ({ subnetId }) => subnetId,
  'default-for-az': ({ defaultForAz }) => String(defaultForAz),
  'availability-zone': ({ availabilityZone }) => availabilityZone,
  'map-public-ip-on-launch': () => 'true',
  state: () => 'available',
};

function describeSubnets(_: Account, { input, region }: Call<DescribeInput>): object {
  const find = (id: string): Subnet | undefined => subnet(id, region);
  const subnets = named(input.SubnetId, defaultSubnets(region), find, 'InvalidSubnetID.NotFound', 'subnet ID');
  const subnetSet = filtered(subnets, input.Filter, SUBNET_ATTRIBUTES).map((place) => ({
    subnetId: place.subnetId,
    subnetArn: arn('ec2', region, `subnet/${place.subnetId}`),
    vpcId: place.vpcId,
    ownerId: ACCOUNT_ID,
    state: 'available',
    availabilityZone: place.availabilityZone,
    cidrBlock: place.cidrBlock,
    availableIpAddressCount: 4091,
    defaultForAz: place.defaultForAz,
    mapPublicIpOnLaunch: true,
  }));
  return { subnetSet };
}

const GROUP_ATTRIBUTES: Attributes<SecurityGroup> = {
  'vpc-id': ({ vpcId }) => vpcId,
  'group-id': ({ groupId }) => groupId,
  'group-name': ({ groupName }) => groupName,
};

function describeSecurityGroups(_: Account, { input, region }: Call<DescribeInput>): object {
  const find = (id: string): SecurityGroup | undefined => securityGroup(id, region);
  const groups = named(input.GroupId, [defaultSecurityGroup(region)], find, 'InvalidGroup.NotFound', 'security group');
  const securityGroupInfo = filtered(groups, input.Filter, GROUP_ATTRIBUTES).map((group) => ({
    groupId: group.groupId,
    groupName: group.groupName,
    groupDescription:
      group.groupName === 'default' ? 'default VPC security group' : 'a group that the simulator supposes',
    vpcId: group.vpcId,
    ownerId: ACCOUNT_ID,
    ipPermissions: [group.admits === 'everyone' ? FROM_EVERYWHERE : fromGroup(group)],
    ipPermissionsEgress: [FROM_EVERYWHERE],
  }));
  return { securityGroupInfo };
}

/** All protocols and ports, every IPv4 address. */
const FROM_EVERYWHERE = { ipProtocol: '-1', ipRanges: [{ cidrIp: '0.0.0.0/0' }] };

function fromGroup({ groupId }: SecurityGroup): object {
  return { ipProtocol: '-1', groups: [{ groupId, userId: ACCOUNT_ID }] };
}

const INTERFACE_ATTRIBUTES: Attributes<TaskRecord> = {
  'network-interface-id': ({ network }) => network.networkInterfaceId,
  'subnet-id': ({ network }) => network.subnet.subnetId,
  'vpc-id': ({ network }) => network.subnet.vpcId,
  'group-id': ({ network }) => network.securityGroups,
  'private-ip-address': ({ network }) => network.privateAddress,
};

/** The interfaces of the tasks that have one now; the public address is there once the task runs. */
function describeNetworkInterfaces(account: Account, { input, region, at }: Call<DescribeInput>): object {
  const tasks = [...account.tasks.values()].filter((task) => task.region === region && isAttached(task, at));
  const find = (id: string): TaskRecord | undefined => tasks.find(({ network }) => network.networkInterfaceId === id);
  const error = 'InvalidNetworkInterfaceID.NotFound';
  const found = named(input.NetworkInterfaceId, tasks, find, error, 'networkInterface ID');
  const networkInterfaceSet = filtered(found, input.Filter, INTERFACE_ATTRIBUTES).map((task) => ({
    ...describeInterface(task, region),
    ...(statusAt(courseOf(task), at) === 'RUNNING' ? associationOf(task) : {}),
  }));
  return { networkInterfaceSet };
}

function describeInterface({ network, taskArn, region: taskRegion }: TaskRecord, region: string): object {
  return {
    networkInterfaceId: network.networkInterfaceId,
    subnetId: network.subnet.subnetId,
    vpcId: network.subnet.vpcId,
    availabilityZone: network.subnet.availabilityZone,
    description: arn('ecs', taskRegion, `attachment/${network.attachmentId}`),
    ownerId: ACCOUNT_ID,
    requesterManaged: true,
    status: 'in-use',
    interfaceType: 'interface',
    macAddress: network.macAddress,
    privateIpAddress: network.privateAddress,
    privateDnsName: privateDnsName(network.privateAddress),
    groupSet: network.securityGroups.map((groupId) => ({
      groupId,
      groupName: securityGroup(groupId, region)?.groupName ?? groupId,
    })),
    tagSet: [{ key: 'aws:ecs:taskArn', value: taskArn }],
  };
}

function associationOf({ network }: TaskRecord): object {
  if (network.publicAddress === undefined) return {};
  const publicDnsName = `ec2-${network.publicAddress.replaceAll('.', '-')}.compute-1.amazonaws.com`;
  return { association: { publicIp: network.publicAddress, publicDnsName, ipOwnerId: 'amazon' } };
}

/** What the ids of a call name, or everything when it names none; refuses an id that is not there. */
function named<T>(
  ids: readonly string[] | undefined,
  all: readonly T[],
  find: (id: string) => T | undefined,
  error: string,
  kind: string,
): readonly T[] {
  if (ids === undefined) return all;
  return ids.map((id) => {
    const found = find(id);
    if (found === undefined) throw new ApiError(error, `The ${kind} '${id}' does not exist`);
    return found;
  });
}

/** The items that pass every filter: one of its values has to be one of the item's. `*` stands for any text. */
function filtered<T>(items: readonly T[], filters: readonly Filter[] = [], attributes: Attributes<T>): readonly T[] {
  const tests = filters.map(({ Name, Value }) => {
    const attribute = Object.hasOwn(attributes, Name) ? attributes[Name] : undefined;
    if (attribute === undefined) {
      throw new ApiError(
        'InvalidParameterValue',
        `The filter '${Name}' is invalid, or the simulator does not model it`,
      );
    }
    return (item: T): boolean => Value.some((wanted) => [attribute(item)].flat().some((value) => like(value, wanted)));
  });
  return items.filter((item) => tests.every((test) => test(item)));
}

function like(value: string, wanted: string): boolean {
  const pattern = wanted
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`).test(value);
}
