import { DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import {
  CreateClusterCommand,
  DescribeClustersCommand,
  DescribeTasksCommand,
  ECSClient,
  ListServicesByNamespaceCommand,
  ListTasksCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, expect, it } from 'vitest';
import type { Fault } from '../../src/simulator.ts';
import { describe, prepareShop, RUN_SHOP, refusal, runShop, type TestAccount, testAccount } from './account.ts';

let account: TestAccount;
afterEach(() => account.close());

async function faulty(...faults: Fault[]): Promise<TestAccount> {
  account = await testAccount({ faults });
  await prepareShop(account);
  return account;
}

const list = () => account.ecs.send(new ListTasksCommand({}));

it.each([
  ['throttle', 'ThrottlingException'],
  ['server-error', 'ServerException'],
  ['access-denied', 'AccessDeniedException'],
  ['expired', 'ExpiredTokenException'],
] as const)('refuses the call that a %s is for, and no other', async (kind, name) => {
  await faulty({ operation: 'ListTasks', nth: 2, times: 2, kind });
  await list();
  expect((await refusal(list())).name).toBe(name);
  expect((await refusal(list())).name).toBe(name);
  expect((await list()).taskArns).toEqual([]);
});

it('refuses in the words of EC2 too', async () => {
  await faulty({ operation: 'DescribeVpcs', kind: 'throttle' });
  expect((await refusal(account.ec2.send(new DescribeVpcsCommand({})))).name).toBe('RequestLimitExceeded');
});

it('breaks the connection before the call or after it', async () => {
  await faulty({ operation: 'RunTask', kind: 'reset' }, { operation: 'RunTask', nth: 2, kind: 'lost-answer' });
  await refusal(runShop(account, { clientToken: 'one' }));
  expect((await list()).taskArns).toEqual([]);
  await refusal(runShop(account, { clientToken: 'one' }));
  const started = await list();
  expect(started.taskArns).toEqual([await runShop(account, { clientToken: 'one' })]);
});

it('never answers', async () => {
  await faulty({ operation: 'DescribeClusters', kind: 'hang' });
  const abort = AbortSignal.timeout(100);
  const hanging = account.ecs.send(new DescribeClustersCommand({}), { abortSignal: abort });
  expect((await refusal(hanging)).name).toBe('AbortError');
});

it('has no capacity', async () => {
  await faulty({ operation: 'RunTask', kind: 'no-capacity' });
  const { tasks, failures } = await account.ecs.send(new RunTaskCommand(RUN_SHOP));
  expect(tasks).toEqual([]);
  expect(failures?.[0]?.reason).toMatch(/^Capacity is unavailable at this time/);
});

it('has capacity for half of the tasks', async () => {
  await faulty({ operation: 'RunTask', kind: 'some-capacity', times: 2 });
  const { tasks, failures } = await account.ecs.send(new RunTaskCommand({ ...RUN_SHOP, count: 3 }));
  expect(tasks).toHaveLength(1);
  expect(failures).toEqual(Array(2).fill({ reason: expect.stringMatching(/^Capacity is unavailable/) }));
  expect((await list()).taskArns).toEqual([tasks?.[0]?.taskArn]);
  const none = await account.ecs.send(new RunTaskCommand(RUN_SHOP));
  expect({ tasks: none.tasks, failures: none.failures?.length }).toEqual({ tasks: [], failures: 1 });
});

it('does not see at once what was made', async () => {
  await faulty({ operation: 'DescribeTasks', kind: 'not-visible' }, { operation: 'ListTasks', kind: 'not-visible' });
  const task = await runShop(account);
  expect((await list()).taskArns).toEqual([]);
  const { tasks, failures } = await account.ecs.send(new DescribeTasksCommand({ tasks: [task] }));
  expect({ tasks, failures }).toEqual({ tasks: [], failures: [{ arn: task, reason: 'MISSING' }] });
  expect((await describe(account, task)).taskArn).toBe(task);
  expect((await list()).taskArns).toEqual([task]);
});

it('refuses calls that come faster than ECS takes them', async () => {
  account = await testAccount({ limitRates: true });
  const create = () => account.ecs.send(new CreateClusterCommand({}));
  for (let call = 0; call < 20; call++) await create();
  expect(await refusal(create())).toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
  expect((await list()).taskArns).toEqual([]);
  account.pass(1);
  await create();
  expect((await refusal(create())).name).toBe('ThrottlingException');
});

it('records every call, the repetitions of the SDK too', async () => {
  await faulty({ operation: 'ListTasks', kind: 'server-error' });
  const { endpoint } = account.simulator;
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const patient = new ECSClient({ endpoint, region: 'us-east-1', credentials });
  await patient.send(new ListTasksCommand({}));
  const calls = account.simulator.calls.map(({ service, operation }) => `${service} ${operation}`);
  expect(calls).toEqual([
    'ecs CreateCluster',
    'logs CreateLogGroup',
    'ecs RegisterTaskDefinition',
    'ecs ListTasks',
    'ecs ListTasks',
  ]);
});

it('names an operation, a service or a page that it does not model', async () => {
  await faulty();
  const error = await refusal(account.ecs.send(new ListServicesByNamespaceCommand({ namespace: 'n' })));
  expect(error.name).toBe('UnknownOperationException');
  expect(error.message).toBe('The simulator does not model ListServicesByNamespace of the service ecs.');
  const response = await fetch(`${account.simulator.endpoint}/index.html`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ message: expect.stringContaining('GET /index.html') });
});
