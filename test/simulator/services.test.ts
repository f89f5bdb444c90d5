import {
  DeleteServiceCommand,
  DescribeClustersCommand,
  DescribeServicesCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
  ListTasksCommand,
  StopTaskCommand,
  TagResourceCommand,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  createShop,
  describe,
  describeService,
  prepareShop,
  refusal,
  type TestAccount,
  testAccount,
} from './account.ts';

let account: TestAccount;
beforeEach(async () => {
  account = await testAccount();
  await prepareShop(account);
});
afterEach(() => account.close());

const update = (changes: Partial<UpdateServiceCommandInput>) =>
  account.ecs.send(new UpdateServiceCommand({ service: 'shop', ...changes }));

async function tasksOf(serviceName = 'shop'): Promise<readonly string[]> {
  return (await account.ecs.send(new ListTasksCommand({ serviceName }))).taskArns ?? [];
}

it('starts its tasks, and says when it is steady', async () => {
  const created = await createShop(account, { desiredCount: 2 });
  expect(created).toMatchObject({
    serviceArn: 'arn:aws:ecs:us-east-1:123456789012:service/default/shop',
    status: 'ACTIVE',
    desiredCount: 2,
    runningCount: 0,
    pendingCount: 0,
    taskDefinition: 'arn:aws:ecs:us-east-1:123456789012:task-definition/shop:1',
    deployments: [{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS', desiredCount: 2 }],
    events: [],
  });
  account.pass(1);
  expect(await describeService(account)).toMatchObject({ runningCount: 0, pendingCount: 2 });
  account.pass(9);
  const service = await describeService(account);
  const [id] = service.deployments?.map((deployment) => deployment.id) ?? [];
  const ids = (await tasksOf()).map((task) => task.replace(/.*\//, ''));
  expect(id).toMatch(/^ecs-svc\/\d{19}$/);
  expect(service).toMatchObject({ runningCount: 2, pendingCount: 0, deployments: [{ rolloutState: 'COMPLETED' }] });
  expect(service.events?.map(({ message }) => message)).toEqual([
    '(service shop) has reached a steady state.',
    `(service shop) (deployment ${id}) deployment completed.`,
    `(service shop) has started 2 tasks: (task ${ids[0]}) (task ${ids[1]}).`,
  ]);
  const [task = ''] = await tasksOf();
  expect(await describe(account, task)).toMatchObject({ startedBy: id, group: 'service:shop', lastStatus: 'RUNNING' });
});

it('is the same whoever looks, and when', async () => {
  const looked = await createShop(account, { desiredCount: 3 });
  for (let second = 0; second < 30; second++) {
    account.pass(1);
    await describeService(account);
  }
  const other = await testAccount();
  await prepareShop(other);
  await createShop(other, { desiredCount: 3 });
  other.pass(30);
  expect(await describeService(account)).toEqual(await describeService(other));
  expect(looked.serviceArn).toBe((await describeService(other)).serviceArn);
  await other.close();
});

it('replaces a task that somebody stops', async () => {
  await createShop(account);
  account.pass(10);
  const [first = ''] = await tasksOf();
  await account.ecs.send(new StopTaskCommand({ task: first, reason: 'try it' }));
  account.pass(10);
  const [second = ''] = await tasksOf();
  expect(second).not.toBe(first);
  expect(await describe(account, first)).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'try it' });
  expect(await describe(account, second)).toMatchObject({ lastStatus: 'RUNNING' });
});

it('scales out and in without a deployment', async () => {
  await createShop(account);
  account.pass(10);
  const before = await describeService(account);
  await update({ desiredCount: 3 });
  account.pass(10);
  expect(await describeService(account)).toMatchObject({ runningCount: 3, desiredCount: 3 });
  await update({ desiredCount: 1 });
  account.pass(10);
  const after = await describeService(account);
  expect(after).toMatchObject({ runningCount: 1, deployments: [{ id: before.deployments?.[0]?.id }] });
  expect(after.events?.[1]?.message).toMatch(/has stopped 2 running tasks: \(task \w+\) \(task \w+\)\.$/);
  const { taskArns = [] } = await account.ecs.send(
    new ListTasksCommand({ serviceName: 'shop', desiredStatus: 'STOPPED' }),
  );
  expect(await describe(account, taskArns[0] as string)).toMatchObject({
    stopCode: 'ServiceSchedulerInitiated',
    stoppedReason: `Scaling activity initiated by (deployment ${before.deployments?.[0]?.id})`,
  });
});

it('is deleted when it is scaled to 0 or by force, and frees its name', async () => {
  const remove = (force?: boolean) => account.ecs.send(new DeleteServiceCommand({ service: 'shop', force }));
  await createShop(account, { desiredCount: 1 });
  account.pass(10);
  expect(await refusal(remove())).toMatchObject({
    name: 'InvalidParameterException',
    message: 'The service cannot be stopped while it is scaled above 0.',
  });
  expect((await remove(true)).service).toMatchObject({ status: 'DRAINING', desiredCount: 0, runningCount: 1 });
  expect((await refusal(createShop(account))).message).toBe('Unable to Start a service that is still Draining.');
  account.pass(10);
  expect(await describeService(account)).toMatchObject({ status: 'INACTIVE', runningCount: 0, deployments: [] });
  expect((await refusal(update({ desiredCount: 1 }))).name).toBe('ServiceNotActiveException');
  expect((await refusal(remove())).name).toBe('ServiceNotFoundException');
  expect((await account.ecs.send(new ListServicesCommand({}))).serviceArns).toEqual([]);
  await createShop(account, { desiredCount: 0 });
  expect((await remove()).service).toMatchObject({ status: 'DRAINING' });
});

it('gives the same service again for the same token', async () => {
  const first = await createShop(account, { clientToken: 'once' });
  const again = await createShop(account, { clientToken: 'once' });
  expect(again.deployments?.[0]?.id).toBe(first.deployments?.[0]?.id);
  const other = createShop(account, { clientToken: 'once', desiredCount: 2 });
  expect(await refusal(other)).toMatchObject({ name: 'ConflictException', resourceIds: [first.serviceArn] });
  await account.ecs.send(new DeleteServiceCommand({ service: 'shop', force: true }));
  account.pass(10);
  expect((await createShop(account, { clientToken: 'once' })).status).toBe('ACTIVE');
});

it('passes its tags on to its tasks where it is told to', async () => {
  const tags = [{ key: 'project', value: 'shop' }];
  const { serviceArn } = await createShop(account, { tags, propagateTags: 'SERVICE', enableECSManagedTags: true });
  await account.ecs.send(new TagResourceCommand({ resourceArn: serviceArn, tags: [{ key: 'a', value: 'b' }] }));
  const all = [...tags, { key: 'a', value: 'b' }];
  expect((await account.ecs.send(new ListTagsForResourceCommand({ resourceArn: serviceArn }))).tags).toEqual(all);
  expect((await describeService(account)).tags).toEqual(all);
  account.pass(1);
  expect((await describe(account, (await tasksOf())[0] as string)).tags).toEqual([
    ...all,
    { key: 'aws:ecs:clusterName', value: 'default' },
    { key: 'aws:ecs:serviceName', value: 'shop' },
  ]);
});

it('is listed, counted and, when there is none, missing', async () => {
  for (const serviceName of ['a', 'b', 'c']) await createShop(account, { serviceName });
  const first = await account.ecs.send(new ListServicesCommand({ maxResults: 2 }));
  const rest = await account.ecs.send(new ListServicesCommand({ maxResults: 2, nextToken: first.nextToken }));
  const names = [...(first.serviceArns ?? []), ...(rest.serviceArns ?? [])].map((arn) => arn.replace(/.*\//, ''));
  expect(names).toEqual(['a', 'b', 'c']);
  expect(rest.nextToken).toBeUndefined();
  const { clusters } = await account.ecs.send(new DescribeClustersCommand({}));
  expect(clusters?.[0]?.activeServicesCount).toBe(3);
  const { services, failures } = await account.ecs.send(new DescribeServicesCommand({ services: ['a', 'z'] }));
  expect(services?.map(({ serviceName }) => serviceName)).toEqual(['a']);
  expect(failures).toEqual([{ arn: 'arn:aws:ecs:us-east-1:123456789012:service/default/z', reason: 'MISSING' }]);
  const nothing = account.ecs.send(new ListTasksCommand({ serviceName: 'z' }));
  expect((await refusal(nothing)).name).toBe('ServiceNotFoundException');
});

it.each([
  [{ serviceName: 'my shop' }, 'InvalidParameterException', /^ServiceName must match/],
  [{ cluster: 'nowhere' }, 'ClusterNotFoundException', 'Cluster not found.'],
  [{ taskDefinition: 'nothing' }, 'ClientException', 'TaskDefinition not found.'],
  [{ desiredCount: -1 }, 'InvalidParameterException', /desiredCount/],
  [{ networkConfiguration: undefined }, 'InvalidParameterException', /^Network Configuration must be provided/],
  [
    { capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
    'InvalidParameterException',
    'Specifying both a launch type and capacity provider strategy is not supported',
  ],
  [
    { deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 100 } },
    'InvalidParameterException',
    'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments',
  ],
  [
    { deploymentConfiguration: { maximumPercent: 50 } },
    'InvalidParameterException',
    'maximumPercent must be at least 100',
  ],
  [
    { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true } } },
    'InvalidParameterException',
    /both enable and rollback/,
  ],
  [{ platformVersion: '9.9.9' }, 'PlatformUnknownException', /platform/],
])('refuses %j', async (changes, name, message) => {
  const error = await refusal(createShop(account, changes as object));
  expect(error.name).toBe(name);
  expect(error.message).toMatch(message);
  expect((await account.ecs.send(new ListServicesCommand({}))).serviceArns).toEqual([]);
});

it('refuses a name that is taken, and to change what is not there', async () => {
  expect((await refusal(update({ desiredCount: 1 }))).name).toBe('ServiceNotFoundException');
  await createShop(account);
  expect(await refusal(createShop(account))).toMatchObject({
    name: 'InvalidParameterException',
    message: 'Creation of service was not idempotent.',
  });
});
