import { describe, expect, it } from 'vitest';
import { cli, example, folder, simulated } from './cli.ts';

describe('service --simulate', () => {
  it("the book's sequence, as its commands are printed but for the program's name", async () => {
    const account = simulated();
    const run = (...words: readonly string[]) => cli(example('hello-world'), ...words, ...account);

    const up = await run('compose', 'service', 'up', '--create-log-groups', '--launch-type', 'FARGATE');
    expect(up).toMatchObject({ code: 0, out: expect.stringMatching(/^http:\/\/203\.0\.113\.\d+\n$/) });

    const one = await run('compose', 'service', 'ps');
    expect(one.out.match(/RUNNING/g)).toHaveLength(1);

    expect((await run('compose', 'service', 'scale', '2')).code).toBe(0);
    const two = await run('compose', 'service', 'ps');
    expect(two.out.match(/RUNNING/g)).toHaveLength(2);

    const logs = await run('compose', 'service', 'logs');
    expect(logs).toMatchObject({ code: 0, out: expect.stringContaining('simulated') });

    const down = await run('compose', 'service', 'down');
    expect(down).toMatchObject({ code: 0, out: '', error: expect.stringContaining('What stays costs nothing') });
    const gone = await run('service', 'rm');
    expect(gone).toMatchObject({ code: 0, error: expect.stringContaining('There is no service hello-world') });
  });

  it('an image that may not be pulled: exit 4, the reason, the line, and the revision that ECS went back to', async () => {
    const account = simulated();
    const compose = (image: string, more = '') => ({
      'compose.yaml': `name: web\nservices:\n  web:\n    image: ${image}\n${more}`,
    });
    expect((await cli(folder(compose('nginx')), 'service', 'up', ...account)).code).toBe(0);
    const bad = folder(compose('private/app', '    x-simulate: {pull: denied}\n'));
    const { code, out, error } = await cli(bad, 'service', 'up', ...account);
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(error).toMatch(/compose\.yaml:4:12: error: .*TaskFailedToStart/);
    expect(error).toContain('ECS has rolled the service web back to web:1.');
  });

  it('the launch type EC2 is wrong usage, and it says why', async () => {
    const { code, error } = await cli(example('hello-world'), 'service', 'up', '--launch-type', 'EC2');
    expect(code).toBe(2);
    expect(error).toContain('compose2fargate makes task definitions for Fargate');
  });

  it.each([
    [['service'], /service up|up\|start/],
    [['service', 'scale', 'two'], /"two" is no amount\. Write a whole number from 0 on\./],
    [['service', 'up', '--timeout', '5'], /Write 5s for seconds or 5m for minutes/],
    [['service', 'up', '--tags', 'web'], /"web" is no tag\. Write KEY=VALUE/],
  ])('%j is wrong usage', async (words, text) => {
    const { code, out, error } = await cli(example('hello-world'), ...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(text);
  });
});
