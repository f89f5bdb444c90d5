import {
  ExecuteCommandCommand,
  type ExecuteCommandCommandInput,
  ListTasksCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createShop, describe, prepareShop, refusal, runShop, type TestAccount, testAccount } from './account.ts';

let account: TestAccount;
beforeEach(async () => {
  account = await testAccount();
  await prepareShop(account);
});
afterEach(() => account.close());

const execute = (task: string, changes: Partial<ExecuteCommandCommandInput> = {}) =>
  account.ecs.send(
    new ExecuteCommandCommand({ task, container: 'web', command: '/bin/sh', interactive: true, ...changes }),
  );

const NOT_ENABLED = /^The execute command failed because execute command was not enabled when the task was run/;

it('opens a session that nobody answers once the agent runs', async () => {
  const task = await runShop(account, { enableExecuteCommand: true });
  const agents = async () => (await describe(account, task)).containers?.[1]?.managedAgents;
  account.pass(6);
  expect(await agents()).toMatchObject([{ name: 'ExecuteCommandAgent', lastStatus: 'PENDING' }]);
  expect(await refusal(execute(task))).toMatchObject({ name: 'TargetNotConnectedException' });
  account.pass(1);
  expect(await agents()).toMatchObject([{ lastStatus: 'RUNNING', lastStartedAt: expect.any(Date) }]);
  const { session, containerName, containerArn } = await execute(task);
  expect({ containerName, containerArn }).toEqual({
    containerName: 'web',
    containerArn: (await describe(account, task)).containers?.[1]?.containerArn,
  });
  expect(session).toEqual({
    sessionId: expect.stringMatching(/^ecs-execute-command-[0-9a-f]{17}$/),
    streamUrl: expect.stringMatching(/^wss:\/\/ssmmessages\.us-east-1\.simulated\.invalid\//),
    tokenValue: expect.any(String),
  });
  await account.ecs.send(new StopTaskCommand({ task }));
  expect(await refusal(execute(task))).toMatchObject({ message: expect.stringMatching(NOT_ENABLED) });
});

it('is refused for a task without it', async () => {
  const task = await runShop(account);
  account.pass(10);
  expect((await describe(account, task)).containers?.[0]?.managedAgents).toEqual([]);
  expect(await refusal(execute(task))).toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringMatching(NOT_ENABLED),
  });
});

it('needs a task, one container of it and a command', async () => {
  const task = await runShop(account, { enableExecuteCommand: true });
  account.pass(10);
  const message = async (changes: Partial<ExecuteCommandCommandInput>) =>
    (await refusal(execute(task, changes))).message;
  expect(await message({ task: '0'.repeat(32) })).toBe('The referenced task was not found.');
  expect(await message({ container: 'cache' })).toBe('The task has no container named cache.');
  expect(await message({ container: undefined })).toMatch(/several containers/);
  expect(await message({ command: '' })).toMatch(/command/);
  expect(await message({ interactive: false })).toBe('Interactive is the only mode supported currently.');
});

it('works in the tasks of a service that has it', async () => {
  await createShop(account, { enableExecuteCommand: true });
  account.pass(10);
  const { taskArns = [] } = await account.ecs.send(new ListTasksCommand({ serviceName: 'shop' }));
  expect((await execute(taskArns[0] as string)).session?.sessionId).toBeDefined();
});
