import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  type CreateLogGroupCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateClusterCommand, ECSClient } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { down, type OnlineContext, serviceRemove, serviceStop, serviceUp, up } from '../../../src/cli/online.ts';
import { type Account, openAccount } from '../../../src/deployer.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../src/simulator.ts';
import type { Task } from '../../../src/transformer/task.ts';
import { shop, Terminal } from './project.ts';

// Each waits out the stopping of tasks.
vi.setConfig({ testTimeout: 60_000 });

let simulator: Simulator;
let terminal: Terminal;
let account: Account;
const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
const configuration = () => ({ region: 'us-east-1', endpoint: simulator.endpoint, credentials });

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({ speed: 1_000, ...options });
  terminal = new Terminal({ endpointUrl: simulator.endpoint, simulateSpeed: 1_000 });
  account = openAccount(configuration());
}

beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  await start();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  terminal.close();
  account.close();
  await simulator.close();
});

const purge = { purge: true, yes: true };
const context = (): OnlineContext => terminal.context(shop());
const tags = [{ key: 'compose2fargate:project', value: 'shop' }];

/** The deletions since the account was made, without the service of each. */
const deletions = (): readonly string[] =>
  simulator.calls.map(({ operation }) => operation).filter((name) => /^De(?:lete|register)/.test(name));

async function createLogGroup(input: CreateLogGroupCommandInput): Promise<void> {
  const client = new CloudWatchLogsClient(configuration());
  await client.send(new CreateLogGroupCommand(input));
  client.destroy();
}

/** Makes what `push` and `secrets push` make. */
async function keep(): Promise<void> {
  const registry = await account.registry();
  await registry.createRepository('shop/web', 1, tags);
  await registry.putImage('shop/web', '1', '{}');
  await (await account.secretStore('secrets-manager')).create('shop/KEY', 'x', { tags });
  await (await account.secretStore('ssm')).create('/shop/KEY', 'x', { tags });
}

/** The project with an image in its repository. */
function withRepository(): Task {
  const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:1';
  const [db, web] = shop().definition.containerDefinitions;
  return shop({ definition: { containerDefinitions: [db, { ...web, image }] as never } });
}

/** Whether nothing that the project kept is there any more. */
async function isEmpty(): Promise<boolean> {
  const left = [
    await account.revisionsOf('shop', 'ACTIVE'),
    await account.revisionsOf('shop', 'INACTIVE'),
    await (await account.secretStore('secrets-manager')).tagged(tags),
    await (await account.secretStore('ssm')).tagged(tags),
  ];
  const found = [await account.logGroupTags({ name: '/ecs/shop' }), await account.clusterState('default')];
  const hasRepository = await (await account.registry()).hasRepository('shop/web');
  return left.flat().length === 0 && found.every((one) => one === undefined) && !hasRepository;
}

