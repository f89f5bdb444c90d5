import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  down,
  serviceLogs,
  servicePs,
  serviceRemove,
  serviceScale,
  serviceStop,
  serviceUp,
  up,
} from '../../../src/cli/online.ts';
import { openAccount } from '../../../src/deployer/aws/account.ts';
import { type Simulator, startSimulator } from '../../../src/simulator.ts';
import type { Task } from '../../../src/transformer/task.ts';
import { shop, simulate, Terminal } from './project.ts';

let terminal: Terminal;
beforeEach(() => {
  terminal = new Terminal();
});
afterEach(() => terminal.close());

function changed(task: Task = shop()): Task {
  const [db, web] = task.definition.containerDefinitions;
  return {
    ...task,
    definition: { ...task.definition, containerDefinitions: [{ ...db, image: 'mysql:9' }, web] as never },
  };
}

async function rows(): Promise<readonly { task: string; state: string; revision: string }[]> {
  expect(await servicePs(terminal.context(shop(), { json: true }), {})).toBe(0);
  return JSON.parse(terminal.out);
}

describe('service up', () => {
  test('creates the service, waits until it is steady, prints the address', async () => {
    expect(await serviceUp(terminal.context(shop()), {})).toBe(0);
    expect(terminal.out).toMatch(/^http:\/\/203\.0\.113\.\d+\n$/);
    expect(terminal.error).toContain('Create the service shop of 1 task: shop:1\n');
    expect(terminal.error).toMatch(/\(service shop\) has reached a steady state\./);
  });

  test('unchanged changes nothing, and prints the address again', async () => {
    await serviceUp(terminal.context(shop()), {});
    const address = terminal.out;
    expect(await serviceUp(terminal.context(shop()), {})).toBe(0);
    expect(terminal.out).toBe(address);
    expect(terminal.error).toContain('Everything is as the files say.');
    expect(terminal.error).not.toMatch(/Register|Update|Create/);
  });

  test('changed rolls the new revision out', async () => {
    await serviceUp(terminal.context(shop()), {});
    expect(await serviceUp(terminal.context(changed()), {})).toBe(0);
    expect(terminal.error).toContain('Update the service shop: taskDefinition shop:1 → the new revision: shop:2');
    expect(new Set((await rows()).map(({ revision }) => revision))).toEqual(new Set(['shop:2']));
  });

  test('a rollout that fails is rolled back: exit 4, the reason, and the line', async () => {
    await serviceUp(terminal.context(shop()), {});
    const failing = { ...changed(), simulate: simulate({ db: '{pull: not-found}' }) };
    expect(await serviceUp(terminal.context(failing), {})).toBe(4);
    expect(terminal.error).toMatch(/compose\.yaml:4:12: error: Task \w+ stopped \(TaskFailedToStart\)/);
    expect(terminal.error).toContain('The rollout of shop:2 failed. ECS has rolled the service shop back to shop:1.');
    expect(terminal.out).toBe('');
    expect((await rows()).filter(({ state }) => state === 'RUNNING').map(({ revision }) => revision)).toEqual([
      'shop:1',
      'shop:1',
    ]);
  });

  test('a first rollout that fails says that there is nothing to go back to, and is tried again', async () => {
    const failing = { ...shop(), simulate: simulate({ db: '{pull: not-found}' }) };
    expect(await serviceUp(terminal.context(failing), {})).toBe(4);
    expect(terminal.error).toContain('ECS has given up, and there was nothing to roll back to.');
    expect(await serviceUp(terminal.context(shop()), {})).toBe(0);
    expect(terminal.error).toContain('Update the service shop: try again, since its last rollout failed');
  });

  test('a task that dies again and again ends the wait, without a circuit breaker too', async () => {
    const circuitBreaker = { enable: false, rollback: false };
    const task = shop({ run: { service: { circuitBreaker } } });
    const failing = { ...task, simulate: simulate({ web: '{exit: {code: 3, after: 1s}}' }) };
    expect(await serviceUp(terminal.context(failing), {})).toBe(4);
    expect(terminal.error).toContain('Container web ended with exit code 3.');
    expect(terminal.error).toMatch(/The rollout of shop:1 failed\. ECS goes on starting tasks of it/);
  });

  test('--timeout ends the wait', async () => {
    expect(await serviceUp(terminal.context(shop()), { timeout: 1_500 })).toBe(4);
    expect(terminal.error).toMatch(/After 2 seconds the service shop is not steady: 0 of 1 tasks run/);
  });

  test('Ctrl-C stops waiting, and undoes nothing', async () => {
    const context = terminal.context(shop());
    const ended = serviceUp(context, {});
    const interrupt = setInterval(() => {
      if (terminal.error.includes('has started 1 tasks')) terminal.interrupt.abort();
    }, 1);
    expect(await ended).toBe(130);
    clearInterval(interrupt);
    expect(terminal.error).toMatch(/Interrupted, and nothing was undone: ECS goes on with the service shop/);
    expect(await serviceUp(terminal.context(shop()), {})).toBe(0);
    expect(terminal.error).toContain('Everything is as the files say.');
  });

  test('--dry-run prints the plan and does nothing', async () => {
    expect(await serviceUp(terminal.context(shop()), { dryRun: true })).toBe(0);
    expect(terminal.out).toBe(`Create the cluster default, which costs nothing.
Create the log group /ecs/shop unless it exists.
Register the first revision of shop.
Create the service shop of 1 task.
Wait until the service shop is steady with 1 task.
`);
    expect(await serviceRemove(terminal.context(shop()), {})).toBe(0);
    expect(terminal.error).toContain('There is no service shop in the cluster default.');
  });

  test('the options of the command line win over the files', async () => {
    const task = shop({ run: { service: { deploymentConfiguration: { maximumPercent: 150 } } } });
    await serviceUp(terminal.context(task), {});
    const options = {
      count: 2,
      deploymentMaxPercent: 120,
      deploymentMinHealthyPercent: 50,
      healthCheckGracePeriod: 60_000,
    };
    expect(await serviceUp(terminal.context(task), { ...options, dryRun: true })).toBe(0);
    expect(terminal.out).toMatch(
      /^Update the service shop: .*maximumPercent 150 → 120, .*minimumHealthyPercent 100 → 50, desiredCount 1 → 2, healthCheckGracePeriodSeconds 0 → 60\.\n/,
    );
  });

  test('two at once end in one service with one task', async () => {
    const other = new Terminal(terminal.options);
    const codes = await Promise.all([serviceUp(terminal.context(shop()), {}), serviceUp(other.context(shop()), {})]);
    other.close();
    expect(codes).toEqual([0, 0]);
    expect(new Set((await rows()).map(({ task }) => task)).size).toBe(1);
  });

  test('--json prints one document', async () => {
    expect(await serviceUp(terminal.context(shop(), { json: true }), {})).toBe(0);
    expect(JSON.parse(terminal.out)).toMatchObject({
      outcome: 'ready',
      revision: 'shop:1',
      service: { name: 'shop', status: 'ACTIVE', desiredCount: 1, runningCount: 1 },
      tasks: [{ lastStatus: 'RUNNING' }],
      addresses: [{ port: 80, address: expect.stringMatching(/^http:/) }],
    });
  });
});

