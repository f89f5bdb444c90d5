import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { down, plan, ps, up } from '../../../src/cli/online.ts';
import type { Task } from '../../../src/transformer/task.ts';
import { shop, simulate, Terminal } from './project.ts';

let terminal: Terminal;
beforeEach(() => {
  terminal = new Terminal();
});
afterEach(() => terminal.close());

const changed = () => {
  const task = shop();
  const [db, web] = task.definition.containerDefinitions;
  return shop({ definition: { containerDefinitions: [{ ...db, image: 'mysql:9' }, web] as never } });
};

async function runningTasks(): Promise<readonly { task: string; revision: string }[]> {
  await ps(terminal.context(shop(), { json: true }), {});
  return JSON.parse(terminal.out).containers.filter(({ container }: { container: string }) => container === 'web');
}

describe('up', () => {
  test('runs the task and prints its address, and nothing else on stdout', async () => {
    expect(await up(terminal.context(shop()), {})).toBe(0);
    expect(terminal.out).toMatch(/^http:\/\/203\.0\.113\.\d+\n$/);
    expect(terminal.error).toContain('Simulated: nothing it runs is a container.\n');
    expect(terminal.error).toMatch(/Task [0-9a-f]{32} is RUNNING \(db HEALTHY, web RUNNING\)\n/);
  });

  test('unchanged registers nothing and starts nothing, and prints the address again', async () => {
    await up(terminal.context(shop()), {});
    const address = terminal.out;
    const before = await runningTasks();
    expect(await up(terminal.context(shop()), {})).toBe(0);
    expect(terminal.out).toBe(address);
    expect(terminal.error).toContain('Everything is as the files say.');
    expect(terminal.error).not.toMatch(/Register|Run /);
    expect(await runningTasks()).toMatchObject(before.map(({ task, revision }) => ({ task, revision })));
  });

  test('changed replaces the task, the new one first', async () => {
    await up(terminal.context(shop()), {});
    const [before] = await runningTasks();
    expect(await up(terminal.context(changed()), {})).toBe(0);
    expect(terminal.error).toMatch(
      /Register a new revision of shop: containerDefinitions\[db\]\.image changed: shop:2/,
    );
    expect(terminal.error.indexOf('is RUNNING')).toBeLessThan(terminal.error.indexOf('Stop task'));
    const after = await runningTasks();
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ revision: 'shop:2' });
    expect(after[0]?.task).not.toBe(before?.task);
  });

  test('a changed one that fails leaves the old one running', async () => {
    await up(terminal.context(shop()), {});
    const before = await runningTasks();
    const failing = { ...changed(), simulate: simulate({ db: '{pull: not-found}' }) };
    expect(await up(terminal.context(failing), {})).toBe(4);
    expect(terminal.error).toContain(`The task that was to be replaced still runs: ${before[0]?.task}.`);
    expect(await runningTasks()).toMatchObject([{ task: before[0]?.task, revision: 'shop:1' }]);
  });

  test('up, down, up ends with a running task', async () => {
    expect(await up(terminal.context(shop()), {})).toBe(0);
    const [first] = await runningTasks();
    expect(await down(terminal.context(shop()), {})).toBe(0);
    expect(await runningTasks()).toEqual([]);
    expect(await up(terminal.context(shop()), {})).toBe(0);
    const after = await runningTasks();
    expect(after).toMatchObject([{ revision: 'shop:1' }]);
    expect(after[0]?.task).not.toBe(first?.task);
  });

  test('two at once end in one task', async () => {
    const other = new Terminal(terminal.options);
    const codes = await Promise.all([up(terminal.context(shop()), {}), up(other.context(shop()), {})]);
    other.close();
    expect(codes).toEqual([0, 0]);
    expect(await runningTasks()).toHaveLength(1);
    expect(await plan(terminal.context(shop()), { exitCode: true })).toBe(0);
  });

  test('--count starts as many as are missing', async () => {
    await up(terminal.context(shop()), {});
    expect(await up(terminal.context(shop()), { count: 12 })).toBe(0);
    expect(await runningTasks()).toHaveLength(12);
    expect(terminal.out).not.toBe('');
  });

  test('--dry-run prints the plan and does nothing', async () => {
    expect(await up(terminal.context(shop()), { dryRun: true })).toBe(0);
    expect(terminal.out).toBe(`Create the cluster default, which costs nothing.
Create the log group /ecs/shop unless it exists.
Register the first revision of shop.
Run 1 task of shop.
Wait until the task is healthy.
`);
    expect(await runningTasks()).toEqual([]);
  });

  test('--json prints one document, and events as JSON lines on stderr', async () => {
    expect(await up(terminal.context(shop(), { json: true }), {})).toBe(0);
    expect(JSON.parse(terminal.out)).toMatchObject({
      family: 'shop',
      outcome: 'ready',
      revision: 'shop:1',
      tasks: [{ lastStatus: 'RUNNING' }],
      addresses: [{ port: 80, protocol: 'tcp', container: 'web', address: expect.stringMatching(/^http:/) }],
      price: { dollarsPerHour: expect.any(Number), region: 'us-east-1', spot: false },
    });
    const events = terminal.error
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map(({ code }) => code)).toContain('operation/done');
  });

  test('-q says nothing when all goes well', async () => {
    expect(await up(terminal.context(shop(), { quiet: true }), {})).toBe(0);
    expect(terminal.error).toBe('');
  });
});

