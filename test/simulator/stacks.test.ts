import {
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { CreateLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeClustersCommand, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createShop, refusal, SHOP, type TestAccount, testAccount } from './account.ts';

let account: TestAccount;
let client: CloudFormationClient;
beforeEach(async () => {
  account = await testAccount();
  client = new CloudFormationClient({
    endpoint: account.simulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  });
});
afterEach(() => account.close());

const cluster = { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'prod' } };
const logs = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/ecs/cluster/prod' } };
const vpc = (CidrBlock = '10.0.0.0/16') => ({ Type: 'AWS::EC2::VPC', Properties: { CidrBlock } });
const subnet = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/20' } };

/** Has a change set made, and gives its id. */
async function changeSet(resources: object, changes: Partial<CreateChangeSetCommandInput> = {}): Promise<string> {
  const body = {
    Resources: resources,
    Outputs: { Name: { Value: { 'Fn::Join': ['-', ['is', { Ref: 'Cluster' }]] } } },
  };
  const { Id = '' } = await client.send(
    new CreateChangeSetCommand({
      StackName: 'prod',
      ChangeSetName: 'first',
      ChangeSetType: 'CREATE',
      TemplateBody: JSON.stringify(body),
      Tags: [{ Key: 'team', Value: 'web' }],
      ...changes,
    }),
  );
  account.pass(5);
  return Id;
}

async function execute(id: string): Promise<void> {
  await client.send(new ExecuteChangeSetCommand({ ChangeSetName: id, ClientRequestToken: 'token' }));
}

async function stack(name = 'prod'): Promise<Stack> {
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
  return Stacks?.[0] as Stack;
}

async function events(): Promise<readonly string[]> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'prod' }));
  return StackEvents.map((event) => `${event.LogicalResourceId} ${event.ResourceStatus}`).reverse();
}

it('takes an empty list for none', async () => {
  await execute(await changeSet({ Cluster: cluster }, { Tags: [] }));
  expect((await stack()).Tags ?? []).toEqual([]);
});

it('works out a change set, and makes what it says as time passes', async () => {
  const id = await changeSet({ Subnet: subnet, Vpc: vpc(), Cluster: cluster, Logs: logs });
  const { Status, Changes } = await client.send(new DescribeChangeSetCommand({ ChangeSetName: id }));
  expect(Status).toBe('CREATE_COMPLETE');
  expect(
    Changes?.map(({ ResourceChange }) => `${ResourceChange?.Action} ${ResourceChange?.LogicalResourceId}`),
  ).toEqual(['Add Subnet', 'Add Vpc', 'Add Cluster', 'Add Logs']);
  expect((await stack()).StackStatus).toBe('REVIEW_IN_PROGRESS');

  await execute(id);
  expect((await stack()).StackStatus).toBe('CREATE_IN_PROGRESS');
  account.pass(10);
  const { clusters } = await account.ecs.send(new DescribeClustersCommand({ clusters: ['prod'] }));
  expect(clusters?.[0]?.status).toBe('ACTIVE');
  // The subnet waits for its VPC.
  expect(await events()).not.toContain('Subnet CREATE_IN_PROGRESS');
  account.pass(60);
  const made = await stack();
  expect(made.StackStatus).toBe('CREATE_COMPLETE');
  expect(made.Outputs).toMatchObject([{ OutputKey: 'Name', OutputValue: 'is-prod' }]);
  expect(made.Tags).toEqual([{ Key: 'team', Value: 'web' }]);
  const { logGroups } = await account.logs.send(new DescribeLogGroupsCommand({}));
  expect(logGroups?.map(({ logGroupName }) => logGroupName)).toEqual(['/ecs/cluster/prod']);
});

it('finds no change where there is none, and replaces what cannot be changed', async () => {
  await execute(await changeSet({ Cluster: cluster, Vpc: vpc(), Subnet: subnet }));
  account.pass(60);
  const same = await changeSet({ Cluster: cluster, Vpc: vpc(), Subnet: subnet }, { ChangeSetType: 'UPDATE' });
  expect(await client.send(new DescribeChangeSetCommand({ ChangeSetName: same }))).toMatchObject({
    Status: 'FAILED',
    StatusReason: expect.stringContaining("didn't contain changes"),
  });
  expect(await refusal(execute(same))).toMatchObject({ name: 'InvalidChangeSetStatusException' });

  const other = { Cluster: cluster, Vpc: vpc('10.1.0.0/16'), Subnet: subnet };
  const id = await changeSet(other, { ChangeSetType: 'UPDATE', ChangeSetName: 'other' });
  const { Changes } = await client.send(new DescribeChangeSetCommand({ ChangeSetName: id }));
  expect(Changes?.map(({ ResourceChange: one }) => `${one?.LogicalResourceId} ${one?.Replacement}`)).toEqual([
    'Vpc True',
    'Subnet Conditional',
  ]);
  await execute(id);
  account.pass(120);
  expect((await stack()).StackStatus).toBe('UPDATE_COMPLETE');
  const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName: 'prod' }));
  expect(StackResources?.map((one) => one.LogicalResourceId).sort()).toEqual(['Cluster', 'Subnet', 'Vpc']);
});

