import {
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BEGINNING, refusal, SHOP, type TestAccount, testAccount } from './account.ts';

let account: TestAccount;
beforeEach(async () => {
  account = await testAccount({
    validate: ({ family }) => (family === 'bad' ? 'Container list cannot be empty' : undefined),
  });
});
afterEach(() => account.close());

const register = (changes: object = {}) => account.ecs.send(new RegisterTaskDefinitionCommand({ ...SHOP, ...changes }));
const describe = (taskDefinition: string) =>
  account.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }));

it('answers as ECS does: sizes as integers, defaults filled in, ARNs for short names', async () => {
  const { taskDefinition } = await register();
  expect(taskDefinition).toMatchObject({
    taskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/shop:1',
    revision: 1,
    status: 'ACTIVE',
    cpu: '512',
    memory: '1024',
    executionRoleArn: 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole',
    registeredAt: new Date(BEGINNING),
    compatibilities: ['EC2', 'FARGATE'],
    volumes: [{ name: 'data', host: {} }],
    placementConstraints: [],
  });
  const [db, web] = taskDefinition?.containerDefinitions ?? [];
  expect(db).toMatchObject({
    cpu: 0,
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    portMappings: [],
    systemControls: [],
    healthCheck: { interval: 10, timeout: 5, retries: 3 },
  });
  expect(web).toMatchObject({ essential: true, portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }] });
  expect(web?.environment?.map(({ name }) => name)).toEqual(['B', 'A']);
});

it('finds the latest active revision of a family, and any by its number or ARN', async () => {
  await register({ tags: [{ key: 'project', value: 'shop' }] });
  await register();
  const { taskDefinition } = await register();
  await account.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'shop:3' }));
  expect((await describe('shop')).taskDefinition?.revision).toBe(2);
  expect((await describe('shop:3')).taskDefinition?.status).toBe('INACTIVE');
  expect((await describe(taskDefinition?.taskDefinitionArn as string)).taskDefinition?.revision).toBe(3);
  expect((await describe('shop:1')).tags).toEqual([{ key: 'project', value: 'shop' }]);
});

it('refuses what it does not know in the words of ECS', async () => {
  const unknown = { name: 'ClientException', message: 'Unable to describe task definition.' };
  expect(await refusal(describe('shop'))).toMatchObject(unknown);
  await register();
  expect(await refusal(describe('shop:2'))).toMatchObject(unknown);
});

it('refuses what the checker refuses, and registers nothing', async () => {
  const bad = { name: 'ClientException', message: 'Container list cannot be empty', $fault: 'client' };
  expect(await refusal(register({ family: 'bad' }))).toMatchObject(bad);
  expect(await refusal(describe('bad'))).toMatchObject({ name: 'ClientException' });
});

it('refuses by the checker unless told otherwise', async () => {
  await account.close();
  account = await testAccount();
  const message =
    'No Fargate configuration exists for given values: 256 CPU, 8192 memory. See the Amazon ECS documentation for the valid values.';
  expect(await refusal(register({ cpu: '256', memory: '8192' }))).toMatchObject({ name: 'ClientException', message });
  expect((await register()).taskDefinition?.revision).toBe(1);
});

it('lists revisions by family, either way round, page by page', async () => {
  for (let revision = 1; revision <= 3; revision++) await register();
  await register({ family: 'shopping' });
  const list = async (input: object) => {
    const { taskDefinitionArns = [], nextToken } = await account.ecs.send(new ListTaskDefinitionsCommand(input));
    return [taskDefinitionArns.map((arn) => arn.replace(/^.*\//, '')), nextToken];
  };
  expect(await list({ familyPrefix: 'shop' })).toEqual([['shop:1', 'shop:2', 'shop:3'], undefined]);
  expect(await list({})).toEqual([['shop:1', 'shop:2', 'shop:3', 'shopping:1'], undefined]);
  const [first, nextToken] = await list({ familyPrefix: 'shop', sort: 'DESC', maxResults: 2 });
  expect(first).toEqual(['shop:3', 'shop:2']);
  expect(await list({ familyPrefix: 'shop', sort: 'DESC', maxResults: 2, nextToken })).toEqual([['shop:1'], undefined]);
});

it('lists families by what is left of them', async () => {
  await register();
  await register({ family: 'shopping' });
  await register({ family: 'bank' });
  await account.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'shopping:1' }));
  const list = async (input: object) => (await account.ecs.send(new ListTaskDefinitionFamiliesCommand(input))).families;
  expect(await list({})).toEqual(['bank', 'shop']);
  expect(await list({ familyPrefix: 'shop', status: 'INACTIVE' })).toEqual(['shopping']);
  expect(await list({ familyPrefix: 'shop', status: 'ALL' })).toEqual(['shop', 'shopping']);
});

it('deletes what is deregistered, and never uses its number again', async () => {
  await register();
  const remove = (...taskDefinitions: string[]) =>
    account.ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions }));
  expect((await remove('shop:1', 'shop:9')).failures).toEqual([
    {
      arn: 'shop:1',
      reason: 'The specified task definition is still in ACTIVE status. Please deregister the target and try again.',
    },
    { arn: 'shop:9', reason: 'The specified task definition does not exist.' },
  ]);
  await account.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'shop:1' }));
  expect((await remove('shop:1')).taskDefinitions).toMatchObject([{ revision: 1, status: 'DELETE_IN_PROGRESS' }]);
  expect((await describe('shop:1')).taskDefinition?.deleteRequestedAt).toBeInstanceOf(Date);
  expect((await register()).taskDefinition?.revision).toBe(2);
  const eleven = Array.from({ length: 11 }, (_, index) => `shop:${index + 1}`);
  expect(await refusal(remove(...eleven))).toMatchObject({ name: 'InvalidParameterException' });
});
