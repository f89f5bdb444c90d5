import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Io } from '../../../src/cli/io.ts';
import type { OnlineContext } from '../../../src/cli/online/context.ts';
import { plan, ps, up } from '../../../src/cli/online.ts';
import { startSimulator } from '../../../src/simulator.ts';
import type { Task } from '../../../src/transformer/task.ts';
import { shop, simulate, Terminal } from './project.ts';

let terminal: Terminal;
beforeEach(() => {
  terminal = new Terminal();
});
afterEach(() => {
  terminal.close();
  vi.unstubAllEnvs();
});

/** The shop with another image for one of its containers, and whatever else is to differ. */
function changed(image: string, more: Partial<Task['definition']> = {}): Task {
  const [db, web] = shop().definition.containerDefinitions;
  return shop({ definition: { containerDefinitions: [{ ...db, image }, web] as never, ...more } });
}

/** The shop with a volume that ends with its task, in which the database keeps its data. */
function withVolume(image: string): Task {
  const [db, web] = shop().definition.containerDefinitions;
  const mountPoints = [{ sourceVolume: 'db_data', containerPath: '/var/lib/mysql' }];
  const containerDefinitions = [{ ...db, image, mountPoints }, web] as never;
  return shop({ definition: { containerDefinitions, volumes: [{ name: 'db_data' }] } });
}

function asking(context: OnlineContext, answer: string): { context: OnlineContext; questions: string[] } {
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return answer;
  };
  return { context: { ...context, io: { ...context.io, ask } }, questions };
}

/** The revisions that tasks of the project run. */
async function running(): Promise<readonly string[]> {
  await ps(terminal.context(shop(), { json: true }), {});
  const rows: readonly { container: string; revision: string }[] = JSON.parse(terminal.out).containers;
  return rows.filter(({ container }) => container === 'web').map(({ revision }) => revision);
}

describe('a replacement that discards a volume', () => {
  // The definition of later ups does not have the volume: what it holds is gone for good.
  beforeEach(async () => {
    await up(terminal.context(withVolume('mysql:8')), {});
  });

  test('is asked about on a terminal, and not made without a yes', async () => {
    const { context, questions } = asking(terminal.context(changed('mysql:9')), '\n');
    expect(await up(context, {})).toBe(130);
    expect(questions).toEqual([
      expect.stringMatching(/^The tasks that are replaced lose volume db_data \(\d+ s old\)\. Go on\? \[y\/N\] $/),
    ]);
    expect(terminal.error).toMatch(/Nothing was changed\.\n$/);
    expect(await running()).toEqual(['shop:1']);
  });

  test('is made after a yes', async () => {
    const { context } = asking(terminal.context(changed('mysql:9')), 'y\n');
    expect(await up(context, {})).toBe(0);
    expect(await running()).toEqual(['shop:2']);
  });

  test('is not asked about with --yes', async () => {
    const { context, questions } = asking(terminal.context(changed('mysql:9')), 'n');
    expect(await up(context, { yes: true })).toBe(0);
    expect(questions).toEqual([]);
  });

  test('is warned about where nobody can answer', async () => {
    expect(await up(terminal.context(changed('mysql:9')), {})).toBe(0);
    expect(terminal.error).toMatch(/warning: The tasks that are replaced lose volume db_data \(\d+ s old\)/);
  });

  test('stands in the plan', async () => {
    await plan(terminal.context(changed('mysql:9')), {});
    expect(terminal.out).toMatch(/which has been replaced: this loses volume db_data \(\d+ s old\)\.\n/);
  });
});

