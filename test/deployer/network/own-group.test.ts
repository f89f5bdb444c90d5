import { CreateSecurityGroupCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Account } from '../../../src/deployer/account.ts';
import type { Desired } from '../../../src/deployer/desired.ts';
import type { Event } from '../../../src/deployer/event.ts';
import { execute, type Outcome } from '../../../src/deployer/execute.ts';
import { removeOwnGroups } from '../../../src/deployer/network/plan.ts';
import { observe, observeTasks } from '../../../src/deployer/observe.ts';
import { sentenceOf } from '../../../src/deployer/operation.ts';
import { hasChanges, obstacleTo, planDown, planUp } from '../../../src/deployer/plan.ts';
import type { NetworkSettings, PublishedPort } from '../../../src/transformer/task.ts';
import { Killed, killedAt, type TestAccount, testAccount } from '../account.ts';

let test1: TestAccount;
let events: Event[];
beforeEach(async () => {
  test1 = await testAccount();
  events = [];
});
afterEach(() => test1.close());

const where = { cluster: 'default', family: 'shop', project: 'shop' };

function port(containerPort: number): PublishedPort {
  const source = { file: { path: 'compose.yaml', text: '' }, start: 0, end: 0 } as unknown as PublishedPort['source'];
  return { containerName: 'web', containerPort, protocol: 'tcp', source };
}

