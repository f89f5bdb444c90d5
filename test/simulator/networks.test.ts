import {
  DescribeAvailabilityZonesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refusal, type TestAccount, testAccount } from './account.ts';

let account: TestAccount;
beforeEach(async () => {
  account = await testAccount();
});
afterEach(() => account.close());

it('has a default VPC with three public subnets', async () => {
  const byDefault = [{ Name: 'is-default', Values: ['true'] }];
  const { Vpcs } = await account.ec2.send(new DescribeVpcsCommand({ Filters: byDefault }));
  expect(Vpcs).toMatchObject([{ CidrBlock: '172.31.0.0/16', IsDefault: true }]);
  const filters = [
    { Name: 'vpc-id', Values: [Vpcs?.[0]?.VpcId as string] },
    { Name: 'default-for-az', Values: ['true'] },
  ];
  const { Subnets } = await account.ec2.send(new DescribeSubnetsCommand({ Filters: filters }));
  expect(Subnets?.map((subnet) => [subnet.AvailabilityZone, subnet.CidrBlock, subnet.MapPublicIpOnLaunch])).toEqual([
    ['us-east-1a', '172.31.0.0/20', true],
    ['us-east-1b', '172.31.16.0/20', true],
    ['us-east-1c', '172.31.32.0/20', true],
  ]);
});

it('has a default security group that admits only itself; one that is named admits all', async () => {
  const filters = [{ Name: 'group-name', Values: ['default'] }];
  const { SecurityGroups } = await account.ec2.send(new DescribeSecurityGroupsCommand({ Filters: filters }));
  const id = SecurityGroups?.[0]?.GroupId as string;
  expect(SecurityGroups?.[0]?.IpPermissions).toMatchObject([{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: id }] }]);
  expect(SecurityGroups?.[0]?.IpPermissions?.[0]?.IpRanges ?? []).toEqual([]);
  const named = await account.ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: ['sg-0123', id] }));
  expect(named.SecurityGroups?.map(({ GroupId }) => GroupId)).toEqual(['sg-0123', id]);
  expect(named.SecurityGroups?.[0]?.IpPermissions).toMatchObject([
    { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
  ]);
});

it('has every subnet that is asked for, and refuses ids that are none', async () => {
  const { Subnets } = await account.ec2.send(new DescribeSubnetsCommand({ SubnetIds: ['subnet-0abc'] }));
  expect(Subnets).toMatchObject([{ SubnetId: 'subnet-0abc', DefaultForAz: false }]);
  const net = account.ec2.send(new DescribeSubnetsCommand({ SubnetIds: ['net-1'] }));
  expect(await refusal(net)).toMatchObject({
    name: 'InvalidSubnetID.NotFound',
    message: "The subnet ID 'net-1' does not exist",
  });
  const eni = account.ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: ['eni-<&>'] }));
  expect(await refusal(eni)).toMatchObject({
    name: 'InvalidNetworkInterfaceID.NotFound',
    message: "The networkInterface ID 'eni-<&>' does not exist",
  });
});

it('says which filter or operation it does not model', async () => {
  const filters = [{ Name: 'tag:Name', Values: ['x'] }];
  const filtered = account.ec2.send(new DescribeVpcsCommand({ Filters: filters }));
  expect((await refusal(filtered)).message).toContain("'tag:Name'");
  const zones = await refusal(account.ec2.send(new DescribeAvailabilityZonesCommand({})));
  expect(zones).toMatchObject({ name: 'UnknownOperationException' });
  expect(zones.message).toContain('DescribeAvailabilityZones');
});