describe('plan', () => {
  test('says what changes, of which container, from which line, and what that does', async () => {
    await up(terminal.context(shop()), {});
    await plan(terminal.context(changed('mysql:9', { cpu: '1024', memory: '2048' })), {});
    expect(terminal.out).toContain(`
Changes against shop:1 (tasks restart):
  container db
    image: mysql:8 → mysql:9  (/project/compose.yaml:4:12)
  task
    cpu: 512 → 1024  (/project/compose.yaml:1:1)
    memory: 1024 → 2048  (/project/compose.yaml:1:1)
`);
  });

  test('--json has path, values, effect and place', async () => {
    await up(terminal.context(shop()), {});
    await plan(terminal.context(changed('mysql:9'), { json: true }), {});
    expect(JSON.parse(terminal.out)).toMatchObject({
      changes: true,
      against: 'shop:1',
      differences: [
        {
          path: 'containerDefinitions[db].image',
          before: 'mysql:8',
          after: 'mysql:9',
          effect: 'restarts tasks',
          location: { path: '/project/compose.yaml', start: { line: 4, column: 12 } },
        },
      ],
    });
  });

  test('masks what looks like a secret, wherever it stands', async () => {
    const secret = (word: string) => {
      const [db, web] = shop().definition.containerDefinitions;
      const environment = [
        { name: 'MYSQL_PASSWORD', value: word },
        { name: 'URL', value: `mysql://root:${word}@db/x` },
      ];
      return shop({ definition: { containerDefinitions: [{ ...db, environment }, web] as never } });
    };
    await plan(terminal.context(secret('hunter1')), {});
    await up(terminal.context(shop()), {});
    for (const json of [false, true]) {
      await plan(terminal.context(secret('hunter1'), { json }), {});
      expect(terminal.out).toContain('********');
      expect(terminal.out).not.toContain('hunter');
    }
    await up(terminal.context(secret('hunter1')), {});
    expect(terminal.error).not.toContain('hunter');
    await plan(terminal.context(secret('hunter2')), {});
    expect(terminal.out).toContain('environment[MYSQL_PASSWORD]: ******** → ********');
    expect(terminal.out).not.toContain('hunter');
  });

  test('says that settings have changed, and that --platform-version wins over the files', async () => {
    const task = shop({ run: { launch: { platformVersion: '1.4.0' } } });
    const origins = new Map([...task.origins, ['run.launch.platformVersion', task.origins.get('') ?? {}]]);
    const placed = { ...task, origins };
    await up(terminal.context(placed), {});
    await plan(terminal.context(placed), { platformVersion: '1.4.0' });
    expect(terminal.out).toBe('Nothing to do: everything is as the files say.\n');
    expect(terminal.error).not.toContain('--platform-version');
    await plan(terminal.context(placed), { platformVersion: 'LATEST' });
    expect(terminal.out).toContain('network and launch settings\n    not those that the tasks were run with\n');
    expect(terminal.error).toContain(
      'compose.yaml:1:1: The option --platform-version takes the place of what stands here.\n',
    );
  });
});

test('commands in containers need a task role', async () => {
  expect(await up(terminal.context(shop()), { enableExecuteCommand: true })).toBe(1);
  expect(terminal.error).toContain('params/execute-command-role');
});

test('the last lines of a container that failed, and its compose line, are shown', async () => {
  const logs = Array.from({ length: 12 }, (_, index) => `"line ${index}"`).join(', ');
  const task = { ...shop(), simulate: simulate({ db: `{logs: [${logs}], exit: {code: 3, after: 6s}}` }) };
  expect(await up(terminal.context(task), {})).toBe(4);
  expect(terminal.error).toMatch(/\n {2}3 \| {3}db:\n {4}\| {3}\^\^\n/);
  expect(terminal.error).toMatch(
    /help: .*\n {2}the last lines of db:\n {4}\| line 2\n(?: {4}\| line \d+\n){8} {4}\| line 11\n/,
  );
  expect(terminal.error).not.toContain('| line 1\n');
  await up(terminal.context(task, { json: true }), {});
  const failed = terminal.error.split('\n').find((line) => line.includes('"task/failed"')) ?? '{}';
  expect(JSON.parse(failed).data.evidence).toContainEqual({ time: expect.any(Number), text: 'line 11' });
});

