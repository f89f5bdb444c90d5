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

async function rows(): Promise<readonly { task: string; lastStatus: string; revision: string }[]> {
  expect(await servicePs(terminal.context(shop(), { json: true }), {})).toBe(0);
  return JSON.parse(terminal.out).containers;
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
    expect((await rows()).filter(({ lastStatus }) => lastStatus === 'RUNNING').map(({ revision }) => revision)).toEqual(
      ['shop:1', 'shop:1'],
    );
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

  test('the launch options of up make the service so, and the last lines say what it costs and what removes it', async () => {
    const options = { spot: true, platformVersion: '1.4.0', tags: [{ key: 'team', value: 'web' }], count: 2 };
    expect(await serviceUp(terminal.context(shop()), options)).toBe(0);
    const [price, stop] = terminal.error.trimEnd().split('\n').slice(-2);
    expect(price).toMatch(/^On AWS this would cost up to \$0\.0594 an hour: 2 tasks with public addresses, .*20\d\d-/);
    expect(stop).toBe(`Stop it with: compose2fargate service down --simulate-state ${terminal.options.simulateState}`);
    expect(await serviceUp(terminal.context(shop()), options)).toBe(0);
    expect(terminal.error).toContain('Everything is as the files say.');
  });

  test('a changed definition is shown with its values and its line, as by up', async () => {
    await serviceUp(terminal.context(shop()), {});
    const words =
      /Changes against shop:1 \(tasks restart\):\n {2}container db\n {4}image: mysql:8 → mysql:9 {2}\(.*:4:12\)/;
    expect(await serviceUp(terminal.context(changed()), { dryRun: true })).toBe(0);
    expect(terminal.out).toMatch(words);
    expect(await serviceUp(terminal.context(changed()), {})).toBe(0);
    expect(terminal.error).toMatch(words);
  });

  test('--order says which tasks give way, and what the files say of it does not count', async () => {
    const task = shop({ run: { service: { deploymentConfiguration: { maximumPercent: 150 } } } });
    await serviceUp(terminal.context(task), {});
    await serviceUp(terminal.context(task), { order: 'stop-first', dryRun: true });
    expect(terminal.out).toMatch(
      /maximumPercent 150 → 100, .*minimumHealthyPercent 100 → 0, availabilityZoneRebalancing ENABLED → DISABLED\./,
    );
    await serviceUp(terminal.context(task), { order: 'start-first', deploymentMaxPercent: 120, dryRun: true });
    expect(terminal.out).toMatch(/maximumPercent 150 → 120\.\n/);
  });

  test('--enable-execute-command replaces the tasks, and needs a task role', async () => {
    await serviceUp(terminal.context(shop()), {});
    expect(await serviceUp(terminal.context(shop()), { enableExecuteCommand: true })).toBe(1);
    expect(terminal.error).toContain('params/execute-command-role');
    const task = shop({ definition: { taskRoleArn: 'arn:aws:iam::123456789012:role/shop' } });
    await serviceUp(terminal.context(task), {});
    await serviceUp(terminal.context(task), { enableExecuteCommand: true, dryRun: true });
    expect(terminal.out).toContain('enableExecuteCommand false → true, replace its tasks.');
  });

  test('a rollout that discards a volume is told, and asked about on a terminal', async () => {
    const withVolume = (image: string) => {
      const [db, web] = shop().definition.containerDefinitions;
      const mountPoints = [{ sourceVolume: 'db_data', containerPath: '/var/lib/mysql' }];
      const containerDefinitions = [{ ...db, image, mountPoints }, web] as never;
      return shop({ definition: { containerDefinitions, volumes: [{ name: 'db_data' }] } });
    };
    await serviceUp(terminal.context(withVolume('mysql:8')), {});
    const context = terminal.context(changed());
    const ask = async () => 'n';
    expect(await serviceUp({ ...context, io: { ...context.io, ask } }, {})).toBe(130);
    expect(terminal.error).toMatch(/Nothing was changed\.\n$/);
    expect(await serviceUp(terminal.context(changed()), { dryRun: true })).toBe(0);
    expect(terminal.out).toContain(': this loses volume db_data.');
    expect(await serviceUp(terminal.context(changed()), {})).toBe(0);
    expect(terminal.error).toContain('warning: The tasks that are replaced lose volume db_data');
  });

  test('--follow shows what the new tasks write, and not the old ones', async () => {
    const talkative = (task: Task, word: string) => ({ ...task, simulate: simulate({ web: `{logs: [${word}]}` }) });
    await serviceUp(terminal.context(talkative(shop(), 'old')), {});
    expect(await serviceUp(terminal.context(talkative(changed(), 'new')), { follow: true })).toBe(0);
    expect(terminal.error).toContain('web | new\n');
    expect(terminal.error).not.toContain('web | old');
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
  expect(terminal.error).toMatch(/What stays:\n {2}revision shop:1: .*\n.*\n {2}log group \/ecs\/shop: /);
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

  test('--log-retention is set on the groups that are made', async () => {
    await serviceUp(terminal.context(shop()), { logRetention: 30 });
    const put = simulator.calls.filter(({ operation }) => operation === 'PutRetentionPolicy');
    expect(put.map(({ input }) => input)).toMatchObject([{ logGroupName: '/ecs/shop', retentionInDays: 30 }]);
  });

  test('--spot gives the cluster that is made the capacity provider', async () => {
    await serviceUp(terminal.context(shop()), { spot: true });
    const made = simulator.calls.find(({ operation }) => operation === 'CreateCluster');
    expect(made?.input).toMatchObject({ capacityProviders: ['FARGATE', 'FARGATE_SPOT'] });
    expect(await serviceUp(terminal.context(shop()), {})).toBe(0);
    expect(terminal.error).toContain('"FARGATE_SPOT"} → {"capacityProvider":"FARGATE"}, replace its tasks');
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
});
