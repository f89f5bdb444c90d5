import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { folder } from '../folder.ts';
import { bareEnvironment, cli, example, launcher, simulated } from './cli.ts';

describe('service --simulate', () => {
  it("the book's sequence, as its commands are printed but for the program's name", async () => {
    const account = simulated();
    const cwd = example('hello-world');
    const run = (line: string) => cli(cwd, ...line.split(' '), ...account);

    const up = await run('compose service up --create-log-groups --launch-type FARGATE');
    expect(up).toMatchObject({ code: 0, out: expect.stringMatching(/^http:\/\/203\.0\.113\.\d+\n$/) });
    expect(up.error).toMatch(
      /On AWS this would cost about \$0\.\d{4} an hour: 1 task with a public address, .*\nStop it/,
    );

    const one = await run('compose service ps');
    expect(one.out.match(/RUNNING/g)).toHaveLength(1);

    const [, id = ''] = /([0-9a-f]{32})/.exec(one.out) ?? [];
    const following = execa(
      process.execPath,
      [launcher, ...`compose logs --task-id ${id} --follow`.split(' '), ...account],
      {
        cwd,
        reject: false,
        extendEnv: false,
        env: bareEnvironment,
      },
    );
    for await (const line of following) if (line.includes('simulated')) following.kill('SIGINT');
    expect((await following).exitCode).toBe(130);

    expect((await run('compose service scale 2')).code).toBe(0);
    const two = await run('compose service ps');
    expect(two.out.match(/RUNNING/g)).toHaveLength(2);

    const down = await run('compose service down');
    expect(down).toMatchObject({ code: 0, out: '', error: expect.stringContaining('What stays:') });
    const gone = await run('service rm');
    expect(gone).toMatchObject({ code: 0, error: expect.stringContaining('There is no service hello-world') });
  });

  it('what service up ends with removes the service when it is pasted', async () => {
    const cwd = example('hello-world');
    const { error } = await cli(cwd, 'service', 'up', ...simulated());
    const [, line = ''] = /Stop it with: compose2fargate (.*)\n$/.exec(error) ?? [];
    const removed = await cli(cwd, ...line.split(' '), '--simulate-speed', '100');
    expect(removed).toMatchObject({ code: 0, error: expect.stringContaining('Delete the service hello-world') });
  });

  it('what was made around a service stays while nothing changes, and goes with it', async () => {
    const account = simulated();
    const compose = 'name: shop\nservices:\n  web:\n    image: nginx\n    ports: ["80:80"]\n';
    const params = `version: 1
run_params:
  auto_scaling:
    min_capacity: 1
    max_capacity: 3
    target_tracking:
      - {predefined_metric_type: ECSServiceAverageCPUUtilization, target_value: 60}
  service_discovery:
    private_dns_namespace: {name: shop.internal, vpc: vpc-1}
`;
    const cwd = folder({ 'compose.yaml': compose, 'ecs-params.yml': params });
    const up = await cli(cwd, 'service', 'up', '--create-roles', ...account);
    expect(up).toMatchObject({ code: 0, error: expect.stringContaining('Create the role shop-execution') });
    const again = await cli(cwd, 'service', 'up', '--dry-run', ...account);
    expect(again).toMatchObject({ code: 0, out: 'Nothing to do: everything is as the files say.\n' });
    const removed = await cli(cwd, 'service', 'rm', ...account);
    expect(removed.code).toBe(0);
    const made = ['auto scaling of the service shop', 'name shop.shop.internal', 'namespace shop.internal'];
    for (const thing of [...made, 'role shop-execution']) expect(removed.error).toContain(thing);
    expect((await cli(cwd, 'service', 'rm', ...account)).error).toContain('There is no service shop');
  });

  it('a load balancer: made with the service, changed with the files, and gone with it', async () => {
    const account = simulated();
    const compose = `name: shop
services:
  web:
    image: nginx
    ports: ["80:80"]
    healthcheck: {test: curl -f http://localhost/health, interval: 10s}
`;
    const params = (members: string) => ({
      'compose.yaml': compose,
      'ecs-params.yml': `version: 1\nrun_params:\n  application_load_balancer: ${members}\n`,
    });
    const arn = 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234';
    const [plain, secured] = [folder(params('{}')), folder(params(`{certificate_arn: "${arn}"}`))];
    const planned = await cli(plain, 'service', 'up', '--dry-run', ...account);
    expect(planned.out).toMatch(/Create the target group .*, checked at \/health for 200-399 every 10 s\./);
    expect(planned.out).toMatch(/Create the load balancer .* \$0\.0375 an hour .* \$27 a month/);

    const host = 'compose2fargate-shop-\\d+\\.us-east-1\\.elb\\.amazonaws\\.com';
    const up = await cli(plain, 'service', 'up', ...account);
    expect(up).toMatchObject({ code: 0, out: expect.stringMatching(new RegExp(`^http://${host}\\n$`)) });
    const again = await cli(plain, 'service', 'up', '--dry-run', ...account);
    expect(again.out).toBe('Nothing to do: everything is as the files say.\n');

    const changed = await cli(secured, 'service', 'up', '--json', ...account);
    expect(changed.code).toBe(0);
    const { addresses } = JSON.parse(changed.out);
    const loadBalancer = expect.stringMatching(/^compose2fargate-shop/);
    expect(addresses).toEqual([expect.objectContaining({ loadBalancer, container: 'web', port: 443 })]);
    expect(addresses[0].address).toMatch(new RegExp(`^https://${host}$`));
    expect((await cli(secured, 'service', 'ps', ...account)).out).toContain(addresses[0].address);

    const removed = await cli(secured, 'service', 'rm', ...account);
    expect(removed.code).toBe(0);
    for (const what of ['load balancer', 'target group', 'security group']) {
      expect(removed.error).toContain(`Delete the ${what} compose2fargate-shop`);
    }
    expect(removed.error).toContain('Delete the security group compose2fargate-shop/load-balancer: sg-');
    expect((await cli(secured, 'service', 'rm', ...account)).error).toContain('There is no service shop');
  });

  it('service logs takes the options of logs, and service ps those of ps', async () => {
    const account = simulated();
    const compose = `name: web
services:
  web: {image: nginx, x-simulate: {logs: [hello, GET /]}}
  db: {image: mysql, x-simulate: {logs: [ready]}}
`;
    const cwd = folder({ 'compose.yaml': compose });
    expect((await cli(cwd, 'service', 'up', '--count', '2', ...account)).code).toBe(0);
    const ids = (await cli(cwd, 'service', 'ps', '-q', ...account)).out.trim().split('\n');
    expect(ids).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect((await cli(cwd, 'service', 'ps', '--services', ...account)).out).toBe('web\ndb\n');
    const options = ['--task-id', ids[1]?.slice(0, 10) ?? '', '--grep', '^GET', '--no-log-prefix', '--tail', '5'];
    expect(await cli(cwd, 'service', 'logs', ...options, ...account)).toMatchObject({ code: 0, out: 'GET /\n' });
    expect((await cli(cwd, 'service', 'logs', '--no-log-prefix', 'db', ...account)).out).toBe('ready\nready\n');
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
