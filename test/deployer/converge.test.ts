import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Account, Revision } from '../../src/deployer/account.ts';
import type { Desired } from '../../src/deployer/desired.ts';
import { execute } from '../../src/deployer/execute.ts';
import { observe, observeTasks } from '../../src/deployer/observe.ts';
import { startOneOff } from '../../src/deployer/one-off.ts';
import { hasChanges, planDown, planUp } from '../../src/deployer/plan.ts';
import { planScale } from '../../src/deployer/scale.ts';
import type { TaskDefinition } from '../../src/fargate/task-definition.ts';
import { Killed, killedAt, runKilled, type TestAccount, testAccount } from './account.ts';

let test1: TestAccount;
beforeEach(async () => {
  test1 = await testAccount();
});
afterEach(() => test1.close());

const where = { cluster: 'default', family: 'web', project: 'web' };

function desired(image: string, changes: Partial<Desired> = {}): Desired {
  const definition: TaskDefinition = {
    family: 'web',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: [{ name: 'web', image, portMappings: [{ containerPort: 80 }] }],
  };
  return {
    project: 'web',
    cluster: 'default',
    task: {
      definition,
      origins: new Map(),
      run: { count: 1, network: { subnets: ['subnet-1'], assignPublicIp: 'ENABLED' } },
      published: [],
      simulate: new Map(),
    },
    count: 1,
    waitFor: 'running',
    force: false,
    adopt: false,
    namedVolumes: [],
    createLogGroups: true,
    ...changes,
  };
}

/** What the command `up` does, without its words. */
async function up(account: Account, wanted: Desired, project = where.project): Promise<void> {
  const observed = await observe(account, { ...where, project }, wanted);
  const before = [...observed.tasks, ...observed.foreign];
  await execute(planUp(wanted, observed), { ...watching(account, before), project });
}

async function down(account: Account): Promise<void> {
  const { tasks } = await observeTasks(account, where, 'RUNNING');
  await execute(planDown({ tasks }), watching(account, tasks));
}

function watching(
  account: Account,
  observed: Parameters<typeof execute>[1]['observed'],
): Parameters<typeof execute>[1] {
  const signal = new AbortController().signal;
  return { account, ...where, observed, clock: test1.clock, signal, emit: () => undefined, timeout: 600_000 };
}

/** All that is left: the revisions, and the images that the running tasks run. */
async function endState(): Promise<unknown> {
  const { tasks, revisions } = await observe(test1.account, where);
  const images = tasks.map(
    ({ revisionArn }) => revisions.find(({ arn }) => arn === revisionArn)?.definition.containerDefinitions[0]?.image,
  );
  return { images, latest: revisions[0]?.number };
}

test('the plan is empty once it was executed', async () => {
  for (const wanted of [desired('nginx:1'), desired('nginx:2'), desired('nginx:2', { count: 3 }), desired('nginx:2')]) {
    await up(test1.account, wanted);
    expect(hasChanges(planUp(wanted, await observe(test1.account, where)))).toBe(false);
  }
});

describe.each<[string, (account: Account) => Promise<void>, unknown]>([
  ['the first up', (account) => up(account, desired('nginx:1')), { images: ['nginx:1'], latest: 1 }],
  [
    'a changed up',
    async (account) => {
      await up(test1.account, desired('nginx:1'));
      await up(account, desired('nginx:2'));
    },
    { images: ['nginx:2'], latest: 2 },
  ],
  [
    'up after down',
    async (account) => {
      await up(test1.account, desired('nginx:1'));
      await down(test1.account);
      await up(account, desired('nginx:1'));
    },
    { images: ['nginx:1'], latest: 1 },
  ],
  [
    'an up that stops the old task first',
    async (account) => {
      await up(test1.account, desired('nginx:1'));
      await up(account, desired('nginx:2', { order: 'stop-first' }));
    },
    { images: ['nginx:2'], latest: 2 },
  ],
  [
    'an up of several tasks, then of fewer',
    async (account) => {
      await up(account, desired('nginx:1', { count: 11 }));
      await up(account, desired('nginx:1'));
    },
    { images: ['nginx:1'], latest: 1 },
  ],
  [
    'an up that adopts the task of another project',
    async (account) => {
      await up(test1.account, desired('nginx:1'), 'other');
      await up(account, desired('nginx:2', { adopt: true }));
    },
    { images: ['nginx:2'], latest: 2 },
  ],
  [
    'a forced up',
    async (account) => {
      await up(test1.account, desired('nginx:1'));
      await up(account, desired('nginx:1', { force: true }));
    },
    { images: ['nginx:1'], latest: 1 },
  ],
])('%s, killed at any call and run again, ends as if it had not been', (_, run, end) => {
  test.each(['before', 'after'] as const)('%s the call', async (when) => {
    for (let nth = 0; ; nth++) {
      await test1.close();
      test1 = await testAccount();
      const killed = killedAt(test1.account, nth, when);
      const outcome = await run(killed.account).then(
        () => 'done',
        (error: unknown) => {
          if (error instanceof Killed) return 'killed';
          throw error;
        },
      );
      if (outcome === 'killed') await up(test1.account, desired(end === undefined ? '' : imageOf(end)));
      expect(await endState(), `killed ${when} call ${nth}`).toEqual(end);
      if (outcome === 'done') return;
    }
  });
});