it('takes all back when a resource cannot be made, and says why', async () => {
  await account.logs.send(new CreateLogGroupCommand({ logGroupName: '/ecs/cluster/prod' }));
  await execute(await changeSet({ Vpc: vpc(), Logs: logs, Cluster: cluster }));
  account.pass(120);
  expect((await stack()).StackStatus).toBe('ROLLBACK_COMPLETE');
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'prod' }));
  const failed = StackEvents.filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED').reverse();
  expect(failed[0]).toMatchObject({
    LogicalResourceId: 'Logs',
    ResourceStatusReason: expect.stringContaining('already exists'),
    ClientRequestToken: 'token',
  });
  expect(failed[1]?.ResourceStatusReason).toBe('Resource creation cancelled');
  expect(await events()).toContain('Vpc DELETE_COMPLETE');
  // What was there before is there still.
  expect((await account.logs.send(new DescribeLogGroupsCommand({}))).logGroups).toHaveLength(1);
  expect(await refusal(changeSet({ Cluster: cluster }, { ChangeSetType: 'UPDATE', ChangeSetName: 'x' }))).toMatchObject(
    {
      message: expect.stringContaining('is in ROLLBACK_COMPLETE state and can not be updated'),
    },
  );
});

it('does not delete a cluster that has services', async () => {
  await execute(await changeSet({ Cluster: cluster, Vpc: vpc() }));
  account.pass(60);
  await account.ecs.send(new RegisterTaskDefinitionCommand(SHOP));
  await createShop(account, { cluster: 'prod' });
  await client.send(new DeleteStackCommand({ StackName: 'prod' }));
  account.pass(60);
  expect((await stack()).StackStatus).toBe('DELETE_FAILED');
  const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName: 'prod' }));
  expect(StackResources?.map((one) => `${one.LogicalResourceId} ${one.ResourceStatus}`)).toEqual([
    'Cluster DELETE_FAILED',
  ]);
});

it('forgets the name of a deleted stack, and knows its id', async () => {
  await execute(await changeSet({ Cluster: cluster }));
  account.pass(60);
  const { StackId = '' } = await stack();
  await client.send(new DeleteStackCommand({ StackName: 'prod' }));
  account.pass(60);
  expect((await refusal(stack())).message).toBe('Stack with id prod does not exist');
  expect((await stack(StackId)).StackStatus).toBe('DELETE_COMPLETE');
  const { clusters } = await account.ecs.send(new DescribeClustersCommand({ clusters: ['prod'] }));
  expect(clusters?.[0]?.status).toBe('INACTIVE');
});

it.each<[string, object, Partial<CreateChangeSetCommandInput>, string]>([
  ['an unknown reference', { Subnet: subnet }, {}, 'Unresolved resource dependencies [Vpc]'],
  [
    'a role without the capability',
    { Role: { Type: 'AWS::IAM::Role' } },
    {},
    'Requires capabilities : [CAPABILITY_IAM]',
  ],
  ['an update of nothing', { Cluster: cluster }, { ChangeSetType: 'UPDATE' }, 'Stack [prod] does not exist'],
  ['a name with an underscore', { Cluster: cluster }, { StackName: 'a_b' }, "Value 'a_b' at 'stackName'"],
])('refuses %s', async (_, resources, changes, words) => {
  expect((await refusal(changeSet(resources, changes))).message).toContain(words);
});

it('has room for five VPCs in a region, of which one is the default VPC', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    await execute(await changeSet({ Vpc: vpc() }, { StackName: name }));
    account.pass(60);
  }
  expect((await stack('d')).StackStatus).toBe('CREATE_COMPLETE');
  expect((await stack('e')).StackStatus).toBe('ROLLBACK_COMPLETE');
});
