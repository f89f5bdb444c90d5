import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { down, logs, ps, run, scale, up } from '../../../src/cli/online.ts';
import { type FaultKind, type Simulator, startSimulator } from '../../../src/simulator.ts';
import type { Task } from '../../../src/transformer/task.ts';
import { shop, simulate, Terminal } from './project.ts';

let terminal: Terminal;
beforeEach(() => {
  terminal = new Terminal();
});
afterEach(() => terminal.close());

/** A job that writes two lines and ends. */
function job(web = '{logs: [one, "\\u001b[31mtwo"], exit: {code: 3, after: 2s}}'): Task {
  return { ...shop(), simulate: simulate({ web, db: '{logs: [noise]}' }) };
}

/** One that goes on for an hour. */
const longJob = () => job('{exit: {code: 0, after: 1h}}');

const migrate = { service: 'web', command: ['migrate', '--all'] };

describe('run', () => {
  test("prints what the service's container writes, and ends with its exit code", async () => {
    expect(await run(terminal.context(job()), migrate)).toBe(3);
    expect(terminal.out).toBe('one\n\\x1b[31mtwo\n');
    expect(terminal.error).toContain('Register the first revision of shop: shop:1');
    expect(terminal.error).toMatch(/web ended with exit code 3\.\n$/);
  });

  test('is none of the tasks that up looks after', async () => {
    await run(terminal.context(longJob()), { ...migrate, detach: true });
    const oneOff = terminal.out.trim();
    expect(await up(terminal.context(shop()), {})).toBe(0);
    expect(terminal.error).toContain('Run 1 task of shop: ');
    expect(await up(terminal.context(shop()), {})).toBe(0);
    expect(terminal.error).toContain('Everything is as the files say.');
    await ps(terminal.context(shop()), {});
    expect(terminal.out.match(new RegExp(`^web +${oneOff} \\(one-off\\) +RUNNING`, 'm'))).not.toBeNull();
    await ps(terminal.context(shop(), { json: true }), {});
    expect(JSON.parse(terminal.out).containers.map(({ oneOff: mark }: { oneOff?: string }) => mark)).toEqual([
      'web',
      'web',
      undefined,
      undefined,
    ]);
    expect(await scale(terminal.context(shop()), { count: 1 })).toBe(0);
    expect(terminal.error).toContain('1 task of shop runs already.');
    await logs(terminal.context(shop()), { services: ['web'] });
    expect(terminal.out).toMatch(new RegExp(`^web/${oneOff.slice(0, 8)} \\(one-off\\) \\| `, 'm'));
    expect(await down(terminal.context(shop()), {})).toBe(0);
    expect(terminal.error).toContain(`Among them is what "run" started: ${oneOff}.`);
    await ps(terminal.context(shop()), {});
    expect(terminal.out).toBe('');
  });

  test('stops the task when the other containers run on', async () => {
    const task = job('{exit: {code: 0, after: 2s}}');
    const [db, web] = task.definition.containerDefinitions;
    const definition = { ...task.definition, containerDefinitions: [db, { ...web, essential: false }] as never };
    expect(await run(terminal.context({ ...task, definition }), migrate)).toBe(0);
    expect(await ps(terminal.context(shop(), { json: true }), { all: true })).toBe(0);
    expect(JSON.parse(terminal.out).containers).toMatchObject([
      { reason: expect.stringMatching(/web has ended/) },
      { reason: expect.stringMatching(/web has ended/) },
    ]);
  });

  test('a dependency that does not get healthy is the end: 125, why, what it wrote, and nothing runs on', async () => {
    const task = { ...shop(), simulate: simulate({ db: '{health: unhealthy, logs: [no space]}' }) };
    expect(await run(terminal.context(task), migrate)).toBe(125);
    expect(terminal.error).toMatch(/compose\.yaml:5:18: error: Task [0-9a-f]{32} failed\./);
    expect(terminal.error).toContain('the last lines of db:\n    | no space\n');
    expect(await ps(terminal.context(shop(), { json: true }), { all: true })).toBe(0);
    expect(JSON.parse(terminal.out).containers[0]).toMatchObject({ reason: expect.stringMatching(/web cannot start/) });
  });

  test('a command that is out of memory is explained, and its lines are not shown twice', async () => {
    expect(await run(terminal.context(job('{memory: exceeded, logs: [loading]}')), migrate)).toBe(137);
    expect(terminal.out).toBe('loading\n');
    expect(terminal.error).toContain('help: Raise the memory limit of the container');
    expect(terminal.error).not.toContain('loading');
  });

  test('each run is a task of its own', async () => {
    await run(terminal.context(shop()), { ...migrate, detach: true });
    const first = terminal.out;
    await run(terminal.context(shop()), { ...migrate, detach: true });
    expect(terminal.out).toMatch(/^[0-9a-f]{32}\n$/);
    expect(terminal.out).not.toBe(first);
  });

  test('with --json one document, and the lines as events', async () => {
    expect(await run(terminal.context(job(), { json: true }), migrate)).toBe(3);
    expect(JSON.parse(terminal.out)).toMatchObject({
      project: 'shop',
      outcome: 'ended',
      container: 'web',
      exitCode: 3,
    });
    const events = terminal.error
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.filter(({ code }) => code === 'run/line').map(({ data }) => data.text)).toEqual([
      'one',
      '\u001b[31mtwo',
    ]);
  });

  test('Ctrl-C stops the task, and says so', async () => {
    const ended = run(terminal.context(longJob()), migrate);
    const interrupt = setInterval(() => {
      if (terminal.error.includes('web RUNNING')) terminal.interrupt.abort();
    }, 1);
    expect(await ended).toBe(130);
    clearInterval(interrupt);
    expect(terminal.error).toMatch(/Interrupted: web is stopped, with its task [0-9a-f]{32}\./);
    await ps(terminal.context(shop()), {});
    expect(terminal.out).toBe('');
  });

  test('says when ECS would start the command again', async () => {
    const [db, web] = shop().definition.containerDefinitions;
    const containers = [db, { ...web, restartPolicy: { enabled: true, restartAttemptPeriod: 60 } }] as never;
    const task = shop({ definition: { containerDefinitions: containers } });
    expect(await run(terminal.context(task), { ...migrate, detach: true })).toBe(0);
    expect(terminal.error).toMatch(/warning: web has a restart policy: .* 60 seconds/);
  });
});

