import type { Account, Call } from '../account.ts';
import { courseOf } from '../course.ts';
import { ACCOUNT_ID, arn } from '../identifiers.ts';
import { defaultSubnets, defaultVpcId, type Subnet, subnet } from '../network.ts';
import type { TaskRecord } from '../records/tasks.ts';
import { securityGroup } from '../security-group.ts';
import { isAttached, privateDnsName, statusAt } from '../task.ts';
import { type Attributes, type Filter, filtered, named } from './filters.ts';
import type { Operation } from './operation.ts';

interface DescribeInput {
  readonly Filter?: readonly Filter[];
  readonly VpcId?: readonly string[];
  readonly SubnetId?: readonly string[];
  readonly NetworkInterfaceId?: readonly string[];
}

export const networkOperations: Readonly<Record<string, Operation>> = {
  DescribeVpcs: { answer: describeVpcs },
  DescribeSubnets: { answer: describeSubnets },
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
    ...describeInterface(account, task),
    ...(statusAt(courseOf(task), at) === 'RUNNING' ? associationOf(task) : {}),
  }));
  return { networkInterfaceSet };
}

function describeInterface(account: Account, { network, taskArn, region }: TaskRecord): object {
  return {
    networkInterfaceId: network.networkInterfaceId,
    subnetId: network.subnet.subnetId,
    vpcId: network.subnet.vpcId,
    availabilityZone: network.subnet.availabilityZone,
    description: arn('ecs', region, `attachment/${network.attachmentId}`),
    ownerId: ACCOUNT_ID,
    requesterManaged: true,
    status: 'in-use',
    interfaceType: 'interface',
    macAddress: network.macAddress,
    privateIpAddress: network.privateAddress,
    privateDnsName: privateDnsName(network.privateAddress),
    groupSet: network.securityGroups.map((groupId) => ({
      groupId,
      groupName: securityGroup(account, groupId, region)?.groupName ?? groupId,
    })),
    tagSet: [{ key: 'aws:ecs:taskArn', value: taskArn }],
  };
}

function associationOf({ network }: TaskRecord): object {
  if (network.publicAddress === undefined) return {};
  const publicDnsName = `ec2-${network.publicAddress.replaceAll('.', '-')}.compute-1.amazonaws.com`;
  return { association: { publicIp: network.publicAddress, publicDnsName, ipOwnerId: 'amazon' } };
}
