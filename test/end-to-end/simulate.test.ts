import { describe, expect, it } from 'vitest';
import { folder } from '../folder.ts';
import { cli, example, simulated } from './cli.ts';

describe('up --simulate', () => {
  it.each(['hello-world', 'wordpress-mysql'])(
    '%s: runs, is seen by ps, and is left alone by a second up',
    async (name) => {
      const account = simulated();
      const first = await cli(example(name), 'up', ...account);
      expect(first).toMatchObject({ code: 0, out: expect.stringMatching(/^http:\/\/203\.0\.113\.\d+\n$/) });
      expect(first.error).toContain('Simulated');

      const listed = await cli(example(name), 'ps', ...account);
      expect(listed).toMatchObject({ code: 0, out: expect.stringMatching(/wordpress +[0-9a-f]{32} +RUNNING/) });

      const second = await cli(example(name), 'up', '--json', ...account);
      expect(second.code).toBe(0);
      const events = second.error
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
      expect(events.find(({ code }) => code === 'plan/made')).toMatchObject({ data: { changes: false } });
      expect((await cli(example(name), 'plan', '--exit-code', ...account)).code).toBe(0);
    },
  );

  it('up, down, up ends with a running task', async () => {
    const account = simulated();
    const cwd = example('hello-world');
    for (const command of ['up', 'down', 'up']) expect((await cli(cwd, command, ...account)).code).toBe(0);
    expect((await cli(cwd, 'ps', ...account)).out).toContain('RUNNING');
  });

  it('a changed image is a new revision, and the task that runs in the end runs it', async () => {
    const account = simulated();
    const compose = (tag: string) => ({ 'compose.yaml': `name: web\nservices:\n  web:\n    image: nginx:${tag}\n` });
    expect((await cli(folder(compose('1.29')), 'up', ...account)).code).toBe(0);
    expect((await cli(folder(compose('1.30')), 'plan', '--exit-code', ...account)).code).toBe(5);
    expect((await cli(folder(compose('1.30')), 'up', ...account)).code).toBe(0);
    const { out } = await cli(folder(compose('1.30')), 'ps', ...account);
    expect(out.match(/RUNNING.*web:\d+/g)).toEqual([expect.stringContaining('web:2')]);
  });

  it('an image that may not be pulled: exit 4, the reason, the remedy and the line', async () => {
    const cwd = folder({
      'compose.yaml': 'services:\n  web:\n    image: private/app\n    x-simulate: {pull: denied}\n',
    });
    const { code, out, error } = await cli(cwd, 'up', ...simulated());
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(error).toContain('CannotPullContainerError');
    expect(error).toMatch(/compose\.yaml:3:12/);
    expect(error).toMatch(/repository.?credentials/i);
  });

  it('a port that no security group is known to admit: a finding in place of an address', async () => {
    const cwd = folder({
      'compose.yaml': 'services:\n  web:\n    image: nginx\n    ports: ["80:80"]\n',
      'ecs-params.yml': 'run_params:\n  network_configuration:\n    awsvpc_configuration:\n      subnets: [subnet-1]\n',
    });
    const { code, out, error } = await cli(cwd, 'up', ...simulated());
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(error).toContain('authorize-security-group-ingress');
  });

  it('logs prints the lines of each container', async () => {
    const account = simulated();
    await cli(example('wordpress-mysql'), 'up', ...account);
    const { code, out } = await cli(example('wordpress-mysql'), 'logs', ...account);
    expect(code).toBe(0);
    expect(out).toMatch(/^db +\| .*simulated/m);
    expect(out).toMatch(/^wordpress +\| /m);
  });
});