describe('125 is whatever failed before the container ran', () => {
  test.each<[string, Partial<Parameters<typeof run>[1]>, string, RegExp]>([
    ['no such service', { service: 'cache' }, '{}', /The task has no container "cache"/],
    ['the image cannot be pulled', {}, '{pull: denied}', /The registry refused the pull/],
    ['x-simulate is wrong', {}, '{pul: denied}', /x-simulate of web/],
  ])('%s', async (_, options, web, words) => {
    expect(await run(terminal.context(job(web)), { ...migrate, ...options })).toBe(125);
    expect(terminal.error).toMatch(words);
    expect(terminal.out).toBe('');
  });

  test('another container fails: the one of the service is not the one that is blamed', async () => {
    const task = { ...shop(), simulate: simulate({ db: '{exit: {code: 1, after: 2s}}' }) };
    expect(await run(terminal.context(task), migrate)).not.toBe(0);
    expect(terminal.error).toMatch(/Container db ended with exit code 1/);
  });

  test('a cluster that was named and is missing', async () => {
    expect(await run(terminal.context(shop(), { cluster: 'prod' }), migrate)).toBe(125);
    expect(terminal.error).toContain('The cluster prod does not exist');
  });
});

describe('the calls', () => {
  let simulator: Simulator;
  let remote: Terminal;

  async function start(faults: readonly { operation: string; kind: FaultKind }[] = []): Promise<void> {
    simulator = await startSimulator({ speed: 50, faults, behaviours: { web: { exit: { code: 0, after: 2_000 } } } });
    remote = new Terminal({ endpointUrl: simulator.endpoint });
  }

  beforeEach(() => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'x');
    for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, '/dev/null');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    remote.close();
    await simulator.close();
  });

  test('RunTask is told the command and the variables, and whose one-off it is', async () => {
    await start();
    const env = [{ name: 'MODE', value: 'fast' }];
    const tags = [{ key: 'team', value: 'web' }];
    expect(await run(remote.context(shop()), { ...migrate, env, tags })).toBe(0);
    expect(simulator.calls.find(({ operation }) => operation === 'RunTask')?.input).toMatchObject({
      count: 1,
      overrides: { containerOverrides: [{ name: 'web', command: ['migrate', '--all'], environment: env }] },
      tags: expect.arrayContaining([
        { key: 'team', value: 'web' },
        { key: 'compose2fargate:project', value: 'shop' },
        { key: 'compose2fargate:one-off', value: 'web' },
      ]),
    });
  });

  test('what AWS refuses is 125, and explained', async () => {
    await start([{ operation: 'RunTask', kind: 'access-denied' }]);
    expect(await run(remote.context(shop()), migrate)).toBe(125);
    expect(remote.error).toMatch(/lack the permission ecs:RunTask/);
  });

  test('a refusal while it runs says that the task may still run', async () => {
    await start([{ operation: 'GetLogEvents', kind: 'access-denied' }]);
    expect(await run(remote.context(shop()), migrate)).toBe(125);
    expect(remote.error).toMatch(/Task [0-9a-f]{32} may still run/);
    expect(remote.error).toMatch(/lack the permission logs:GetLogEvents/);
  });

  test('--verbose names each call with its time and how it ended', async () => {
    await start();
    await ps(remote.context(shop(), { verbose: true }), {});
    expect(remote.error).toMatch(/^ecs:ListTasks \d+ ms ClusterNotFoundException$/m);
    await ps(remote.context(shop()), {});
    expect(remote.error).not.toContain('ecs:ListTasks');
  });
});