describe('a task that fails ends with exit code 4, the reason, a remedy and the line', () => {
  test.each<[string, string, string, RegExp[]]>([
    [
      'the image cannot be pulled',
      'web',
      '{pull: denied}',
      [
        /compose\.yaml:7:12: error: .*TaskFailedToStart/,
        /registry refused the pull/,
        /help: Check the image's name\. For a private registry, .*repository_credentials/,
      ],
    ],
    [
      'a container exits',
      'db',
      '{exit: {code: 3, after: 1s}}',
      [/compose\.yaml:\d+:\d+: error/, /Container db ended with exit code 3/, /help: .*logs db/],
    ],
    [
      'a container is not healthy',
      'db',
      '{health: unhealthy}',
      [/compose\.yaml:5:18: error/, /health check command of container db failed/, /help: Check that the image/],
    ],
    [
      'out of memory',
      'db',
      '{memory: exceeded, exit: {code: 137, after: 1ms}}',
      [/compose\.yaml:3:3: error/, /more memory/, /help: Raise the memory/],
    ],
  ])('%s', async (_, container, behaviour, texts) => {
    const task = { ...shop(), simulate: simulate({ [container]: behaviour }) };
    expect(await up(terminal.context(task), {})).toBe(4);
    for (const text of texts) expect(terminal.error).toMatch(text);
    expect(terminal.error).not.toMatch(/\n {4}at /);
    expect(terminal.out).toBe('');
  });

  test('what the cause tells is not told again of the container', async () => {
    const task = { ...shop(), simulate: simulate({ db: '{exit: {code: 3, after: 1s}}' }) };
    await up(terminal.context(task), {});
    expect(terminal.error.match(/exit code 3/g)).toHaveLength(1);
    expect(terminal.error).not.toContain('It ended as it should');
  });

  test('also when it is only waited for to run', async () => {
    const task = { ...shop(), simulate: simulate({ web: '{exit: {code: 1, after: 4s}}' }) };
    expect(await up(terminal.context(task), { waitFor: 'running' })).toBe(4);
  });

  test('it is not ready in time', async () => {
    expect(await up(terminal.context(shop()), { timeout: 2_000, waitFor: 'completed' })).toBe(4);
    expect(terminal.error).toMatch(/After 2 seconds not every task has ended: [0-9a-f]{32} is [A-Z]+/);
  });
});

test('--wait-for completed succeeds with a task that ends well', async () => {
  const task = { ...shop(), simulate: simulate({ web: '{exit: {code: 0, after: 1s}}' }) };
  expect(await up(terminal.context(task), { waitFor: 'completed' })).toBe(0);
  expect(terminal.out).toBe('');
});

test('without a group that admits the port, a finding stands in place of the address', async () => {
  const task = { ...shop(), run: { count: 1, network: { subnets: ['subnet-1'] } } };
  expect(await up(terminal.context(task), {})).toBe(0);
  expect(terminal.out).toBe('');
  expect(terminal.error).toMatch(
    /warning: Port 80\/tcp is published, but no security group of the task \(sg-\w+\) admits it/,
  );
  expect(terminal.error).toMatch(
    /aws ec2 authorize-security-group-ingress --region us-east-1 --group-id sg-\w+ --protocol tcp --port 80/,
  );
});

