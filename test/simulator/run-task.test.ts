import {
  CreateClusterCommand,
  DeregisterTaskDefinitionCommand,
  DescribeClustersCommand,
  DescribeTasksCommand,
  ListTagsForResourceCommand,
  ListTasksCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describe, prepareShop, RUN_SHOP, refusal, runShop, type TestAccount, testAccount } from './account.ts';

let account: TestAccount;
beforeEach(async () => {
  account = await testAccount();
  await prepareShop(account);
});
afterEach(() => account.close());

const run = (changes: Partial<RunTaskCommandInput>) =>
  account.ecs.send(new RunTaskCommand({ ...RUN_SHOP, ...changes }));

it('starts several tasks, each with an id and addresses of its own', async () => {
  const { tasks = [], failures } = await run({ count: 10 });
  expect(failures).toEqual([]);
  expect(new Set(tasks.map(({ taskArn }) => taskArn)).size).toBe(10);
  account.pass(10);
  const { tasks: running = [] } = await account.ecs.send(
    new DescribeTasksCommand({ tasks: tasks.map(({ taskArn }) => taskArn as string) }),
  );
  const addresses = running.map(({ containers }) => containers?.[0]?.networkInterfaces?.[0]?.privateIpv4Address);
  expect(new Set(addresses).size).toBe(10);
  expect(addresses[0]).toMatch(/^172\.31\./);
});

it('gives the same task again for the same token, for a day', async () => {
  const first = await runShop(account, { clientToken: 'once' });
  account.pass(60);
  expect(await runShop(account, { clientToken: 'once' })).toBe(first);
  const conflict = await refusal(run({ clientToken: 'once', startedBy: 'somebody' }));
  expect(conflict).toMatchObject({ name: 'ConflictException', resourceIds: [first] });
  expect(await runShop(account, { clientToken: 'twice' })).not.toBe(first);
  account.pass(24 * 60 * 60);
  expect(await runShop(account, { clientToken: 'once' })).not.toBe(first);
});

it('keeps who started a task, its group and its tags, and lists by them', async () => {
  const tags = [{ key: 'project', value: 'shop' }];
  const own = await runShop(account, { startedBy: 'compose2fargate/shop', tags });
  const other = await runShop(account, { startedBy: 'another' });
  expect(await describe(account, own)).toMatchObject({ startedBy: 'compose2fargate/shop', tags, group: 'family:shop' });
  const list = async (input: object) => (await account.ecs.send(new ListTasksCommand(input))).taskArns;
  expect(await list({ startedBy: 'compose2fargate/shop' })).toEqual([own]);
  expect(await list({ family: 'shop' })).toEqual([own, other]);
  expect(await list({ family: 'other' })).toEqual([]);
});

it('tags and untags what there is', async () => {
  const resourceArn = await runShop(account, { tags: [{ key: 'a', value: '1' }] });
  const tags = [
    { key: 'a', value: '2' },
    { key: 'b', value: '3' },
  ];
  await account.ecs.send(new TagResourceCommand({ resourceArn, tags }));
  expect((await describe(account, resourceArn)).tags).toEqual(tags);
  await account.ecs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }));
  const left = await account.ecs.send(new ListTagsForResourceCommand({ resourceArn }));
  expect(left.tags).toEqual([{ key: 'b', value: '3' }]);
  const unknown = account.ecs.send(new TagResourceCommand({ resourceArn: `${resourceArn}0`, tags }));
  expect(await refusal(unknown)).toMatchObject({ name: 'InvalidParameterException' });
});

it.each([
  [{ cluster: 'nowhere' }, 'ClusterNotFoundException', 'Cluster not found.'],
  [{ taskDefinition: 'nothing' }, 'ClientException', 'TaskDefinition not found.'],
  [{ count: 11 }, 'InvalidParameterException', /Count/],
  [{ launchType: undefined }, 'InvalidParameterException', 'No Container Instances were found in your cluster.'],
  [{ networkConfiguration: undefined }, 'InvalidParameterException', /^Network Configuration must be provided/],
  [{ platformVersion: '9.9.9' }, 'PlatformUnknownException', /platform/],
  [
    { networkConfiguration: { awsvpcConfiguration: { subnets: ['net-1'] } } },
    'InvalidParameterException',
    /The subnet ID 'net-1' does not exist \(ErrorCode: InvalidSubnetID.NotFound\)$/,
  ],
  [
    { overrides: { containerOverrides: [{ name: 'cache' }] } },
    'InvalidParameterException',
    'Override for container named cache is not a container in the TaskDefinition.',
  ],
  [
    { overrides: { containerOverrides: [{ name: 'web', command: ['x'.repeat(8200)] }] } },
    'InvalidParameterException',
    'Container Overrides length must be at most 8192',
  ],
  [{ propagateTags: 'SERVICE' }, 'InvalidParameterException', /^propagateTags/],
])('refuses %j', async (changes, name, message) => {
  const error = await refusal(run(changes as Partial<RunTaskCommandInput>));
  expect(error.name).toBe(name);
  expect(error.message).toMatch(message);
  expect((await account.ecs.send(new ListTasksCommand({}))).taskArns).toEqual([]);
});

it('refuses a revision that is deregistered, and a definition that is not for Fargate', async () => {
  await account.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'shop:1' }));
  expect((await refusal(run({ taskDefinition: 'shop:1' }))).message).toBe('TaskDefinition is inactive');
  const other = await testAccount({ validate: () => undefined });
  await prepareShop(other, { requiresCompatibilities: ['EC2'] });
  expect((await refusal(runShop(other))).message).toBe('Task definition does not support launch_type FARGATE.');
  await other.close();
});

it('runs on Spot where the cluster has the capacity provider', async () => {
  const spot = { launchType: undefined, capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] };
  expect((await refusal(run(spot as never))).name).toBe('InvalidParameterException');
  await account.ecs.send(new CreateClusterCommand({ clusterName: 'cheap', capacityProviders: ['FARGATE_SPOT'] }));
  const { tasks } = await run({ ...spot, cluster: 'cheap' } as never);
  expect(tasks?.[0]).toMatchObject({ capacityProviderName: 'FARGATE_SPOT' });
  expect(tasks?.[0]?.launchType).toBeUndefined();
});

it('knows only the clusters that were made, and counts their tasks', async () => {
  const { clusters, failures } = await account.ecs.send(
    new DescribeClustersCommand({ clusters: ['default', 'other'] }),
  );
  expect(clusters?.map(({ clusterName, status }) => [clusterName, status])).toEqual([['default', 'ACTIVE']]);
  expect(failures).toEqual([{ arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/other', reason: 'MISSING' }]);
  await runShop(account);
  account.pass(10);
  await runShop(account);
  const counted = await account.ecs.send(new DescribeClustersCommand({}));
  expect(counted.clusters?.[0]).toMatchObject({ runningTasksCount: 1, pendingTasksCount: 1 });
});

it('says which tasks are missing', async () => {
  const { failures } = await account.ecs.send(new DescribeTasksCommand({ tasks: ['0'.repeat(32)] }));
  expect(failures?.[0]).toMatchObject({ reason: 'MISSING', arn: expect.stringMatching(/:task\/default\/0{32}$/) });
});
