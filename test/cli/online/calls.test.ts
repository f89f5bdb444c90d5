import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { down, ps, up } from '../../../src/cli/online.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../src/simulator.ts';
import { shop, Terminal } from './project.ts';

let simulator: Simulator;
let terminal: Terminal;

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({ speed: 50, ...options });
  terminal = new Terminal({ endpointUrl: simulator.endpoint });
}

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  terminal.close();
  await simulator.close();
});

/** The calls of a command, without the looks at tasks while it waits. */
async function callsOf(command: () => Promise<unknown>): Promise<readonly string[]> {
  const before = simulator.calls.length;
  await command();
  return simulator.calls
    .slice(before)
    .map(({ operation }) => operation)
    .filter((operation, index, all) => operation !== 'DescribeTasks' || all.indexOf(operation) === index);
}

describe('the calls of a command', () => {
  test('up, up again, ps, down', async () => {
    await start();
    expect((await callsOf(() => up(terminal.context(shop()), {}))).toSorted()).toEqual([
      'CreateCluster',
      'CreateLogGroup',
      'DescribeNetworkInterfaces',
      'DescribeSecurityGroups',
      'DescribeTaskDefinition',
      'DescribeTasks',
      'ListTasks',
      'RegisterTaskDefinition',
      'RunTask',
    ]);
    expect((await callsOf(() => up(terminal.context(shop()), {}))).toSorted()).toEqual([
      'DescribeNetworkInterfaces',
      'DescribeSecurityGroups',
      'DescribeTasks',
      'ListTasks',
    ]);
    expect((await callsOf(() => ps(terminal.context(shop()), {}))).toSorted()).toEqual([
      'DescribeNetworkInterfaces',
      'DescribeSecurityGroups',
      'DescribeTasks',
      'ListTasks',
    ]);
    expect((await callsOf(() => down(terminal.context(shop()), {}))).toSorted()).toEqual([
      'DescribeTaskDefinition',
      'DescribeTasks',
      'ListTasks',
      'StopTask',
    ]);
  });

  test('a task that publishes nothing needs nothing of EC2', async () => {
    await start();
    const task = { ...shop(), published: [] };
    const calls = await callsOf(() => up(terminal.context(task), {}));
    expect(calls.filter((name) => /NetworkInterfaces|SecurityGroups|Subnets/.test(name))).toEqual([]);
  });
});

describe('what AWS refuses is exit code 3 and one sentence', () => {
  test.each<[string, SimulatorOptions['faults'], RegExp]>([
    [
      'no permission',
      [{ operation: 'RegisterTaskDefinition', kind: 'access-denied' }],
      /lack the permission ecs:RegisterTaskDefinition/,
    ],
    ['expired credentials', [{ operation: 'ListTasks', kind: 'expired' }], /credentials have expired/],
    ['no capacity', [{ operation: 'RunTask', kind: 'no-capacity' }], /no room for this size/],
    [
      'a server that goes on failing',
      [{ operation: 'RunTask', kind: 'server-error', times: 5 }],
      /failed on its own side/,
    ],
  ])('%s', async (_, faults, words) => {
    await start({ faults: faults as NonNullable<typeof faults> });
    expect(await up(terminal.context(shop()), {})).toBe(3);
    expect(terminal.error).toMatch(words);
    expect(terminal.error).not.toMatch(/\n {4}at |\[object/);
    expect(terminal.out).toBe('');
    // The same command ends well once the fault is over.
    expect(await up(terminal.context(shop()), {})).toBe(0);
  });

  test('nobody at the endpoint', async () => {
    await start();
    await simulator.close();
    expect(await up(terminal.context(shop()), {})).toBe(3);
    expect(terminal.error).toMatch(/ECS could not be reached: nobody answers/);
  });
});

test('tasks of which only some could start are joined by the others when up runs again', async () => {
  await start({ faults: [{ operation: 'RunTask', kind: 'some-capacity' }] });
  expect(await up(terminal.context(shop()), { count: 4 })).toBe(3);
  expect(terminal.error).toMatch(/no room for this size/);
  expect(await up(terminal.context(shop()), { count: 4 })).toBe(0);
  expect(terminal.error).toContain('Run 2 tasks of shop: ');
  expect(terminal.out.match(/^http:/gm)).toHaveLength(4);
});

test('addresses that may not be looked up are a warning: all is deployed', async () => {
  await start({ faults: [{ operation: 'DescribeNetworkInterfaces', kind: 'access-denied', times: 2 }] });
  expect(await up(terminal.context(shop()), {})).toBe(0);
  expect(terminal.out).toBe('');
  expect(terminal.error).toMatch(
    /warning: The addresses cannot be found out: .*ec2:DescribeNetworkInterfaces.* \[address\/refused\]/,
  );
  expect(terminal.error).toContain('Stop it with: compose2fargate down');
  expect(await ps(terminal.context(shop()), {})).toBe(0);
  expect(terminal.out).toMatch(/^web .* RUNNING /m);
  expect(await up(terminal.context(shop()), {})).toBe(0);
  expect(terminal.out).toMatch(/^http:/);
});

test.each(['throttle', 'server-error', 'reset', 'lost-answer'] as const)(
  'a passing fault (%s) is waited out',
  async (kind) => {
    await start({
      faults: [
        { operation: 'DescribeTasks', nth: 2, times: 4, kind },
        { operation: 'RunTask', kind },
      ],
    });
    expect(await up(terminal.context(shop()), {})).toBe(0);
    const started = simulator.calls.filter(({ operation }) => operation === 'RunTask');
    expect(new Set(started.map(({ input }) => (input as { clientToken: string }).clientToken)).size).toBe(1);
  },
);

test.each([
  ['lost-answer', 1],
  // Nothing was registered, so the second attempt does it.
  ['reset', 2],
  ['throttle', 2],
] as const)('RegisterTaskDefinition that suffers %s makes one revision', async (kind, attempts) => {
  await start({ faults: [{ operation: 'RegisterTaskDefinition', kind }] });
  expect(await up(terminal.context(shop()), {})).toBe(0);
  expect(simulator.calls.filter(({ operation }) => operation === 'RegisterTaskDefinition')).toHaveLength(attempts);
  const [run] = simulator.calls.filter(({ operation }) => operation === 'RunTask');
  expect(run?.input).toMatchObject({ taskDefinition: expect.stringMatching(/:1$/) });
  const changed = shop({ definition: { cpu: '1024', memory: '2048' } });
  expect(await callsOf(() => up(terminal.context(changed), {}))).toContain('RegisterTaskDefinition');
  await ps(terminal.context(changed, { json: true }), {});
  expect(terminal.out).toContain('shop:2');
});

test('two at once run one task', async () => {
  await start();
  const other = new Terminal(terminal.options);
  const codes = await Promise.all([up(terminal.context(shop()), {}), up(other.context(shop()), {})]);
  expect(codes).toEqual([0, 0]);
  expect(other.out).toBe(terminal.out);
  other.close();
  expect(await callsOf(() => up(terminal.context(shop()), {}))).not.toContain('RunTask');
  await ps(terminal.context(shop(), { json: true }), {});
  expect(JSON.parse(terminal.out).containers).toHaveLength(2);
});
