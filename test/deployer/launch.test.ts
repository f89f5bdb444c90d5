import type { RunTaskCommandInput } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Account } from '../../src/deployer/account.ts';
import { AwsError } from '../../src/deployer/aws/aws-error.ts';
import type { Desired } from '../../src/deployer/desired.ts';
import { execute } from '../../src/deployer/execute.ts';
import { observe, observeTasks } from '../../src/deployer/observe.ts';
import { startOneOff } from '../../src/deployer/one-off.ts';
import { hasChanges, planUp } from '../../src/deployer/plan.ts';
import type { LaunchSettings } from '../../src/transformer/launch-settings.ts';
import { type TestAccount, testAccount } from './account.ts';

let test1: TestAccount;
beforeEach(async () => {
  test1 = await testAccount();
});
afterEach(() => test1.close());

const where = { cluster: 'default', family: 'web', project: 'web' };

test('RunTask is told what ecs-params says of launching tasks', async () => {
  const input = await up({
    platformVersion: '1.4.0',
    enableExecuteCommand: true,
    enableECSManagedTags: true,
    propagateTags: 'TASK_DEFINITION',
    tags: [{ key: 'team', value: 'shop' }],
    volumeConfigurations: [
      { name: 'data', managedEBSVolume: { roleArn: 'arn:aws:iam::111122223333:role/ebs', sizeInGiB: 20 } },
    ],
  });
  expect(input).toMatchObject({
    launchType: 'FARGATE',
    platformVersion: '1.4.0',
    enableExecuteCommand: true,
    enableECSManagedTags: true,
    propagateTags: 'TASK_DEFINITION',
    volumeConfigurations: [{ name: 'data', managedEBSVolume: { sizeInGiB: 20 } }],
  });
  expect(input.tags).toContainEqual({ key: 'team', value: 'shop' });
  expect(input.tags).toContainEqual({ key: 'compose2fargate:project', value: 'web' });
});

test('a strategy takes the place of the launch type', async () => {
  const strategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }];
  const input = await up({ capacityProviders: strategy });
  expect(input.capacityProviderStrategy).toEqual(strategy);
  expect(input.launchType).toBeUndefined();
});

test('a cluster that lacks the capacity provider is refused with the command that mends it', async () => {
  await up({});
  await expect(up({ capacityProviders: [{ capacityProvider: 'FARGATE_SPOT' }] })).rejects.toMatchObject({
    message: expect.stringContaining('not associated with the cluster'),
    help: expect.stringContaining('aws ecs put-cluster-capacity-providers'),
  });
});

test('a platform version that does not exist is refused in plain words', async () => {
  await expect(up({ platformVersion: '9.9' })).rejects.toMatchObject({
    message: expect.stringContaining('Fargate has no such platform version'),
    help: 'Use LATEST, or 1.4.0.',
  });
});

test('what is for services is not sent', async () => {
  expect((await up({ propagateTags: 'SERVICE' })).propagateTags).toBeUndefined();
});

test('tasks are replaced when they would be launched otherwise, and only then', async () => {
  await up({ platformVersion: '1.4.0' });
  const observed = await observe(test1.account, where);
  expect(hasChanges(planUp(desired({ platformVersion: '1.4.0' }), observed))).toBe(false);
  const { operations } = planUp(desired({ platformVersion: 'LATEST' }), observed);
  expect(operations.map(({ kind }) => kind)).toEqual(['run-tasks', 'wait', 'stop-tasks']);
});

const noServiceLinkedRole = {
  name: 'InvalidParameterException',
  message: 'Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
};
const noCluster = { name: 'ClusterNotFoundException', message: 'Cluster not found.' };

/** An account that refuses the first three calls of a method. */
function refusing(method: 'createCluster' | 'runTasks', refusal: typeof noCluster): Account {
  let calls = 0;
  const call = test1.account[method] as (...parameters: readonly unknown[]) => Promise<never>;
  return {
    ...test1.account,
    [method]: (...parameters: readonly unknown[]) =>
      calls++ < 3 ? Promise.reject(new AwsError(`ecs:${method}`, refusal)) : call(...parameters),
  };
}

test.each([
  ['up', 'the role that ECS makes with the first cluster of an account', 'runTasks', noServiceLinkedRole],
  ['run', 'the role that ECS makes with the first cluster of an account', 'runTasks', noServiceLinkedRole],
  ['up', 'that role to give the cluster its capacity providers', 'createCluster', noServiceLinkedRole],
  ['up', 'the cluster that it has made', 'runTasks', noCluster],
  ['run', 'the cluster that it has made', 'runTasks', noCluster],
] as const)('%s waits for %s', async (command, _, method, refusal) => {
  const fresh = refusing(method, refusal);
  const observed = await observe(fresh, where);
  const options = { ...optionsOf(fresh), observed: [] };
  if (command === 'up') await execute(planUp(desired({}), observed), options);
  else await startOneOff(desired({}), observed, { name: 'web' }, options);
  expect((await observeTasks(test1.account, where, 'RUNNING')).tasks).toHaveLength(1);
});

test('a cluster that is gone since the plan was made is not waited for', async () => {
  await up({});
  const { account, clock } = test1;
  const observed = await observe(account, where);
  const start = clock.now();
  const plan = planUp({ ...desired({}), count: 2 }, observed);
  await expect(execute(plan, { ...optionsOf(refusing('runTasks', noCluster)), observed: [] })).rejects.toMatchObject({
    code: 'ClusterNotFoundException',
  });
  expect(clock.now()).toBe(start);
});

function desired(launch: LaunchSettings): Desired {
  return {
    project: 'web',
    cluster: 'default',
    task: {
      definition: {
        family: 'web',
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '256',
        memory: '512',
        containerDefinitions: [{ name: 'web', image: 'nginx' }],
      },
      origins: new Map(),
      run: { count: 1, network: { subnets: ['subnet-1'] }, launch },
      published: [],
      simulate: new Map(),
    },
    count: 1,
    waitFor: 'running',
    force: false,
    adopt: false,
    namedVolumes: [],
    createLogGroups: true,
  };
}

/** Does what `up` does; gives the input of its RunTask call. */
async function up(launch: LaunchSettings): Promise<RunTaskCommandInput> {
  const { account } = test1;
  const observed = await observe(account, where);
  await execute(planUp(desired(launch), observed), { ...optionsOf(account), observed: observed.tasks });
  return lastRun();
}

function optionsOf(account: Account): Omit<Parameters<typeof execute>[1], 'observed'> {
  const signal = new AbortController().signal;
  return { account, ...where, clock: test1.clock, signal, emit: () => undefined, timeout: 600_000 };
}

function lastRun(): RunTaskCommandInput {
  const call = test1.simulator.calls.findLast(({ operation }) => operation === 'RunTask');
  return call?.input as RunTaskCommandInput;
}