describe('the last two lines', () => {
  test('the price and the command that stops it, with the options that were given', async () => {
    const options = { file: ['my compose.yaml'], projectName: 'shop', cluster: 'default' };
    await up(terminal.context(shop({ run: { count: 2 } }), options), {});
    const [price, stop] = terminal.error.trimEnd().split('\n').slice(-2);
    // Half a vCPU and 1 GB at 0.04048 and 0.004445, and 0.005 for the address, twice.
    expect(price).toMatch(/^On AWS this would cost about \$0\.0594 an hour: 2 tasks with public addresses, .*20\d\d-/);
    expect(stop).toBe(
      `Stop it with: compose2fargate down -f 'my compose.yaml' -p shop --cluster default --simulate-state ${terminal.options.simulateState}`,
    );
  });

  test('Spot costs up to that, and an unknown region is said to be unknown', async () => {
    await up(terminal.context(shop()), { spot: true });
    expect(terminal.error).toContain('cost up to $0.0297 an hour');
    await up({ ...terminal.context(shop()), region: 'eu-north-1' }, {});
    expect(terminal.error).toContain('The price in eu-north-1 is not known here');
  });

  test('storage above 20 GiB costs, where its price is known', async () => {
    const task = shop({ definition: { ephemeralStorage: { sizeInGiB: 120 } } });
    await up(terminal.context(task), {});
    // 100 GB at 0.000111 beside the 0.0297 of the task.
    expect(terminal.error).toContain('would cost about $0.0408 an hour');
    expect(terminal.error).not.toContain('without');
    await up({ ...terminal.context(task), region: 'eu-west-1' }, {});
    expect(terminal.error).toMatch(
      /would cost about \$0\.0297 an hour: 1 task with a public address, without the storage above 20 GiB, whose price in eu-west-1 is not known here, at the prices of 20\d\d-\d\d-\d\d in eu-west-1\.\n/,
    );
    await up({ ...terminal.context(task, { json: true }), region: 'eu-west-1' }, {});
    expect(JSON.parse(terminal.out).price).toMatchObject({ dollarsPerHour: 0.029685, without: ['storage'] });
  });
});

describe('--follow', () => {
  const talkative = (more = '') => ({ ...shop(), simulate: simulate({ web: `{logs: [hello, there]${more}}` }) });

  test('shows what containers write while they are waited for', async () => {
    expect(await up(terminal.context(talkative()), { follow: true })).toBe(0);
    // events of the task may stand between two lines
    expect(terminal.error.match(/^web \| .*$/gm)).toEqual(['web | hello', 'web | there']);
    expect(terminal.error.indexOf('web | hello')).toBeLessThan(terminal.error.indexOf('Stop it with'));
    expect(terminal.out).toMatch(/^http:\/\/203\.0\.113\.\d+\n$/);
  });

  test('Ctrl-C ends the lines, and the wait goes on', async () => {
    const context = terminal.context(talkative());
    const ended = up(context, { follow: true });
    const interrupt = setInterval(() => {
      if (terminal.error.includes('is PROVISIONING')) terminal.interrupt.abort();
    }, 1);
    expect(await ended).toBe(0);
    clearInterval(interrupt);
    expect(terminal.error).toContain('The logs are no longer shown.');
    expect(terminal.out).toMatch(/^http:/);
  });

  test('Ctrl-C again ends the wait, and says what is running', async () => {
    const again = new AbortController();
    const { io, ...context } = terminal.context(talkative());
    const patient: Io = { ...io, nextInterrupt: () => again.signal };
    const ended = up({ ...context, io: patient }, { follow: true });
    const interrupt = setInterval(() => {
      if (terminal.interrupt.signal.aborted) again.abort();
      else if (terminal.error.includes('is PROVISIONING')) terminal.interrupt.abort();
    }, 1);
    expect(await ended).toBe(130);
    clearInterval(interrupt);
    expect(terminal.error).toMatch(/Interrupted, and nothing was undone: [0-9a-f]{32} may still run/);
  });
});

test('--log-retention is set on a group that an up cut short has made, and on no other', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
  const simulator = await startSimulator({
    speed: 50,
    faults: [{ operation: 'PutRetentionPolicy', kind: 'access-denied' }],
  });
  const own = new Terminal({ endpointUrl: simulator.endpoint });
  const put = () => simulator.calls.filter(({ operation }) => operation === 'PutRetentionPolicy');
  expect(await up(own.context(shop()), { logRetention: 30 })).toBe(3);
  expect(await up(own.context(shop()), { logRetention: 30 })).toBe(0);
  expect(put().map(({ input }) => input)).toMatchObject([{}, { logGroupName: '/ecs/shop', retentionInDays: 30 }]);
  expect(await up(own.context(shop()), { logRetention: 7, force: true })).toBe(0);
  expect(put()).toHaveLength(2);
  own.close();
  await simulator.close();
});