function desired(ports: readonly number[], network: NetworkSettings = {}): Desired {
  return {
    ...where,
    task: {
      definition: {
        family: 'shop',
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '256',
        memory: '512',
        containerDefinitions: [{ name: 'web', image: 'nginx' }],
      },
      origins: new Map(),
      run: { count: 1, network },
      published: ports.map(port),
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

function options(account: Account, observed: Parameters<typeof execute>[1]['observed']) {
  const { signal } = new AbortController();
  const emit = (event: Event) => void events.push(event);
  return { account, ...where, observed, clock: test1.clock, signal, emit, timeout: 600_000 };
}

async function plan(wanted: Desired): Promise<readonly string[]> {
  return planUp(wanted, await observe(test1.account, where, wanted)).operations.map(sentenceOf);
}

async function up(account: Account, wanted: Desired): Promise<Outcome> {
  const observed = await observe(account, where, wanted);
  expect(obstacleTo(wanted, observed)).toBeUndefined();
  return execute(planUp(wanted, observed), options(account, observed.tasks));
}

async function down(account: Account): Promise<void> {
  const { tasks } = await observeTasks(account, where, 'RUNNING');
  const groups = await (await account.network()).securityGroupsNamed('compose2fargate-shop');
  await execute(planDown({ tasks }, removeOwnGroups(groups, 'shop')), options(account, tasks));
}

/** The project's own group: what it admits, and the project that it is tagged with. */
async function group(): Promise<readonly unknown[]> {
  const found = await (await test1.account.network()).securityGroupsNamed('compose2fargate-shop');
  return found.map(({ inbound, tags }) => ({
    project: tags.get('compose2fargate:project'),
    admits: inbound.map(({ protocol, fromPort, toPort, source }) => `${protocol} ${fromPort}-${toPort} ${source}`),
  }));
}

test('nothing given, the plan makes a group of its own for what is published, and the tasks are in it', async () => {
  const wanted = desired([80, 8000, 8001, 8002, 3306]);
  expect(await plan(wanted)).toEqual([
    'Create the cluster default, which costs nothing',
    'Register the first revision of shop',
    expect.stringMatching(/^Create the security group compose2fargate-shop in vpc-\w+, which costs nothing$/),
    'Open 80/tcp to everybody, 8000-8002/tcp to everybody in the security group compose2fargate-shop',
    'Run 1 task of shop',
    'Wait until the task has run for 10 seconds',
  ]);
  await up(test1.account, wanted);
  expect(await group()).toEqual([{ project: 'shop', admits: ['tcp 80-80 0.0.0.0/0', 'tcp 8000-8002 0.0.0.0/0'] }]);
  const run = test1.simulator.calls.find(({ operation }) => operation === 'RunTask')?.input;
  expect(run).toMatchObject({
    networkConfiguration: {
      awsvpcConfiguration: { securityGroups: [expect.stringMatching(/^sg-/)], assignPublicIp: 'ENABLED' },
    },
  });
  expect(hasChanges(planUp(wanted, await observe(test1.account, where, wanted)))).toBe(false);
});

test('a source that the files name changes the rules alone; rules of a person stay', async () => {
  await up(test1.account, desired([80, 3306]));
  const ec2 = await test1.account.network();
  const [own] = await ec2.securityGroupsNamed('compose2fargate-shop');
  const byHand = { protocol: 'tcp', fromPort: 22, toPort: 22, source: '198.51.100.7/32' };
  await ec2.authorizeIngress(own?.id ?? '', [byHand]);
  const ingress = [
    { port: 80, source: '198.51.100.0/24' },
    { port: 3306, source: 'sg-1' },
    // EC2 keeps 10.1.0.0/16.
    { port: 3306, source: '10.1.2.3/16' },
  ];
  const wanted = desired([80, 3306], { ingress });
  expect(await plan(wanted)).toEqual([
    'Open 3306/tcp to 10.1.2.3/16, 80/tcp to 198.51.100.0/24, 3306/tcp to sg-1 in the security group compose2fargate-shop',
    'Close 80/tcp to everybody in the security group compose2fargate-shop',
    'Wait until the task has run for 10 seconds',
  ]);
  await up(test1.account, wanted);
  expect(await group()).toEqual([
    {
      project: 'shop',
      admits: [
        'tcp 22-22 198.51.100.7/32',
        'tcp 3306-3306 10.1.0.0/16',
        'tcp 3306-3306 sg-1',
        'tcp 80-80 198.51.100.0/24',
      ],
    },
  ]);
  expect(await plan(wanted)).toEqual(['Wait until the task has run for 10 seconds']);
});

test('another port: the one of before is closed when its task has stopped', async () => {
  await up(test1.account, desired([80]));
  const wanted: Desired = { ...desired([8080]), force: true };
  const ofShop = 'in the security group compose2fargate-shop';
  const steps = (await plan(wanted)).map((sentence) => sentence.replace(/ [0-9a-f]{32}\b.*/, ''));
  expect(steps).toEqual([
    `Open 8080/tcp to everybody ${ofShop}`,
    'Run 1 task of shop',
    'Wait until the task has run for 10 seconds',
    'Stop task',
    `Close 80/tcp to everybody ${ofShop}`,
  ]);
  await up(test1.account, wanted);
  expect(await group()).toEqual([{ project: 'shop', admits: ['tcp 8080-8080 0.0.0.0/0'] }]);
});

test('down deletes the group once the interfaces of the tasks are gone, and leaves one that is in use', async () => {
  await up(test1.account, desired([80]));
  await down(test1.account);
  expect(await group()).toEqual([]);

  await up(test1.account, desired([80]));
  const ec2 = await test1.account.network();
  const groups = await ec2.securityGroupsNamed('compose2fargate-shop');
  const outcome = await execute(planDown({ tasks: [] }, removeOwnGroups(groups, 'shop')), options(test1.account, []));
  expect(outcome.verdict.kind).toBe('ready');
  expect(events.at(-1)).toMatchObject({ code: 'network/group-left', data: { group: groups[0]?.id } });
  expect(await group()).toHaveLength(1);
});

test('a group of that name that somebody else made is neither used nor deleted', async () => {
  const ec2 = new EC2Client({
    region: 'us-east-1',
    endpoint: test1.simulator.endpoint,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'compose2fargate-shop', Description: 'mine' }));
  const wanted = desired([80]);
  const observed = await observe(test1.account, where, wanted);
  expect(obstacleTo(wanted, observed)).toMatchObject({ kind: 'foreign-security-group', name: 'compose2fargate-shop' });
  await down(test1.account);
  expect(await group()).toHaveLength(1);
});

test('without a default VPC nothing is begun', async () => {
  const ec2 = await test1.account.network();
  const network = async () => ({ ...ec2, defaultSubnets: async () => undefined });
  const observed = await observe({ ...test1.account, network }, where, desired([80]));
  expect(obstacleTo(desired([80]), observed)).toEqual({ kind: 'no-default-network' });
  const outcome = await execute(planUp(desired([80]), observed), options(test1.account, []));
  expect(outcome.verdict).toEqual({ kind: 'blocked', by: { kind: 'no-default-network' } });
  expect(test1.simulator.calls.filter(({ operation }) => /^(?:Create|Register|Run)/.test(operation))).toEqual([]);
});

test('two up at once make one group', async () => {
  const wanted = desired([80, 443]);
  const [one, other] = await Promise.all([
    observe(test1.account, where, wanted),
    observe(test1.account, where, wanted),
  ]);
  await execute(planUp(wanted, one), options(test1.account, []));
  await execute(planUp(wanted, other), options(test1.account, []));
  expect(await group()).toEqual([{ project: 'shop', admits: ['tcp 80-80 0.0.0.0/0', 'tcp 443-443 0.0.0.0/0'] }]);
});

describe.each(['before', 'after'] as const)('killed %s any call and run again', (when) => {
  test('up ends with one group and its rules, down with none', async () => {
    for (const [run, end] of [
      [(account: Account) => up(account, desired([80])), [{ project: 'shop', admits: ['tcp 80-80 0.0.0.0/0'] }]],
      [down, []],
    ] as const) {
      for (let nth = 0; ; nth++) {
        await test1.close();
        test1 = await testAccount();
        if (run === down) await up(test1.account, desired([80]));
        const killed = killedAt(test1.account, nth, when);
        const isKilled = await run(killed.account).then(
          () => false,
          (error: unknown) => {
            if (error instanceof Killed) return true;
            throw error;
          },
        );
        if (isKilled) await run(test1.account);
        expect(await group(), `killed ${when} call ${nth}`).toEqual(end);
        if (!isKilled) break;
      }
    }
  });
});
