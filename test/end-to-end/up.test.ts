import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator.ts';
import { folder } from '../folder.ts';
import { cli, type Ended, example, launcher, simulated } from './cli.ts';

/** A compose file of one service; `more` are its other keys. */
function compose(image: string, more = ''): string {
  return `name: shop\nservices:\n  web:\n    image: ${image}\n${more}`;
}

function project(image: string, more = ''): string {
  return folder({ 'compose.yaml': compose(image, more) });
}

/** Network and role, so that nothing has to be looked for. */
const params = `task_definition:
  task_execution_role: ecsTaskExecutionRole
run_params:
  network_configuration:
    awsvpc_configuration:
      subnets: [subnet-1]
      security_groups: [sg-1]
      assign_public_ip: ENABLED
`;

/** A simulated account behind an address, which tells what it was asked. */
async function server(): Promise<Simulator> {
  const simulator = await startSimulator({ speed: 100 });
  onTestFinished(() => simulator.close());
  return simulator;
}

/** Runs the built program against a server. */
async function cliAt({ endpoint }: Simulator, cwd: string, ...args: readonly string[]): Promise<Ended> {
  const options = ['--endpoint-url', endpoint, '--region', 'us-east-1', '--simulate-speed', '100'];
  const { exitCode, stdout, stderr } = await execa(process.execPath, [launcher, ...args, ...options], {
    cwd,
    reject: false,
    extendEnv: false,
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nowhere', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' },
    stripFinalNewline: false,
  });
  return { code: exitCode, out: stdout, error: stderr };
}

/** What a wait asks for again and again. */
const polls = ['DescribeServices', 'DescribeTasks', 'ListTasks'];

/** The operations that were asked for since `before`, but for the looks of a wait after the first one. */
function asked({ calls }: Simulator, before: number, repeated: readonly string[]): readonly string[] {
  const names = calls.slice(before).map(({ operation }) => operation);
  return names.filter((name, index) => !repeated.includes(name) || names.indexOf(name) === index).toSorted();
}

describe('the calls of a command, network and role given', () => {
  it('up, up again, plan, ps', async () => {
    const simulator = await server();
    const ports = '    ports: ["80:80"]\n';
    const cwd = folder({ 'compose.yaml': compose('nginx', ports), 'ecs-params.yml': params });
    // The cluster is there before, as it is for all but the first project of an account.
    await cliAt(simulator, project('nginx'), 'up', '-p', 'other');
    const table: Readonly<Record<string, readonly string[]>> = {
      up: [
        'CreateLogGroup',
        'DescribeNetworkInterfaces',
        // The check that refuses a group that is not there before anything is changed.
        'DescribeSecurityGroups',
        'DescribeTaskDefinition',
        'DescribeTasks',
        'ListTasks',
        'RegisterTaskDefinition',
        'RunTask',
      ],
      'up again': ['DescribeNetworkInterfaces', 'DescribeSecurityGroups', 'DescribeTasks', 'ListTasks'],
      plan: ['DescribeTasks', 'ListTasks'],
      ps: ['DescribeNetworkInterfaces', 'DescribeSecurityGroups', 'DescribeTasks', 'ListTasks'],
    };
    for (const [command, calls] of Object.entries(table)) {
      const before = simulator.calls.length;
      expect((await cliAt(simulator, cwd, command.split(' ')[0] as string)).code).toBe(0);
      expect(asked(simulator, before, ['DescribeTasks']), command).toEqual(calls);
    }
  });

  it('service up, service up again', async () => {
    const simulator = await server();
    const cwd = folder({ 'compose.yaml': compose('nginx', '    ports: ["80:80"]\n'), 'ecs-params.yml': params });
    await cliAt(simulator, project('nginx'), 'up', '-p', 'other');
    const table: Readonly<Record<string, readonly string[]>> = {
      'service up': [
        'CreateLogGroup',
        'CreateService',
        'DescribeNetworkInterfaces',
        'DescribeSecurityGroups',
        'DescribeServices',
        'DescribeTaskDefinition',
        'RegisterTaskDefinition',
      ],
      'service up again': [
        'DescribeNetworkInterfaces',
        'DescribeSecurityGroups',
        'DescribeServices',
        'DescribeTaskDefinition',
      ],
    };
    for (const [command, calls] of Object.entries(table)) {
      const before = simulator.calls.length;
      expect((await cliAt(simulator, cwd, ...command.split(' ').slice(0, 2))).code).toBe(0);
      // The service's tasks are looked at by the wait alone.
      const others = asked(simulator, before, polls).filter((name) => name !== 'ListTasks' && name !== 'DescribeTasks');
      expect(others, command).toEqual(calls);
    }
  });
});

