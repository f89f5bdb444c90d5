import { DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import {
  DescribeClustersCommand,
  ECSClient,
  ListServicesByNamespaceCommand,
  ListTasksCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, expect, it } from 'vitest';
import type { Fault } from '../../src/simulator.ts';
import { prepareShop, RUN_SHOP, refusal, runShop, type TestAccount, testAccount } from './account.ts';

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