test('scale, stop, up and rm', async () => {
  await serviceUp(terminal.context(shop()), {});
  expect(await serviceScale(terminal.context(shop()), { count: 3 })).toBe(0);
  expect(new Set((await rows()).map(({ task }) => task)).size).toBe(3);
  expect(await serviceLogs(terminal.context(shop()), { services: ['web'] })).toBe(0);
  expect(terminal.out).toMatch(/^web\/\w{8} \| /);
  expect(await serviceStop(terminal.context(shop()), {})).toBe(0);
  expect(terminal.error).toContain('The service shop stays');
  expect(await rows()).toEqual([]);
  expect(await serviceUp(terminal.context(shop()), {})).toBe(0);
  expect(terminal.error).toContain('Update the service shop: desiredCount 0 → 1.\n');
  expect(await serviceRemove(terminal.context(shop()), {})).toBe(0);
  expect(terminal.error).toMatch(/What stays .*revisions of shop, .*\/ecs\/shop/);
  expect(await serviceScale(terminal.context(shop()), { count: 2 })).toBe(3);
  expect(terminal.error).toContain('There is no service shop');
  expect(await serviceUp(terminal.context(shop()), {})).toBe(0);
  expect(terminal.error).not.toContain('Register');
});

test('tasks and the service do not get into each other', async () => {
  await up(terminal.context(shop()), {});
  expect(await serviceUp(terminal.context(shop()), {})).toBe(0);
  expect(terminal.error).toMatch(
    /warning: Beside the service, tasks of shop run that were started by themselves: \w{32}\. .*\n {2}help: .*down/,
  );
  expect(await down(terminal.context(shop()), {})).toBe(0);
  expect(terminal.error).toContain('The tasks of the service shop are left alone');
  expect(await rows()).toHaveLength(2);
  expect(await up(terminal.context(shop()), {})).toBe(3);
  expect(terminal.error).toContain('The service shop keeps tasks of this family running in the cluster default.');
});