describe('a command on the tasks of an up, killed at any call and run again, ends as if it had not been', () => {
  const scale = async (account: Account, count: number) => {
    const observed = await observe(account, where);
    const plan = planScale(desired('nginx:1', { count }), observed.revisions[0] as Revision, observed.tasks);
    await execute(plan, watching(account, observed.tasks));
  };
  const run = async (account: Account) => {
    const wanted = desired('nginx:1', { waitFor: 'none' });
    const observed = await observe(account, where);
    const started = await startOneOff(wanted, observed, { name: 'web', command: ['sh'] }, watching(account, []));
    expect(started.kind).toBe('started');
  };
  test.each<[string, (account: Account) => Promise<void>, unknown]>([
    ['scale to 3', (account) => scale(account, 3), { images: Array(3).fill('nginx:1'), latest: 1 }],
    ['scale to 0', (account) => scale(account, 0), { images: [], latest: 1 }],
    ['run', run, { images: ['nginx:1'], latest: 1 }],
    ['down', down, { images: [], latest: 1 }],
  ])('%s', async (_, command, end) => {
    for (const when of ['before', 'after'] as const) {
      for (let nth = 0, isKilled = true; isKilled; nth++) {
        await test1.close();
        test1 = await testAccount();
        await up(test1.account, desired('nginx:1'));
        isKilled = await runKilled(test1.account, nth, when, command);
        expect(await endState(), `killed ${when} call ${nth}`).toEqual(end);
        // What was started is the project's, so that its down stops it.
        expect((await observe(test1.account, where)).foreign).toEqual([]);
        await down(test1.account);
        expect((await observeTasks(test1.account, where, 'RUNNING')).tasks).toEqual([]);
      }
    }
  });
});

function imageOf(end: unknown): string {
  return (end as { images: readonly [string] }).images[0];
}

test('a token that hands back a stopped task is followed by the next one', async () => {
  await up(test1.account, desired('nginx:1'));
  await down(test1.account);
  // As if ECS had forgotten the stopped task, but not its token.
  const forgetful: Account = {
    ...test1.account,
    listTasks: async (cluster, family, status) =>
      status === 'STOPPED' ? [] : test1.account.listTasks(cluster, family, status),
  };
  await up(forgetful, desired('nginx:1'));
  expect(await endState()).toEqual({ images: ['nginx:1'], latest: 1 });
});

test('a task that ECS does not list yet is not started twice', async () => {
  const killed = killedAt(test1.account, 5, 'after');
  await expect(up(killed.account, desired('nginx:1'))).rejects.toThrow(Killed);
  const stale: Account = { ...test1.account, listTasks: async () => [] };
  await up(stale, desired('nginx:1'));
  expect(test1.simulator.calls.filter(({ operation }) => operation === 'RunTask')).toHaveLength(2);
  expect(await endState()).toEqual({ images: ['nginx:1'], latest: 1 });
});

test('tasks of the family that the project did not start are told apart', async () => {
  await up(test1.account, desired('nginx:1'));
  const observed = await observe(test1.account, { ...where, project: 'other' });
  expect(observed.tasks).toEqual([]);
  expect(observed.foreign).toHaveLength(1);
});

test('a task that ECS does not show at once is waited for', async () => {
  let looks = 0;
  const slow: Account = {
    ...test1.account,
    describeTasks: async (cluster, arns) => (looks++ < 4 ? [] : test1.account.describeTasks(cluster, arns)),
  };
  await up(slow, desired('nginx:1'));
  expect(await endState()).toEqual({ images: ['nginx:1'], latest: 1 });
});

test('a task that ECS never shows is lost in the end', async () => {
  const blind: Account = { ...test1.account, describeTasks: async () => [] };
  const observed = await observe(blind, where);
  const { verdict } = await execute(planUp(desired('nginx:1'), observed), watching(blind, observed.tasks));
  expect(verdict.kind).toBe('lost');
});

test.each([
  ['deregistered', async () => undefined],
  ['deleted while its task runs', (arn: string) => test1.account.deleteRevisions([arn])],
] as const)('a revision that was %s is registered again when another task is wanted', async (_, remove) => {
  await up(test1.account, desired('nginx:1'));
  const [arn = ''] = await test1.account.revisionsOf('web', 'ACTIVE');
  await test1.account.deregisterRevision(arn);
  await remove(arn);
  await up(test1.account, desired('nginx:1'));
  expect(await endState()).toEqual({ images: ['nginx:1'], latest: 1 });
  await up(test1.account, desired('nginx:1', { count: 2 }));
  expect(await endState()).toEqual({ images: ['nginx:1', 'nginx:1'], latest: 2 });
});
