import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { down, type OnlineContext, serviceRemove, serviceStop, serviceUp, up } from '../../../src/cli/online.ts';
import { type Account, openAccount } from '../../../src/deployer.ts';
import { type Fault, type Simulator, startSimulator } from '../../../src/simulator.ts';
import type { Task } from '../../../src/transformer/task.ts';
import { shop, Terminal } from './project.ts';

// Each waits out the stopping of tasks.
vi.setConfig({ testTimeout: 60_000 });

const faults: Fault[] = [];
let simulator: Simulator;
let terminal: Terminal;
let account: Account;

beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  simulator = await startSimulator({ speed: 1_000, faults });
  terminal = new Terminal({ endpointUrl: simulator.endpoint, simulateSpeed: 1_000 });
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  account = openAccount({ region: 'us-east-1', endpoint: simulator.endpoint, credentials });
  for (const name of ['staging', 'production']) await account.createCluster(name, []);
});
afterEach(async () => {
  faults.length = 0;
  vi.unstubAllEnvs();
  terminal.close();
  account.close();
  await simulator.close();
});

const role = 'shop-execution-us-east-1';
const roles = { createRoles: true };
const purge = { purge: true, yes: true };

/** The shop, whose files name no execution role, in a cluster. */
function shopIn(cluster: string, network: Task['run']['network'] = shop().run.network): OnlineContext {
  const task = shop();
  const origins = new Map([...task.origins, ['executionRoleArn', { rule: 'assumed' }] as const]);
  return terminal.context({ ...task, origins, run: { count: 1, network } }, { cluster });
}

const calls = (...operations: readonly string[]): readonly string[] =>
  simulator.calls.map(({ operation }) => operation).filter((operation) => operations.includes(operation));

describe('the roles of a project that runs in two clusters', () => {
  test('stay with the tasks of the other one, which is said, and go with the last', async () => {
    await up(shopIn('staging'), roles);
    await up(shopIn('production'), roles);
    expect(await down(shopIn('staging'), {})).toBe(0);
    expect(terminal.error).toContain(`  role ${role}: tasks of shop run in the cluster production\n`);
    expect(terminal.error).not.toContain('Delete the role');
    expect(calls('DeleteRole')).toEqual([]);
    expect(await down(shopIn('production'), {})).toBe(0);
    expect(terminal.error).toContain(`Delete the role ${role}.`);
    expect(terminal.error).not.toContain(`  role ${role}`);
    expect(await (await account.roles()).role(role)).toBeUndefined();
  });

  test('stay with a service that has no tasks at the moment, and go when it is removed', async () => {
    await up(shopIn('staging'), roles);
    await serviceUp(shopIn('production'), roles);
    await serviceStop(shopIn('production'), {});
    expect(await down(shopIn('staging'), {})).toBe(0);
    expect(terminal.error).toContain(`  role ${role}: the service shop is in the cluster production\n`);
    expect(await serviceRemove(shopIn('production'), {})).toBe(0);
    expect(terminal.error).toContain(`Delete the role ${role}.`);
  });

  test('"service rm" leaves them to tasks elsewhere, and --json says to whom', async () => {
    await up(shopIn('staging'), roles);
    await serviceUp(shopIn('production'), roles);
    const context = shopIn('production');
    expect(await serviceRemove({ ...context, options: { ...context.options, json: true } }, {})).toBe(0);
    expect(JSON.parse(terminal.out).remains).toContainEqual({
      kind: 'role',
      name: role,
      region: 'us-east-1',
      why: 'used-elsewhere',
      uses: [{ by: 'tasks', family: 'shop', cluster: 'staging' }],
    });
    expect(calls('DeleteRole')).toEqual([]);
  });

  test.each([
    ['ListClusters', 'other clusters', 'ecs:ListClusters'],
    ['ListTasks', 'the cluster production', 'ecs:ListTasks'],
  ])('stay where %s is not allowed', async (operation, where, permission) => {
    await up(shopIn('staging'), roles);
    // Its own cluster is looked into twice before: by "up", and by "down".
    const nth = operation === 'ListTasks' ? 3 : 1;
    faults.push({ operation, kind: 'access-denied', nth });
    expect(await down(shopIn('staging'), {})).toBe(0);
    expect(terminal.error).toContain(
      `  role ${role}: whether shop also runs in ${where} cannot be seen without the permission ${permission}\n`,
    );
    expect(await down(shopIn('staging'), {})).toBe(0);
    expect(terminal.error).toContain(`Delete the role ${role}.`);
  });

  test('are shown to stay by --dry-run, which names what it deletes alone', async () => {
    await up(shopIn('staging'), roles);
    await up(shopIn('production'), roles);
    expect(await down(shopIn('staging'), { dryRun: true })).toBe(0);
    expect(terminal.out).toMatch(/^Stop task \w+\.\n$/);
    expect(terminal.error).toContain('tasks of shop run in the cluster production');
  });
});