describe('down --purge', () => {
  test('takes logs, revisions and the cluster that up made; run again, it has nothing to do', async () => {
    await up(context(), {});
    await up(terminal.context(shop({ definition: { cpu: '1024', memory: '2048' } })), {});
    expect(await down(context(), purge)).toBe(0);
    expect(terminal.error).toMatch(
      /is STOPPED[\s\S]*Delete the log group \/ecs\/shop with its logs\.\nDelete the revisions shop:1, shop:2\.\nDelete the cluster default\.\n/,
    );
    expect(terminal.error).not.toContain('What stays');
    expect(await account.logGroupTags({ name: '/ecs/shop' })).toBeUndefined();
    expect(await account.clusterState('default')).toBeUndefined();
    for (const status of ['ACTIVE', 'INACTIVE'] as const) expect(await account.revisionsOf('shop', status)).toEqual([]);

    const before = deletions().length;
    expect(await down(context(), purge)).toBe(0);
    expect(deletions()).toHaveLength(before);
    expect(await down(context(), { purge: true })).toBe(0);
    // All can be made anew.
    expect(await up(context(), {})).toBe(0);
  });

  test('goes on where a down without it ended, also for revisions that were deregistered since', async () => {
    await up(context(), {});
    await down(context(), {});
    const [first = ''] = await account.revisionsOf('shop', 'ACTIVE');
    await account.deregisterRevision(first);
    expect(await down(context(), purge)).toBe(0);
    expect(await account.revisionsOf('shop', 'INACTIVE')).toEqual([]);
    expect(await account.clusterState('default')).toBeUndefined();
  });

  test('takes secrets, parameters and repositories by their tags, named by the files or not', async () => {
    await keep();
    await up(terminal.context(withRepository()), {});
    // The files name the repository no more, but the revision does.
    expect(await down(context(), purge)).toBe(0);
    expect(await isEmpty()).toBe(true);
    // The names are free.
    await (await account.secretStore('secrets-manager')).create('shop/KEY', 'y', { tags });
  });

  test('leaves what has a name of the project and not its tag, and says so', async () => {
    await createLogGroup({ logGroupName: '/ecs/shop' });
    const client = new ECSClient(configuration());
    await client.send(new CreateClusterCommand({ clusterName: 'default' }));
    await up(context(), {});
    client.destroy();
    await account.registerRevision({ ...shop().definition, cpu: '1024', memory: '2048' }, [
      { key: 'owner', value: 'somebody else' },
    ]);
    expect(await down(context(), purge)).toBe(0);
    expect(terminal.error).toContain('  log group /ecs/shop: it lacks the tag by which this project knows its own\n');
    expect(terminal.error).toContain('  revision shop:2: it lacks the tag');
    expect(await account.logGroupTags({ name: '/ecs/shop' })).toEqual(new Map());
    expect(await account.revisionsOf('shop', 'ACTIVE')).toEqual([expect.stringMatching(/shop:2$/)]);
    expect(await account.clusterState('default')).toMatchObject({ name: 'default' });
  });

  test('leaves the group that begins with the name of another', async () => {
    await up(context(), {});
    await createLogGroup({ logGroupName: '/ecs/shop-api', tags: { 'compose2fargate:project': 'shop-api' } });
    await down(context(), purge);
    expect(await account.logGroupTags({ name: '/ecs/shop-api' })).toBeDefined();
  });

  describe('the role of "registry-creds up"', () => {
    const parameter = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/registry/quay.io-AbCdEf';
    const [db, web] = shop().definition.containerDefinitions;
    const containerDefinitions = [{ ...db, repositoryCredentials: { credentialsParameter: parameter } }, web] as never;
    const pulling = (role: string) =>
      terminal.context(shop({ definition: { containerDefinitions, executionRoleArn: role } }));
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Sid: 'x', Effect: 'Allow', Action: ['sts:AssumeRole'] }],
    } as const;

    test('stays with the secrets, which is said, and goes with them', async () => {
      const roles = await account.roles();
      await roles.createRole('pullers', trust, tags);
      // No task has run with it yet.
      expect(await down(pulling('pullers'), {})).toBe(0);
      expect(terminal.error).toContain('  role pullers: it reads the secrets of registries, and costs nothing\n');
      await up(pulling('arn:aws:iam::123456789012:role/pullers'), {});
      expect(await down(pulling('pullers'), {})).toBe(0);
      expect(terminal.error).toContain('  role pullers: it reads');
      // The file that names it may be gone, but the newest revision does too.
      expect(await down(context(), purge)).toBe(0);
      expect(terminal.error).toContain('Delete the role pullers.');
      expect(await roles.role('pullers')).toBeUndefined();
    });

    test('of somebody else is left alone', async () => {
      const roles = await account.roles();
      await roles.createRole('pullers', trust, []);
      await up(pulling('pullers'), {});
      expect(await down(pulling('pullers'), {})).toBe(0);
      expect(terminal.error).not.toContain('pullers');
      expect(await down(pulling('pullers'), purge)).toBe(0);
      expect(await roles.role('pullers')).toBeDefined();
    });
  });

  test('never touches EFS, and says that its data stays', async () => {
    const volumes = [{ name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-01234567' } }];
    await up(terminal.context(shop({ definition: { volumes } })), {});
    expect(await down(context(), purge)).toBe(0);
    expect(terminal.error).toContain('  EFS file system fs-01234567: data, which is never removed\n');
  });

  test('leaves the cluster that somebody else has come into', async () => {
    await up(context(), {});
    const arn = (await account.latestRevision('shop'))?.arn as string;
    await account.runTasks({
      cluster: 'default',
      revisionArn: arn,
      count: 1,
      placement: { subnets: ['subnet-1'], assignPublicIp: 'ENABLED' },
      startedBy: 'x',
      tags: [],
      clientToken: 'x',
    });
    expect(await down(context(), purge)).toBe(0);
    expect(terminal.error).toContain('  cluster default: services or tasks of others are in it\n');
    expect(deletions()).not.toContain('DeleteCluster');
  });

  test('the plan shows every deletion, and changes nothing', async () => {
    await up(context(), {});
    const before = deletions();
    expect(await down(context(), { purge: true, dryRun: true })).toBe(0);
    expect(terminal.out).toMatch(
      /^Stop task \w+\.\nDelete the log group \/ecs\/shop with its logs\.\nDelete the revision shop:1\.\nDelete the cluster default\.\n$/,
    );
    expect(deletions()).toEqual(before);
    expect(await down(terminal.context(shop(), { json: true }), { dryRun: true })).toBe(0);
    expect(JSON.parse(terminal.out)).toMatchObject({ changes: true, operations: [{ kind: 'stop-tasks' }] });
  });

  test.each(
    [
      'DeleteLogGroup',
      'DeleteRepository',
      'DeleteSecret',
      'DeleteParameter',
      'DeregisterTaskDefinition',
      'DeleteTaskDefinitions',
      'DeleteCluster',
    ].flatMap((operation) => (['access-denied', 'lost-answer'] as const).map((kind) => ({ operation, kind }))),
  )('$kind of $operation: run again it goes on to the same end', async ({ operation, kind }) => {
    await simulator.close();
    await start({ faults: [{ operation, kind }] });
    await keep();
    await up(terminal.context(withRepository()), {});
    const code = await down(context(), purge);
    // The SDK asks again where an answer is lost, and what is gone by then is no error.
    expect(code, terminal.error).toBe(kind === 'lost-answer' ? 0 : 3);
    if (code !== 0) expect(await down(context(), purge), terminal.error).toBe(0);
    expect(await isEmpty()).toBe(true);
  });

  test('is refused beside a service, also one without tasks, and changes nothing', async () => {
    await serviceUp(context(), {});
    for (const prepare of [async () => 0, () => serviceStop(context(), {})]) {
      await prepare();
      expect(await down(context(), purge)).toBe(3);
      expect(terminal.error).toContain('The service shop uses what --purge would remove. Nothing was changed.');
    }
    expect(deletions()).toEqual([]);
  });
});

