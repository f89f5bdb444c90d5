import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointsCommand,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { StopTaskCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { prepareShop, RUN_SHOP, refusal, runShop, type TestAccount, testAccount } from './account.ts';

let account: TestAccount;
beforeEach(async () => {
  account = await testAccount();
});
afterEach(() => account.close());

const web: IpPermission = {
  IpProtocol: 'tcp',
  FromPort: 80,
  ToPort: 80,
  IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'web' }],
};

async function create(GroupName = 'shop'): Promise<string> {
  const TagSpecifications = [{ ResourceType: 'security-group' as const, Tags: [{ Key: 'team', Value: 'a' }] }];
  const input = { GroupName, Description: 'for the shop', TagSpecifications };
  const { GroupId } = await account.ec2.send(new CreateSecurityGroupCommand(input));
  return GroupId as string;
}

async function find(name: string, value: string) {
  const Filters = [{ Name: name, Values: [value] }];
  const { SecurityGroups = [] } = await account.ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  return SecurityGroups;
}

it('makes a group that admits nothing, and finds it by its tags', async () => {
  const GroupId = await create();
  expect(await find('tag:team', 'a')).toMatchObject([{ GroupId, GroupName: 'shop', Description: 'for the shop' }]);
  expect((await find('tag:team', 'a'))[0]?.IpPermissions ?? []).toEqual([]);
  await account.ec2.send(new CreateTagsCommand({ Resources: [GroupId], Tags: [{ Key: 'team', Value: 'b' }] }));
  expect(await find('tag:team', 'a')).toEqual([]);
  expect(await find('tag:team', 'b')).toHaveLength(1);
  expect(await refusal(create())).toMatchObject({ name: 'InvalidGroup.Duplicate' });
});

it('admits what it is told to, once, until that is revoked', async () => {
  const GroupId = await create();
  const other: IpPermission = { ...web, IpRanges: [], UserIdGroupPairs: [{ GroupId: 'sg-1' }] };
  const authorize = (IpPermissions: IpPermission[]) =>
    account.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  await authorize([web, other]);
  const [group] = await find('group-id', GroupId);
  expect(group?.IpPermissions).toMatchObject([{ ...web, UserIdGroupPairs: [{ GroupId: 'sg-1' }] }]);
  expect(await refusal(authorize([web]))).toMatchObject({
    name: 'InvalidPermission.Duplicate',
    message: 'the specified rule "peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW" already exists',
  });
  const revoke = () => account.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [web] }));
  await revoke();
  expect((await find('group-id', GroupId))[0]?.IpPermissions?.[0]?.IpRanges ?? []).toEqual([]);
  expect(await refusal(revoke())).toMatchObject({ name: 'InvalidPermission.NotFound' });
});

it('deletes a group once no task has an interface in it, and knows it no more', async () => {
  const GroupId = await create();
  const remove = () => account.ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
  await prepareShop(account);
  const network = { ...RUN_SHOP.networkConfiguration?.awsvpcConfiguration, subnets: ['subnet-1'] };
  const task = await runShop(account, {
    networkConfiguration: { awsvpcConfiguration: { ...network, securityGroups: [GroupId] } },
  });
  account.pass(60);
  expect(await refusal(remove())).toMatchObject({
    name: 'DependencyViolation',
    message: `resource ${GroupId} has a dependent object`,
  });
  await account.ecs.send(new StopTaskCommand({ task }));
  account.pass(120);
  await remove();
  expect(await refusal(remove())).toMatchObject({ name: 'InvalidGroup.NotFound' });
  const named = account.ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));
  expect(await refusal(named)).toMatchObject({ name: 'InvalidGroup.NotFound' });
  expect(await create()).not.toBe(GroupId);
});

it('knows a group of the default VPC by its name', async () => {
  const GroupId = await create();
  const described = async (...GroupNames: string[]) =>
    (await account.ec2.send(new DescribeSecurityGroupsCommand({ GroupNames }))).SecurityGroups;
  expect(await described('shop')).toMatchObject([{ GroupId }]);
  expect(await refusal(described('shop', 'other'))).toMatchObject({
    name: 'InvalidGroup.NotFound',
    message: "The security group 'other' does not exist",
  });
  await account.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupName: 'shop', IpPermissions: [web] }));
  expect(await described('shop')).toMatchObject([{ IpPermissions: [web] }]);
  const remove = (GroupName?: string) => account.ec2.send(new DeleteSecurityGroupCommand({ GroupName }));
  expect(await refusal(remove('default'))).toMatchObject({ name: 'CannotDelete' });
  expect(await refusal(remove())).toMatchObject({ name: 'MissingParameter' });
  await remove('shop');
  expect(await refusal(described('shop'))).toMatchObject({ name: 'InvalidGroup.NotFound' });
});

it('routes subnets to an internet gateway, to a NAT gateway or nowhere, as their ids say', async () => {
  const tables = async (name: string, ...Values: string[]) => {
    const Filters = [{ Name: name, Values }];
    const { RouteTables = [] } = await account.ec2.send(new DescribeRouteTablesCommand({ Filters }));
    return RouteTables.map(({ Associations, Routes }) => [
      Associations?.[0]?.SubnetId ?? 'main',
      Routes?.filter(({ GatewayId }) => GatewayId !== 'local').map(({ GatewayId, NatGatewayId }) =>
        (GatewayId ?? NatGatewayId)?.slice(0, 3),
      ),
    ]);
  };
  expect(await tables('association.main', 'true')).toEqual([['main', ['igw']]]);
  expect(await tables('association.subnet-id', 'subnet-1', 'subnet-private1', 'subnet-nat1')).toEqual([
    ['subnet-private1', []],
    ['subnet-nat1', ['nat']],
  ]);
  const { VpcEndpoints = [] } = await account.ec2.send(new DescribeVpcEndpointsCommand({}));
  expect(VpcEndpoints).toEqual([]);
});
