import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { folder } from '../folder.ts';
import { cli, launcher, simulated } from './cli.ts';

/** A web server with a job that ends with 7, as `x-simulate` has it. */
function shop(web = 'logs: [migrated], exit: {code: 7, after: 3s}'): string {
  return folder({
    'compose.yaml': `name: shop
services:
  db:
    image: mysql:8.4
    x-simulate: {logs: [ready]}
  web:
    image: wordpress:6.8
    ports: ["80:80"]
    x-simulate: {${web}}
`,
  });
}

describe('run --simulate', () => {
  it("gives what the container wrote on stdout, and the container's exit code", async () => {
    const { code, out, error } = await cli(shop(), 'run', ...simulated(), 'web', 'migrate', '--all', '-f', 'x');
    expect({ code, out }).toEqual({ code: 7, out: 'migrated\n' });
    expect(error).toContain('web ended with exit code 7.');
  });

  it('all that follows the service belongs to the container', async () => {
    const { code, out } = await cli(shop('exit: {code: 0, after: 1s}'), 'run', ...simulated(), 'web', '--help');
    expect(code).toBe(0);
    expect(out).not.toContain('Usage');
  });

  it.each([
    ['an image that cannot be pulled', ['web'], 'pull: not-found', /CannotPullContainerError/],
    ['a service that does not exist', ['cache'], '', /It has db, web\./],
  ])('%s: 125, and why', async (_, words, web, reason) => {
    const { code, out, error } = await cli(shop(web), 'run', ...simulated(), ...words);
    expect({ code, out }).toEqual({ code: 125, out: '' });
    expect(error).toMatch(reason);
  });

  it('an input with errors: 125, and the findings', async () => {
    const cwd = folder({ 'compose.yaml': 'services:\n  web:\n    imag: nginx\n' });
    const { code, error } = await cli(cwd, 'run', ...simulated(), 'web');
    expect(code).toBe(125);
    expect(error).toContain('compose.yaml:3:5');
  });

  it('a terminal is not to be had: 2, and the command that has one; what means nothing is accepted', async () => {
    const refused = await cli(shop(), 'run', '-it', ...simulated(), 'web', 'sh');
    expect(refused).toMatchObject({ code: 2, error: expect.stringContaining('compose2fargate exec') });
    expect((await cli(shop(), 'run', '--rm', '-T', ...simulated(), 'web', 'sh')).code).toBe(7);
  });

  it('Ctrl-C: 130, and the task is stopped', async () => {
    const account = simulated();
    const cwd = shop('exit: {code: 0, after: 10h}');
    const running = execa(process.execPath, [launcher, 'run', ...account, 'web', 'sleep', 'infinity'], {
      cwd,
      reject: false,
      extendEnv: false,
      env: { PATH: process.env['PATH'] ?? '', HOME: '/nowhere' },
    });
    for await (const line of running.iterable({ from: 'stderr' })) {
      if (line.includes('is RUNNING')) running.kill('SIGINT');
    }
    expect((await running).exitCode).toBe(130);
    expect(await cli(cwd, 'ps', ...account, '-q')).toMatchObject({ code: 0, out: '', error: '' });
  });
});

describe('the tasks of a project', () => {
  it('up, a one-off beside it, scale, ps, logs, stop, and down finds nothing more', async () => {
    const account = simulated();
    const cwd = shop('logs: [hello, "GET /"], exit: {code: 0, after: 10h}');
    expect((await cli(cwd, 'up', ...account)).code).toBe(0);
    const oneOff = (await cli(cwd, 'run', '-d', ...account, 'web', 'sh')).out.trim();
    expect(oneOff).toMatch(/^[0-9a-f]{32}$/);

    expect((await cli(cwd, 'scale', '2', ...account)).error).toContain('Run 1 task of shop: ');
    expect((await cli(cwd, 'scale', '2', ...account)).error).toContain('2 tasks of shop run already.');

    const ids = (await cli(cwd, 'ps', '-q', ...account)).out.trim().split('\n');
    expect(ids).toHaveLength(3);
    expect(ids).toContain(oneOff);
    expect((await cli(cwd, 'ps', '--services', ...account)).out).toBe('db\nweb\n');
    // Nothing admits the port, as "up" says too.
    expect((await cli(cwd, 'ps', ...account)).out).toMatch(/web .* http:\/\/203\.0\.113\.\d+ \(closed\)/);

    const other = ids.find((id) => id !== oneOff) as string;
    const one = await cli(cwd, 'logs', '--task-id', other.slice(0, 12), '--no-log-prefix', ...account);
    expect(one).toMatchObject({ code: 0 });
    expect(one.out.split('\n').toSorted()).toEqual(['', 'GET /', 'hello', 'ready']);
    expect((await cli(cwd, 'logs', '--grep', '^GET', 'web', ...account)).out.match(/GET \/$/gm)).toHaveLength(3);
    expect((await cli(cwd, 'logs', '--until', '1d', ...account)).out).toBe('');

    expect((await cli(cwd, 'stop', ...account)).error).toContain(`what "run" started: ${oneOff}`);
    expect((await cli(cwd, 'down', ...account)).error).toContain('No task of shop runs');
  });

  it('down says what stays, and the commands that remove it', async () => {
    const account = simulated();
    await cli(shop(''), 'up', ...account);
    const { code, error } = await cli(shop(''), 'down', ...account);
    expect(code).toBe(0);
    expect(error).toContain('aws ecs deregister-task-definition --region us-east-1 --task-definition shop:1');
    expect(error).toContain('aws logs delete-log-group --region us-east-1 --log-group-name /ecs/shop');
    expect(error).toContain('aws ecs delete-cluster --region us-east-1 --cluster default');
  });

  it('ps --all says why a task failed, and what to do', async () => {
    const account = simulated();
    const cwd = shop('pull: denied');
    await cli(cwd, 'up', ...account);
    const { out, error } = await cli(cwd, 'ps', '--all', ...account);
    expect(out).toMatch(/^web .* STOPPED .*CannotPullContainerError/m);
    expect(error).toMatch(/Task [0-9a-f]{32}: .*registry.*repository_credentials/);
  });

  it.each<[string, string[], RegExp]>([
    ['down --volumes', ['down', '--volumes'], /EFS file systems are never removed/],
    ['scale without a number', ['scale', 'many'], /"many" is no number of tasks/],
    ['scale as Docker Compose has it', ['scale', 'web=3'], /write scale 3\./],
    ['a pattern that is none', ['logs', '--grep', '('], /"\(" is no regular expression/],
    ['a time that is none', ['logs', '--since', '2026-99-01'], /is no time/],
    ['a duration without a unit', ['logs', '--since', '10'], /10s for seconds or 10m/],
    ['logs --follow --until', ['logs', '-f', '--until', '1m'], /exclude each other/],
    ['a variable without a name', ['run', '-e', '=x', 'web'], /"=x" is no variable/],
  ])('%s is wrong usage', async (_, words, reason) => {
    const [command = '', ...others] = words;
    const { code, error } = await cli(shop(), command, ...simulated(), ...others);
    expect(code).toBe(2);
    expect(error).toMatch(reason);
  });

  it('-q says nothing but errors', async () => {
    const account = simulated();
    expect(await cli(shop(''), 'up', '-q', ...account)).toMatchObject({ code: 0, error: '' });
    expect(await cli(shop(''), 'down', '-q', ...account)).toMatchObject({ code: 0, error: '' });
    expect((await cli(shop('pull: denied'), 'up', '-q', ...account)).error).toMatch(/^compose\.yaml:\d+:\d+: error: /);
  });
});