describe('what another family of the project still needs', () => {
  const ofFamily = (family: string, cluster = 'default'): OnlineContext =>
    terminal.context(shop({ definition: { family } }), { cluster });
  const runs = (family: string, cluster: string) => `tasks of ${family} run in the cluster ${cluster}`;
  const stands = (family: string, cluster: string) => `the service ${family} is in the cluster ${cluster}`;

  test.each([
    { kind: 'tasks', start: up, remove: down, use: runs, command: 'down' },
    { kind: 'a service', start: serviceUp, remove: serviceRemove, use: stands, command: 'service rm' },
  ])('is left to $kind of it, and goes with the last', async ({ start, remove, use, command }) => {
    await keep();
    await up(context(), {});
    await start(ofFamily('worker'), {});
    expect(await down(context(), purge)).toBe(3);
    expect(terminal.error).toContain(`What --purge would remove is in use: ${use('worker', 'default')}.`);
    expect(terminal.error).toContain(
      `Take that down first: compose2fargate ${command} --family worker --cluster default`,
    );
    expect(simulator.calls.map(({ operation }) => operation)).not.toContain('StopTask');
    expect(deletions()).toEqual([]);
    expect(await remove(ofFamily('worker'), {})).toBe(0);
    expect(await down(context(), purge), terminal.error).toBe(0);
    expect(await (await account.secretStore('secrets-manager')).tagged(tags)).toEqual([]);
  });

  test('is left to both kinds at once, also by "service rm", and to a service without tasks', async () => {
    await serviceUp(context(), {});
    await up(ofFamily('batch'), {});
    await serviceUp(ofFamily('worker'), {});
    await serviceStop(ofFamily('worker'), {});
    expect(await serviceRemove(context(), purge)).toBe(3);
    expect(terminal.error).toContain(
      `${stands('worker', 'default')}, ${runs('batch', 'default')}. Nothing was changed.`,
    );
    expect(terminal.error).toMatch(/ service rm --family worker .*, compose2fargate down --family batch /);
    expect(deletions()).toEqual([]);
    await serviceRemove(ofFamily('worker'), {});
    await down(ofFamily('batch'), {});
    expect(await serviceRemove(context(), purge), terminal.error).toBe(0);
  });

  test('is left to it in another cluster, where the own family is looked for too', async () => {
    await account.createCluster('production', []);
    await up(context(), {});
    await up(ofFamily('worker', 'production'), {});
    await serviceUp(ofFamily('shop', 'production'), {});
    expect(await down(context(), purge)).toBe(3);
    expect(terminal.error).toContain(`${stands('shop', 'production')}, ${runs('worker', 'production')}.`);
    expect(terminal.error).toMatch(
      / service rm --cluster production .*, compose2fargate down --family worker --cluster /,
    );
    await serviceRemove(ofFamily('shop', 'production'), {});
    await down(ofFamily('worker', 'production'), {});
    expect(await down(context(), purge), terminal.error).toBe(0);
  });

  test('is left to a service without tasks that another project has made of the own family elsewhere', async () => {
    await account.createCluster('production', []);
    await up(context(), {});
    const other = { ...ofFamily('shop', 'production'), project: { ...context().project, name: 'other' } };
    await serviceUp(other, {});
    await serviceStop(other, {});
    expect(await down(context(), purge)).toBe(3);
    expect(terminal.error).toContain(`in use: ${stands('shop', 'production')}. `);
  });

  test('is seen among more tasks and services than one answer holds', async () => {
    await up(context(), {});
    await up({ ...ofFamily('other'), project: { ...context().project, name: 'other' } }, { count: 100 });
    for (let number = 0; number < 11; number++) {
      await serviceUp({ ...ofFamily(`other-${number}`), project: { ...context().project, name: 'other' } }, {});
    }
    await up(ofFamily('batch'), {});
    await serviceUp(ofFamily('worker'), {});
    expect(await down(context(), purge)).toBe(3);
    expect(terminal.error).toContain(`in use: ${stands('worker', 'default')}, ${runs('batch', 'default')}. `);
  });

  test('is not kept by another project, nor looked for without --purge', async () => {
    const other = { ...ofFamily('other'), project: { ...context().project, name: 'other' } };
    await up(other, {});
    await serviceUp({ ...other, task: shop({ definition: { family: 'another' } }) }, {});
    await up(context(), {});
    const lists = () => simulator.calls.filter(({ operation }) => operation === 'ListServices');
    expect(await down(context(), {})).toBe(0);
    expect(lists()).toHaveLength(0);
    expect(await down(context(), purge), terminal.error).toBe(0);
    expect(lists()).toHaveLength(1);
    expect(terminal.error).not.toContain('Stop task');
  });

  test('cannot be seen where nobody may list services, and nothing is changed', async () => {
    await simulator.close();
    await start({ faults: [{ operation: 'ListServices', kind: 'access-denied' }] });
    await up(context(), {});
    expect(await down(context(), purge)).toBe(3);
    expect(terminal.error).toContain('ecs:ListServices');
    expect(deletions()).toEqual([]);
  });
});

