import { describe, expect, it } from 'vitest';
import { type Result, run } from '../run.ts';

const c2f = (line: string): Promise<Result> => run(line.split(' '), { cwd: '/nowhere' });

describe('help', () => {
  it.each([
    ['help', 'Usage: compose2fargate [options] [command]'],
    ['help up', 'Usage: compose2fargate up|start [options]'],
    ['help start', 'Usage: compose2fargate up|start [options]'],
    ['help service', 'Usage: compose2fargate service [options] [command]'],
    ['help service rm', 'Usage: compose2fargate service rm|down [options]'],
    ['help convert nosuch', 'Usage: compose2fargate convert [options]'],
  ])('%s', async (line, usage) => {
    const { code, out, error } = await c2f(line);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toContain(`${usage}\n`);
  });

  it.each([
    ['help nosuch', /^error: unknown command 'nosuch'\n\(--help lists commands and options\)\n$/],
    ['help conver', /^error: unknown command 'conver'\n\(Did you mean convert\?\)\n/],
    ['help service rn', /^error: unknown command 'rn'\n\(Did you mean rm\?\)\n/],
    ['help configure', /^error: The command "configure" of ecs-cli is not one here: /],
    ['help service create', /^error: The command "service create" of ecs-cli is not one here: /],
  ])('%s is refused', async (line, error) => {
    expect(await c2f(line)).toEqual({ code: 2, out: '', error: expect.stringMatching(error) });
  });
});

describe('what is empty', () => {
  it.each([
    ['up --cluster=', '-c, --cluster <name>'],
    ['--simulate-state= up', '--simulate-state <path>'],
    ['convert --output=', '-o, --output <path>'],
    ['logs --task-id=', '--task-id <id>'],
  ])('%s', async (line, option) => {
    const error = `error: option '${option}' argument '' is invalid. Give it a value, or leave it out.
(--help lists commands and options)
`;
    expect(await c2f(line)).toEqual({ code: 2, out: '', error });
  });
});

it.each(['localhost:4566', '//localhost', 'http://', 'ftp://localhost'])('%s is no endpoint', async (url) => {
  const { code, error } = await c2f(`ps --endpoint-url ${url}`);
  expect(code).toBe(2);
  expect(error).toContain(`"${url}" is no address. Write one such as http://127.0.0.1:4566.\n`);
});

it('an empty name or directory of the project is none, as with Docker Compose', async () => {
  const line = 'config --project-name= --project-directory= -f fixtures/examples/hello-world/docker-compose.yml';
  const { code, out, error } = await run(line.split(' '), { cwd: process.cwd() });
  expect({ code, error }).toEqual({ code: 0, error: '' });
  expect(out).toMatch(/^name: hello-world\n/);
});

describe('what is unknown', () => {
  it.each([
    [
      'conver',
      /^error: unknown command 'conver'\n\(Did you mean convert\?\)\n\(--help lists commands and options\)\n$/,
    ],
    ['up --clutser x', /^error: unknown option '--clutser'\n\(Did you mean --cluster\?\)\n/],
    ['toString', /^error: unknown command 'toString'\n\(--help/],
    ['up --toString', /^error: unknown option '--toString'\n\(--help/],
  ])('%s', async (line, error) => {
    expect(await c2f(line)).toEqual({ code: 2, out: '', error: expect.stringMatching(error) });
  });

  it('an option of ecs-cli is told with its remedy, however it is written', async () => {
    const error = `error: The option --keypair of ecs-cli is not one here: Fargate has no instances that you choose.
  help: Leave it out; task_size in ecs-params.yml says how large a task is.
`;
    for (const line of ['up --keypair admin', 'compose up --keypair=admin', '--keypair admin up']) {
      expect(await c2f(line)).toEqual({ code: 2, out: '', error });
    }
  });

  it('all options of ecs-cli are told at once', async () => {
    const { code, error } = await c2f('up --cluster prod --keypair admin --size 3 --capability-iam');
    expect(code).toBe(2);
    expect(error.match(/^error: The option (\S+)/gm)?.map((line) => line.split(' ').at(-1))).toEqual([
      '--keypair',
      '--size',
      '--capability-iam',
    ]);
  });

  it('an option has its own answer for the command that ecs-cli had it with', async () => {
    expect((await c2f('scale 2 --size 3')).error).toContain('Write "scale N" or "service scale N"');
    expect((await c2f('up --size 3')).error).toContain('Leave it out; task_size');
    // ecs-cli had it with clusters alone.
    expect((await c2f('convert --azs a,b')).error).toContain("unknown option '--azs'");
  });

  it('a command of several words is told by the longest that is known', async () => {
    expect((await c2f('configure profile default --profile-name ci')).error).toContain('"configure profile default"');
    expect((await c2f('configure profile list')).error).toContain('The command "configure profile" of');
    expect((await c2f('configure nosuch')).error).toContain('The command "configure" of');
  });
});
