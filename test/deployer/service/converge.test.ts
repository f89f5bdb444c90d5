import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Account } from '../../../src/deployer/account.ts';
import { execute } from '../../../src/deployer/execute.ts';
import { hasChanges, type Plan } from '../../../src/deployer/plan.ts';
import type { DesiredService } from '../../../src/deployer/service/desired.ts';
import { findService, observeService } from '../../../src/deployer/service/observe.ts';
import { planServiceUp } from '../../../src/deployer/service/plan.ts';
import { planServiceRemove } from '../../../src/deployer/service/remove.ts';
import { planServiceScale } from '../../../src/deployer/service/scale.ts';
import type { ServiceState } from '../../../src/deployer/service/service-account.ts';
import type { TaskDefinition } from '../../../src/fargate/task-definition.ts';
import { runKilled, type TestAccount, testAccount } from '../account.ts';

let own: TestAccount;
beforeEach(async () => {
  own = await testAccount();
});
afterEach(() => own.close());

const where = { cluster: 'default', family: 'web', project: 'web' };

function desired(image: string): DesiredService {
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
    region: 'us-east-1',
    task: {
      definition,
      origins: new Map(),
      run: { count: 1, network: { subnets: ['subnet-1'] } },
      published: [],
      simulate: new Map(),
    },
    namedVolumes: [],
    force: false,
    adopt: false,
    createLogGroups: true,
  };
}

type Run = (account: Account) => Promise<void>;

async function carryOut(account: Account, plan: Plan): Promise<void> {
  const signal = new AbortController().signal;
  const options = {
    account,
    ...where,
    observed: [],
    clock: own.clock,
    signal,
    emit: () => undefined,
    timeout: 600_000,
  };
  const { verdict } = await execute(plan, options);
  expect(verdict.kind).toBe('ready');
}

/** What `service up` does, without its words. */
function up(image: string): Run {
  return async (account) => carryOut(account, planServiceUp(desired(image), await observeService(account, where)));
}

/** What a command does to the service, where there is one. */
function change(plan: (service: ServiceState) => Plan): Run {
  return async (account) => {
    const { service } = await findService(account, where);
    if (service !== undefined) await carryOut(account, plan(service));
  };
}

const task = desired('nginx:1').task;
const scale = (count: number) => change((service) => planServiceScale({ task }, service, count));
const remove = (force: boolean) => change((service) => planServiceRemove({ task }, service, { force }));

/** All that is left: the newest revision, the images that the service's tasks run, and how many it wants. */
async function endState(): Promise<unknown> {
  const { service, revisions } = await observeService(own.account, where);
  const tasks = await own.account.describeTasks(
    'default',
    await own.account.listTasks('default', where.family, 'RUNNING').catch(() => []),
  );
  const images = tasks.map(
    ({ revisionArn }) => revisions.find(({ arn }) => arn === revisionArn)?.definition.containerDefinitions[0]?.image,
  );
  return { images, latest: revisions[0]?.number, wanted: service?.members.desiredCount };
}

test('the plan is empty once it was executed', async () => {
  for (const image of ['nginx:1', 'nginx:2', 'nginx:1']) {
    await up(image)(own.account);
    expect(hasChanges(planServiceUp(desired(image), await observeService(own.account, where)))).toBe(false);
  }
});

test('a service that comes to write to shared storage is no longer spread anew over the zones', async () => {
  const volume = { name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-0123456789abcdef0' } };
  const writing = (): DesiredService => {
    const wanted = desired('nginx:1');
    const [web] = wanted.task.definition.containerDefinitions as [object];
    const mounted = { ...web, mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }] };
    const definition = { ...wanted.task.definition, volumes: [volume], containerDefinitions: [mounted] };
    return { ...wanted, task: { ...wanted.task, definition: definition as TaskDefinition } };
  };
  const rebalancing = async () =>
    (await own.account.describeService('default', 'web'))?.members.availabilityZoneRebalancing;
  await up('nginx:1')(own.account);
  expect(await rebalancing()).toBe('ENABLED');
  await carryOut(own.account, planServiceUp(writing(), await observeService(own.account, where)));
  expect(await rebalancing()).toBe('DISABLED');
  expect(hasChanges(planServiceUp(writing(), await observeService(own.account, where)))).toBe(false);
  // It is not switched on again: somebody may have switched it off.
  await up('nginx:1')(own.account);
  expect(await rebalancing()).toBe('DISABLED');
});

describe.each<[string, Run | undefined, Run, unknown]>([
  ['the first service up', undefined, up('nginx:1'), { images: ['nginx:1'], latest: 1, wanted: 1 }],
  ['a changed service up', up('nginx:1'), up('nginx:2'), { images: ['nginx:2'], latest: 2, wanted: 1 }],
  ['service scale', up('nginx:1'), scale(2), { images: ['nginx:1', 'nginx:1'], latest: 1, wanted: 2 }],
  ['service stop', up('nginx:1'), scale(0), { images: [], latest: 1, wanted: 0 }],
  ['service rm', up('nginx:1'), remove(false), { images: [], latest: 1, wanted: undefined }],
  ['service rm --force', up('nginx:1'), remove(true), { images: [], latest: 1, wanted: undefined }],
])('%s, killed at any call and run again, ends as if it had not been', (_, before, run, end) => {
  test.each(['before', 'after'] as const)('%s the call', async (when) => {
    for (let nth = 0; ; nth++) {
      await own.close();
      own = await testAccount();
      await before?.(own.account);
      const wasKilled = await runKilled(own.account, nth, when, run);
      expect(await endState(), `killed ${when} call ${nth}`).toEqual(end);
      if (!wasKilled) return;
    }
  });
});