describe('what cannot be undone is asked about', () => {
  const answering = (answer: string): { context: OnlineContext; questions: string[] } => {
    const questions: string[] = [];
    const given = context();
    const ask = async (question: string) => {
      questions.push(question);
      return answer;
    };
    return { context: { ...given, io: { ...given.io, ask } }, questions };
  };

  test('where nobody is there it needs --yes, and no task is stopped without', async () => {
    await up(context(), {});
    expect(await down(context(), { purge: true })).toBe(2);
    expect(terminal.error).toMatch(/This cannot be undone:.*\n {2}Delete the log group \/ecs\/shop with its logs\.\n/);
    expect(terminal.error).toContain('Say yes beforehand with --yes.');
    expect(simulator.calls.map(({ operation }) => operation)).not.toContain('StopTask');
  });

  test('on a terminal it asks once', async () => {
    await up(context(), {});
    const no = answering('');
    expect(await down(no.context, { purge: true })).toBe(0);
    expect(no.questions).toEqual(['Go on? [y/N] ']);
    expect(terminal.error).toContain('Nothing was done.');
    expect(simulator.calls.map(({ operation }) => operation)).not.toContain('StopTask');
    const yes = answering('y');
    expect(await down(yes.context, { purge: true })).toBe(0);
    expect(yes.questions).toHaveLength(1);
    expect(await account.revisionsOf('shop', 'ACTIVE')).toEqual([]);
  });
});

describe('service rm --purge', () => {
  test('takes the service and all that is left of the project, and again finds nothing', async () => {
    await serviceUp(context(), {});
    expect(await serviceRemove(context(), { purge: true, dryRun: true })).toBe(0);
    expect(terminal.out).toMatch(
      /Delete the service shop\.[\s\S]*Delete the revision shop:1\.\nDelete the cluster default\.\n$/,
    );
    expect(await serviceRemove(context(), purge)).toBe(0);
    expect(await account.clusterState('default')).toBeUndefined();
    expect(await serviceRemove(context(), purge)).toBe(0);
    expect(terminal.error).toContain('There is no service shop');
  });

  test('goes on where a service rm without it ended', async () => {
    await serviceUp(context(), {});
    await serviceRemove(context(), {});
    expect(terminal.error).toMatch(/What stays:[\s\S]*compose2fargate service rm --purge/);
    expect(await serviceRemove(context(), purge)).toBe(0);
    expect(await account.logGroupTags({ name: '/ecs/shop' })).toBeUndefined();
  });

  test('is refused beside tasks of up', async () => {
    await up(context(), {});
    await serviceUp(context(), {});
    expect(await serviceRemove(context(), purge)).toBe(3);
    expect(terminal.error).toMatch(/Beside the service shop, tasks use what --purge would remove: [0-9a-f]{32}\./);
    expect(deletions()).toEqual([]);
  });
});