it('two up at once end in one task, and then there is nothing to do', async () => {
  const simulator = await server();
  const cwd = project('nginx');
  const both = await Promise.all([cliAt(simulator, cwd, 'up'), cliAt(simulator, cwd, 'up')]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(JSON.parse((await cliAt(simulator, cwd, 'ps', '--json')).out).containers).toHaveLength(1);
  expect(await cliAt(simulator, cwd, 'plan', '--exit-code')).toMatchObject({
    code: 0,
    out: 'Nothing to do: everything is as the files say.\n',
  });
});

it('a task of the family that somebody else started is refused, and taken over with --adopt', async () => {
  const account = simulated();
  const files = { 'compose.yaml': compose('nginx') };
  await cli(folder(files), 'up', '-p', 'other', '--family', 'shop', ...account);
  const refused = await cli(folder(files), 'up', ...account);
  expect(refused.code).toBe(3);
  expect(refused.error).toMatch(/Tasks of the family shop run that this project did not start: .*\n +help: .*--adopt/);
  const adopted = await cli(folder(files), 'up', '--adopt', ...account);
  expect(adopted.code).toBe(0);
  expect(adopted.error).toMatch(/Adopt task [0-9a-f]{32}, which this project did not start\./);
  expect((await cli(folder(files), 'plan', '--exit-code', ...account)).code).toBe(0);
});

it('--order stop-first stops the old task before the new one runs', async () => {
  const account = simulated();
  await cli(project('nginx:1'), 'up', ...account);
  const { code, error } = await cli(project('nginx:2'), 'up', '--order', 'stop-first', ...account);
  expect(code).toBe(0);
  expect(error.indexOf('Stop task')).toBeLessThan(error.indexOf('Run 1 task'));
});

it('--spot runs on Fargate Spot, and the price says so', async () => {
  const { code, error } = await cli(project('nginx'), 'up', '--spot', ...simulated());
  expect(code).toBe(0);
  expect(error).toMatch(/would cost up to \$0\.\d{4} an hour/);
});

it('what up ends with stops it when it is pasted', async () => {
  const cwd = project('nginx');
  const { error } = await cli(cwd, 'up', '-f', 'compose.yaml', ...simulated());
  const [, line = ''] = /Stop it with: compose2fargate (.*)\n$/.exec(error) ?? [];
  const stopped = await cli(cwd, ...line.split(' '), '--simulate-speed', '100');
  expect(stopped).toMatchObject({ code: 0, error: expect.stringMatching(/Stop task [0-9a-f]{32}/) });
});

it('a container that dies after a while ends up with exit 4, its last lines and its place', async () => {
  const cwd = project('nginx', '    x-simulate: {logs: [no such database], exit: {code: 3, after: 4s}}\n');
  const { code, out, error } = await cli(cwd, 'up', ...simulated());
  expect({ code, out }).toEqual({ code: 4, out: '' });
  expect(error).toMatch(/compose\.yaml:3:3: error: .*exit code 3/);
  expect(error).toContain('  3 |   web:\n    |   ^^^');
  expect(error).toContain('  the last lines of web:\n    | no such database\n');
});

it('a container without a check that dies late fails a project whose others are healthy', async () => {
  const cwd = project(
    'nginx',
    `    x-simulate: {exit: {code: 1, after: 5s}}
  db:
    image: postgres
    healthcheck: {test: [CMD, pg_isready]}
`,
  );
  expect((await cli(cwd, 'up', ...simulated())).code).toBe(4);
});

it('a dependency that is never healthy ends the wait at once, whatever is waited for', async () => {
  const cwd = project(
    'nginx',
    `    depends_on: {db: {condition: service_healthy}}
  db:
    image: postgres
    healthcheck: {test: [CMD, pg_isready]}
    x-simulate: {health: unhealthy}
`,
  );
  const { code, error } = await cli(cwd, 'up', '--wait-for', 'running', ...simulated());
  expect(code).toBe(4);
  expect(error).toMatch(/compose\.yaml:8:18: error: .*health check/);
});

it('--wait-for completed takes exit code 0 for success, and none ends at once', async () => {
  const job = project('nginx', '    x-simulate: {exit: {code: 0, after: 1s}}\n');
  expect((await cli(job, 'up', '--wait-for', 'completed', ...simulated())).code).toBe(0);
  const { code, error } = await cli(job, 'up', '--wait-for', 'none', ...simulated());
  expect(code).toBe(0);
  expect(error).not.toMatch(/Task [0-9a-f]{32} is/);
});

it('--follow shows what containers write; the first Ctrl-C ends that, the second one the wait', async () => {
  const cwd = project('nginx', '    x-simulate: {logs: [hello]}\n');
  const args = [launcher, 'up', '--follow', '--simulate-state', join(cwd, 'account.jsonl'), '--simulate-speed', '4'];
  const started = execa(process.execPath, args, { cwd, reject: false, extendEnv: false, env: { HOME: '/nowhere' } });
  let error = '';
  const interruptedAfter = ['web | hello', 'no longer shown'];
  started.stderr.on('data', (chunk) => {
    error += chunk;
    const [words] = interruptedAfter;
    if (words === undefined || !error.includes(words)) return;
    interruptedAfter.shift();
    started.kill('SIGINT');
  });
  expect((await started).exitCode).toBe(130);
  expect(error).toMatch(/no longer shown[\s\S]*Interrupted, and nothing was undone: [0-9a-f]{32} may still run/);
});

describe('plan', () => {
  it('shows a changed member with its values and its line', async () => {
    const account = simulated();
    await cli(project('nginx:1'), 'up', ...account);
    const { code, out } = await cli(project('nginx:2'), 'plan', '--exit-code', ...account);
    expect(code).toBe(5);
    expect(out).toMatch(
      /Changes against shop:1 \(tasks restart\):\n {2}container web\n {4}image: nginx:1 → nginx:2 {2}\(/,
    );
    expect(out).toContain('compose.yaml:4:12)\n');
  });

  it('--against compares with a saved definition, bare or as AWS prints it, and asks nobody', async () => {
    const cwd = project('nginx:2');
    const before = await cli(project('nginx:1'), 'convert', '--region', 'us-east-1');
    const definition = JSON.parse(before.out);
    const echoed = { ...definition, revision: 7, status: 'ACTIVE', volumes: [], cpu: Number(definition.cpu) };
    writeFileSync(join(cwd, 'bare.json'), before.out);
    writeFileSync(join(cwd, 'aws.json'), JSON.stringify({ taskDefinition: echoed, tags: [] }));
    for (const file of ['bare.json', 'aws.json']) {
      const { code, out } = await cli(cwd, 'plan', '--against', file, '--exit-code', '--region', 'us-east-1');
      expect(code).toBe(5);
      expect(out).toBe(`Changes against ${file} (tasks restart):
  container web
    image: nginx:1 → nginx:2  (compose.yaml:4:12)
`);
    }
    const same = await cli(cwd, 'convert', '--region', 'us-east-1');
    writeFileSync(join(cwd, 'same.json'), same.out);
    const nothing = await cli(cwd, 'plan', '--against', 'same.json', '--exit-code', '--region', 'us-east-1');
    expect(nothing).toMatchObject({ code: 0, out: expect.stringContaining('Nothing differs') });
  });

  it.each([
    ['no definition', '{"services": {}}'],
    ['a list', '[{"containerDefinitions": 1}]'],
    ['no JSON', 'x'],
  ])('--against a file with %s', async (_, text) => {
    const cwd = project('nginx');
    writeFileSync(join(cwd, 'file.json'), text);
    const ended = await cli(cwd, 'plan', '--against', 'file.json', '--region', 'us-east-1');
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.error).toContain('file.json');
  });
});

it.each([
  [['--log-retention', '31'], /31.*1, 3, 5, 7, 14, 30/],
  [['--log-retention', '36h'], /36h/],
  [['--tags', 'team'], /"team" is no tag/],
  [['--tags', 'aws:x=1'], /aws:x/],
  [['--count', '0'], /compose2fargate down/],
  [['--order', 'first'], /start-first, stop-first/],
])('%s is wrong usage', async (options, words) => {
  const { code, error } = await cli(example('hello-world'), 'up', ...options, ...simulated());
  expect(code).toBe(2);
  expect(error).toMatch(words);
});

describe('policies that take a task role', () => {
  const asking = compose('nginx', '    x-aws-policies: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]\n');
  const warning =
    /^compose\.yaml:5:5: warning: "x-aws-policies" asks for a task role.* \[transform\/task-role-missing\]$/m;

  it('are warned of until there is the role', async () => {
    const cwd = folder({ 'compose.yaml': asking, 'ecs-params.yml': params });
    const account = await server();
    const { code, error } = await cliAt(account, cwd, 'up');
    expect({ code, warnings: error.split('task-role-missing').length - 1 }).toEqual({ code: 0, warnings: 1 });
    expect(error).toMatch(warning);
    expect(error).toContain('        Or make a role with what "compose2fargate iam task" prints');
    expect((await cliAt(account, cwd, 'up', '--create-roles')).error).not.toMatch(warning);
    for (const command of ['up', 'plan']) {
      expect((await cliAt(account, cwd, command)).error, command).not.toMatch(warning);
    }
    expect((await cliAt(account, cwd, 'convert')).error).toMatch(warning);
  });

  it('end a command that is strict before it asks AWS, and are told where nobody is asked', async () => {
    const cwd = folder({
      'compose.yaml': asking,
      'ecs-params.yml': params,
      'task.json': '{"containerDefinitions":[]}',
    });
    const account = await server();
    const { code, error } = await cliAt(account, cwd, 'up', '--strict');
    expect({ code, calls: account.calls }).toEqual({ code: 1, calls: [] });
    expect(error).toMatch(warning);
    expect((await cliAt(account, cwd, 'plan', '--against', 'task.json')).error).toMatch(warning);
  });
});