describe('a task role that the files want no longer', () => {
  const sending = (cluster: string): OnlineContext => {
    const context = shopIn(cluster);
    const rolePolicies = { managed: ['arn:aws:iam::aws:policy/AmazonSQSFullAccess'], statements: [] };
    return { ...context, task: { ...context.task, rolePolicies } };
  };

  test.each([
    ['up', up],
    ['service up', serviceUp],
  ] as const)('"%s" leaves it to the other cluster, and says so', async (_, command) => {
    await command(sending('production'), roles);
    await command(sending('staging'), roles);
    expect(await command(shopIn('staging'), {})).toBe(0);
    expect(terminal.error).toMatch(
      /^The files no longer want the role shop-task-us-east-1, but it stays: .* the cluster production\.$/m,
    );
    expect(calls('DeleteRole')).toEqual([]);
  });

  test('goes where no other cluster has tasks with it', async () => {
    await up(sending('staging'), roles);
    expect(await up(shopIn('staging'), {})).toBe(0);
    expect(terminal.error).toContain('Delete the role shop-task-us-east-1.');
    expect(calls('DeleteRole')).toEqual(['DeleteRole']);
  });
});

describe('--purge', () => {
  test('is refused while tasks run in another cluster, and changes nothing', async () => {
    await up(shopIn('staging'), {});
    await up(shopIn('production'), {});
    expect(await down(shopIn('staging'), purge)).toBe(3);
    expect(terminal.error).toContain(
      'What --purge would remove is in use: tasks of shop run in the cluster production. Nothing was changed.',
    );
    expect(terminal.error).toContain('compose2fargate down --cluster production');
    expect(simulator.calls.filter(({ operation }) => /^(?:De(?:lete|register)|Stop)/.test(operation))).toEqual([]);
    expect(await down(shopIn('production'), {})).toBe(0);
    expect(await down(shopIn('staging'), purge)).toBe(0);
    expect(await account.revisionsOf('shop', 'ACTIVE')).toEqual([]);
  });

  test('of "service rm" is refused likewise, also where nobody may look', async () => {
    await serviceUp(shopIn('staging'), {});
    await serviceUp(shopIn('production'), {});
    expect(await serviceRemove(shopIn('staging'), purge)).toBe(3);
    expect(terminal.error).toContain('the service shop is in the cluster production');
    expect(terminal.error).toContain('compose2fargate service rm --cluster production');
    faults.push({ operation: 'ListClusters', nth: 2, kind: 'access-denied' });
    expect(await serviceRemove(shopIn('staging'), purge)).toBe(3);
    expect(terminal.error).toContain(
      'What --purge would remove may be in use: whether shop also runs in other clusters cannot be seen without the permission ecs:ListClusters.',
    );
    expect(calls('DeleteService', 'DeleteLogGroup')).toEqual([]);
  });

  test('that finds nothing looks nowhere', async () => {
    await up(shopIn('production'), {});
    await down(shopIn('production'), purge);
    const before = calls('ListClusters').length;
    expect(await down(shopIn('production'), purge)).toBe(0);
    expect(calls('ListClusters')).toHaveLength(before);
  });
});

describe('a security group is that of a cluster', () => {
  const publishing = (cluster: string, containerPort: number): OnlineContext => {
    const context = shopIn(cluster, {});
    const published = context.task.published.map((port) => ({ ...port, containerPort }));
    return { ...context, task: { ...context.task, published } };
  };
  const openPorts = async (name: string) => {
    const [group] = await (await account.network()).securityGroupsNamed(name);
    return group?.inbound.map(({ fromPort }) => fromPort);
  };

  test('so what the other one publishes stays open, and it goes at once', async () => {
    await up(publishing('production', 80), {});
    await up(publishing('staging', 8080), {});
    expect(await openPorts('compose2fargate-shop@production')).toEqual([80]);
    expect(await openPorts('compose2fargate-shop@staging')).toEqual([8080]);
    expect(await down(publishing('staging', 8080), {})).toBe(0);
    expect(terminal.error).toMatch(/^Delete the security group compose2fargate-shop@staging: sg-\w+$/m);
    expect(calls('DeleteSecurityGroup')).toEqual(['DeleteSecurityGroup']);
    expect(await openPorts('compose2fargate-shop@production')).toEqual([80]);
  });

  test('and that of "default" has the name of the project alone', async () => {
    await up(publishing('default', 80), {});
    expect(await openPorts('compose2fargate-shop')).toEqual([80]);
    await up(publishing('arn:aws:ecs:us-east-1:123456789012:cluster/default', 8080), {});
    expect(await openPorts('compose2fargate-shop')).toEqual([8080]);
  });
});

test('many clusters are all looked into, and those of others do not count', async () => {
  for (let number = 0; number < 120; number++) await account.createCluster(`other-${number}`, []);
  await up(shopIn('staging'), roles);
  await up(shopIn('other-119'), roles);
  expect(await down(shopIn('staging'), {})).toBe(0);
  expect(terminal.error).toContain('tasks of shop run in the cluster other-119');
  await down(shopIn('other-119'), {});
  expect(calls('DeleteRole')).toEqual(['DeleteRole']);
});

test('where nothing is removed no other cluster is looked at', async () => {
  await up(shopIn('staging'), {});
  expect(await down(shopIn('staging'), {})).toBe(0);
  expect(calls('ListClusters')).toEqual([]);
});
