import {
  DescribeTaskDefinitionCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type Service,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { afterEach, expect, it } from 'vitest';
import type { Behaviour } from '../../src/simulator.ts';
import { createShop, describe, describeService, prepareShop, SHOP, type TestAccount, testAccount } from './account.ts';

let account: TestAccount;
afterEach(() => account.close());

/** Breaks the circuit of a deployment that fails. */
const BREAKER = { deploymentCircuitBreaker: { enable: true, rollback: true } };

/** A service of one web server, and a second revision of it whose container does as told. */
async function shop(behaviour: Behaviour, configuration: object = BREAKER, desiredCount = 1): Promise<void> {
  account = await testAccount({ behaviours: { next: behaviour } });
  const { healthCheck: _, ...db } = SHOP.containerDefinitions?.[0] ?? {};
  await prepareShop(account, { containerDefinitions: [db] });
  const next = { ...db, name: 'next', healthCheck: { command: ['CMD', 'true'] } };
  await account.ecs.send(new RegisterTaskDefinitionCommand({ ...SHOP, containerDefinitions: [next] }));
  await createShop(account, { taskDefinition: 'shop:1', desiredCount, deploymentConfiguration: configuration });
  account.pass(20);
}

const update = (changes: Partial<UpdateServiceCommandInput> = { taskDefinition: 'shop:2' }) =>
  account.ecs.send(new UpdateServiceCommand({ service: 'shop', ...changes }));

/** The deployments as `PRIMARY shop:2 IN_PROGRESS 0/1`. */
async function look(seconds = 0): Promise<readonly string[]> {
  account.pass(seconds);
  return (await describeService(account)).deployments?.map(line) ?? [];
}

function line({ status, taskDefinition, rolloutState, runningCount }: NonNullable<Service['deployments']>[number]) {
  return `${status} ${taskDefinition?.replace(/.*\//, '')} ${rolloutState} ${runningCount}`;
}

async function messages(): Promise<readonly string[]> {
  const { events = [] } = await describeService(account);
  return events.map(({ message = '' }) => message.replace(/ecs-svc\/\d+/, 'ID').replace(/\(task \w+\)/g, 'TASK'));
}

it('starts new tasks before it stops old ones, once the new ones are healthy', async () => {
  await shop({}, {});
  await update();
  expect(await look()).toEqual(['PRIMARY shop:2 IN_PROGRESS 0', 'ACTIVE shop:1 COMPLETED 1']);
  expect(await look(4.6)).toEqual(['PRIMARY shop:2 IN_PROGRESS 1', 'ACTIVE shop:1 COMPLETED 1']);
  expect(await look(1.2)).toEqual(['PRIMARY shop:2 IN_PROGRESS 1', 'ACTIVE shop:1 COMPLETED 0']);
  expect(await look(3)).toEqual(['PRIMARY shop:2 COMPLETED 1']);
  expect((await messages()).slice(0, 4)).toEqual([
    '(service shop) has reached a steady state.',
    '(service shop) (deployment ID) deployment completed.',
    '(service shop) has stopped 1 running tasks: TASK.',
    '(service shop) has started 1 tasks: TASK.',
  ]);
});

it('stops the old tasks first where only as many may run as are wanted', async () => {
  await shop({}, { minimumHealthyPercent: 0, maximumPercent: 100 }, 2);
  await update();
  expect(await look(1)).toEqual(['PRIMARY shop:2 IN_PROGRESS 0', 'ACTIVE shop:1 COMPLETED 0']);
  const { taskArns: early } = await account.ecs.send(new ListTasksCommand({}));
  expect(early).toEqual([]);
  expect(await look(10)).toEqual(['PRIMARY shop:2 COMPLETED 2']);
});

it('goes through a service in batches', async () => {
  await shop({}, { minimumHealthyPercent: 50, maximumPercent: 100 }, 4);
  await update();
  let fewest = 4;
  for (let second = 0; second < 30; second++) {
    account.pass(1);
    const { runningCount = 0, pendingCount = 0 } = await describeService(account);
    expect(runningCount + pendingCount).toBeLessThanOrEqual(4);
    fewest = Math.min(fewest, runningCount);
  }
  expect(fewest).toBe(2);
  expect(await look()).toEqual(['PRIMARY shop:2 COMPLETED 4']);
});

it.each<[string, Behaviour, string]>([
  ['whose image cannot be pulled', { pull: 'denied' }, 'TaskFailedToStart'],
  ['that ends at once', { exit: { code: 1, after: 0 } }, 'EssentialContainerExited'],
  ['that is unhealthy', { health: 'unhealthy' }, 'ServiceSchedulerInitiated'],
])('breaks the circuit for a container %s, and goes back', async (_, behaviour, stopCode) => {
  await shop(behaviour);
  const { service } = await update();
  const id = service?.deployments?.[0]?.id;
  for (let second = 0; second < 60; second++) {
    account.pass(1);
    const [newest] = (await describeService(account)).deployments ?? [];
    if (newest?.id !== id) break;
  }
  const { deployments = [], taskDefinition } = await describeService(account);
  expect(taskDefinition).toMatch(/shop:1$/);
  expect(deployments).toMatchObject([
    { status: 'PRIMARY', rolloutState: 'IN_PROGRESS' },
    {
      id,
      status: 'ACTIVE',
      rolloutState: 'FAILED',
      rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
      failedTasks: 3,
    },
  ]);
  expect(deployments[0]?.rolloutStateReason).toBe(
    `ECS deployment circuit breaker: rolling back to deploymentId ${deployments[0]?.id}.`,
  );
  expect(await look(20)).toEqual(['PRIMARY shop:1 COMPLETED 1']);
  expect(await messages()).toEqual(
    expect.arrayContaining([
      '(service shop) rolling back to deployment ID.',
      '(service shop) (deployment ID) deployment failed: tasks failed to start.',
      expect.stringMatching(/is unable to consistently start tasks successfully/),
    ]),
  );
  const { taskArns = [] } = await account.ecs.send(new ListTasksCommand({ desiredStatus: 'STOPPED' }));
  expect(await describe(account, taskArns[0] as string)).toMatchObject({ stopCode });
});

it('stays failed where it is not to roll back or has nothing to go back to', async () => {
  await shop({ pull: 'denied' }, { deploymentCircuitBreaker: { enable: true, rollback: false } });
  await update();
  expect(await look(120)).toEqual(['PRIMARY shop:2 FAILED 0', 'ACTIVE shop:1 COMPLETED 1']);
  await createShop(account, { serviceName: 'first', taskDefinition: 'shop:2', deploymentConfiguration: BREAKER });
  account.pass(120);
  const { deployments = [] } = await describeService(account, 'first');
  expect(deployments.map(line)).toEqual(['PRIMARY shop:2 FAILED 0']);
  account.pass(3600);
  expect((await describeService(account, 'first')).deployments?.[0]?.failedTasks).toBe(3);
});

it('tries again for ever without a circuit breaker, at growing distances', async () => {
  await shop({ pull: 'denied' }, {});
  await update();
  const failedTasks = async (seconds: number) => {
    account.pass(seconds);
    return (await describeService(account)).deployments?.[0]?.failedTasks ?? 0;
  };
  const soon = await failedTasks(60);
  expect(soon).toBeGreaterThan(3);
  const afterDays = await failedTasks(7 * 24 * 60 * 60);
  expect(afterDays).toBeGreaterThan(600);
  expect(afterDays).toBeLessThan(700);
});

it('deploys anew where the definition or the network changes, or it is told to', async () => {
  await shop({}, {});
  const first = (await describeService(account)).deployments?.[0]?.id;
  const deploys = async (changes: Partial<UpdateServiceCommandInput>) =>
    (await update(changes)).service?.deployments?.[0]?.id !== first;
  expect(await deploys({ taskDefinition: 'shop:1', desiredCount: 2, enableExecuteCommand: true })).toBe(false);
  expect(await deploys({ deploymentConfiguration: BREAKER, healthCheckGracePeriodSeconds: 30 })).toBe(false);
  const network = { awsvpcConfiguration: { subnets: ['subnet-0def'], assignPublicIp: 'ENABLED' as const } };
  expect(await deploys({ networkConfiguration: network })).toBe(true);
  const { taskDefinition } = await account.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'shop' }));
  expect(taskDefinition?.revision).toBe(2);
  const second = (await update({ forceNewDeployment: true })).service?.deployments;
  expect(second).toHaveLength(3);
  expect(await look(20)).toEqual(['PRIMARY shop:1 COMPLETED 2']);
  const { healthCheckGracePeriodSeconds, enableExecuteCommand } = await describeService(account);
  expect({ healthCheckGracePeriodSeconds, enableExecuteCommand }).toEqual({
    healthCheckGracePeriodSeconds: 30,
    enableExecuteCommand: true,
  });
});