test('closed ports of several tasks are one finding, with a command for each port', async () => {
  const [web] = shop().published as readonly [Task['published'][number]];
  const published = [web, { ...web, containerPort: 443 }];
  const task: Task = { ...shop(), published, run: { count: 2, network: { subnets: ['subnet-1'] } } };
  expect(await up(terminal.context(task), {})).toBe(0);
  expect(terminal.error).toContain('Wait until the tasks are healthy.');
  expect(terminal.error).toMatch(
    /Ports 80\/tcp, 443\/tcp are published, but no security group of the task \(sg-\w+\) admits them, so their addresses are not printed/,
  );
  expect(terminal.error.match(/aws ec2 authorize-security-group-ingress .* --port (?:80|443) /g)).toHaveLength(2);
});

test('a task that is not healthy, or not in time, runs on: said with its id, and how to stop it', async () => {
  const task = { ...shop(), simulate: simulate({ db: '{health: unhealthy}' }) };
  expect(await up(terminal.context(task), {})).toBe(4);
  const [, id] = /Run 1 task of shop: (\w+)/.exec(terminal.error) ?? [];
  expect(terminal.error).toContain(`Task ${id} still runs.\n`);
  expect(terminal.error).toMatch(/To stop all tasks: compose2fargate down --simulate-state /);
  expect(await up(terminal.context(shop()), { timeout: 1_000 })).toBe(4);
  expect(terminal.error).toContain(`Task ${id} still runs.\n`);
  const stopped = { ...changed(), simulate: simulate({ web: '{exit: {code: 3, after: 1s}}' }) };
  expect(await up(terminal.context(stopped), {})).toBe(4);
  expect(terminal.error).not.toMatch(/Task \w+ still runs\./);
});

test('Ctrl-C stops waiting, deletes nothing and says how to go on', async () => {
  const context = terminal.context(shop());
  const ended = up(context, {});
  const interrupt = setInterval(() => {
    if (terminal.error.includes('is PROVISIONING')) terminal.interrupt.abort();
  }, 1);
  expect(await ended).toBe(130);
  clearInterval(interrupt);
  expect(terminal.error).toMatch(/Interrupted, and nothing was undone: [0-9a-f]{32} may still run/);
  const account = `--simulate-state ${terminal.options.simulateState}`;
  expect(terminal.error).toContain(
    `help: Run the command again to go on, look with "compose2fargate ps ${account}", stop all tasks with "compose2fargate down ${account}".`,
  );
  expect(await up(terminal.context(shop()), {})).toBe(0);
  expect(await runningTasks()).toHaveLength(1);
});

test('what x-simulate says wrongly is an error at its place', async () => {
  const task = { ...shop(), simulate: simulate({ web: '{pul: denied}' }) };
  expect(await up(terminal.context(task), {})).toBe(1);
  expect(terminal.error).toMatch(/compose\.yaml:1:1: error: x-simulate of web: .*pul/);
});

test('a missing cluster that was named is refused', async () => {
  expect(await up(terminal.context(shop(), { cluster: 'prod' }), {})).toBe(3);
  expect(terminal.error).toMatch(/error: The cluster prod does not exist/);
});

test('without a region nothing is asked', async () => {
  expect(await up({ ...terminal.context(shop()), region: undefined }, {})).toBe(1);
  expect(terminal.error).toContain('--region');
});

test('plan --exit-code tells changes from none', async () => {
  expect(await plan(terminal.context(shop()), { exitCode: true })).toBe(5);
  expect(await plan(terminal.context(shop()), {})).toBe(0);
  await up(terminal.context(shop()), {});
  expect(await plan(terminal.context(shop()), { exitCode: true })).toBe(0);
  expect(terminal.out).toBe('Nothing to do: everything is as the files say.\n');
  expect(await plan(terminal.context(changed()), { exitCode: true })).toBe(5);
  expect(terminal.out).toMatch(/Stop task [0-9a-f]{32}, which has been replaced\.\n/);
});