describe('against an endpoint', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
    vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
    simulator = await startSimulator({ speed: 50 });
    terminal.close();
    terminal = new Terminal({ endpointUrl: simulator.endpoint });
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await simulator.close();
  });

  /** The calls of a command, without the looks at the service and its tasks. */
  async function callsOf(command: () => Promise<unknown>): Promise<readonly string[]> {
    const before = simulator.calls.length;
    await command();
    const looks = ['DescribeServices', 'ListTasks', 'DescribeTasks'];
    return simulator.calls
      .slice(before)
      .map(({ operation }) => operation)
      .filter((operation, index, all) => !looks.includes(operation) || all.indexOf(operation) === index)
      .toSorted();
  }

  test('the calls of service up, and of service up again', async () => {
    await openedAccount().createCluster('default', []);
    expect(await callsOf(() => serviceUp(terminal.context(shop()), {}))).toEqual([
      'CreateLogGroup',
      'CreateService',
      'DescribeNetworkInterfaces',
      'DescribeSecurityGroups',
      'DescribeServices',
      'DescribeTaskDefinition',
      'DescribeTasks',
      'ListTasks',
      'RegisterTaskDefinition',
    ]);
    expect(await callsOf(() => serviceUp(terminal.context(shop()), {}))).toEqual([
      'DescribeNetworkInterfaces',
      'DescribeSecurityGroups',
      'DescribeServices',
      'DescribeTaskDefinition',
      'DescribeTasks',
      'ListTasks',
    ]);
  });

  test('a service that somebody else made is left alone, or adopted', async () => {
    await serviceUp(terminal.context(shop()), {});
    const other = (task: Task) => {
      const context = terminal.context(task);
      return { ...context, project: { ...context.project, name: 'other' } };
    };
    expect(await serviceUp(other(shop()), {})).toBe(3);
    expect(terminal.error).toMatch(/was not made by this project: arn:aws:ecs:.*:service\/default\/shop\./);
    expect(await serviceRemove(other(shop()), {})).toBe(3);
    expect(await serviceUp(other(shop()), { adopt: true })).toBe(0);
    expect(await servicePs(other(shop()), {})).toBe(0);
    expect(terminal.out).toContain('RUNNING');
  });

  function openedAccount(): ReturnType<typeof openAccount> {
    return openAccount({ region: 'us-east-1', endpoint: simulator.endpoint });
  }
});
