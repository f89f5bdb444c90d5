import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient, RunTaskCommand } from '@aws-sdk/client-ecs';
import { describe, expect, test } from 'vitest';
import { contentsOf, difference } from './account-contents.ts';
import { Reader } from './chapters.ts';

const web = `name: shop
services:
  web:
    image: nginx
    ports: ["80:80"]
`;

/** The record of a kind of which an account has one. */
function only<T>(records: ReadonlyMap<string, T>): T {
  expect(records.size).toBe(1);
  return [...records.values()][0] as T;
}

/** The address that `up` prints first. */
function firstLine(out: string): string {
  return out.split('\n')[0] ?? '';
}

const answer = (port: number) =>
  expect.stringMatching(new RegExp(`^200 web of the task [0-9a-f]{32} would answer on ${port}/tcp`));

/** From nothing to a served request, and to nothing again but for what the commands have listed. */
describe('the chapters of the books', () => {
  test('network', async () => {
    const reader = await Reader.with({
      'compose.yaml': `name: shop
services:
  web:
    image: nginx
    ports: ["80:80", "8080:8080"]
  db:
    image: mysql:8
    ports: ["3306:3306"]
`,
      'ecs-params.yml': `version: 1
run_params:
  network_configuration:
    awsvpc_configuration:
      ingress:
        - {port: 8080, source: 10.0.0.0/8}
`,
    });
    const up = await reader.types('up --probe');
    const address = firstLine(up.out);
    expect(up.error).toContain(`${address} answers with HTTP status 200.`);
    expect(up.error).toMatch(/:8080\/tcp does not answer: no security group .* admits 8080\/tcp from the Internet\./);
    expect(await reader.asks(`${address}/`)).toEqual(answer(80));
    for (const port of [8080, 3306]) {
      expect(await reader.asks(`${address}:${port}/`)).toMatch(
        new RegExp(`^504 No security group of the task .* admits ${port}/tcp from the Internet\\.$`),
      );
    }
    const { privateHost } = JSON.parse((await reader.types('ps --json')).out).containers[0];
    expect(await reader.asks(`http://${privateHost}/`)).toEqual(answer(80));

    await reader.types('down');
    expect(await reader.asks(`${address}/`)).toMatch(/^504 The task .* is STOPPED\.$/);
    expectLeft(reader, ['cluster/default', 'log-group:/ecs/shop', 'task-definition/shop:1']);
    await reader.types('down --purge --yes');
    expect(reader.left()).toEqual([]);
  });

  test('CloudWatch logs', async () => {
    const reader = await Reader.with(
      { 'compose.yaml': `${web}  worker:\n    image: busybox\n` },
      { behaviours: { web: { logs: ['ready', 'GET /'] }, worker: { logs: ['nothing to do'] } } },
    );
    const { out } = await reader.types('up --log-retention 7');
    expect(await reader.asks(`${firstLine(out)}/`)).toEqual(answer(80));
    expect(only(reader.account.logGroups)).toMatchObject({ logGroupName: '/ecs/shop', retentionInDays: 7 });
    const lines = (await reader.types('logs')).out.split('\n');
    for (const line of ['web    | ready', 'web    | GET /', 'worker | nothing to do']) expect(lines).toContain(line);
    expect((await reader.types('logs worker --no-log-prefix')).out).toBe('nothing to do\n');

    await reader.types('down');
    expectLeft(reader, ['cluster/default', 'log-group:/ecs/shop', 'task-definition/shop:1']);
    await reader.types('down --purge --yes');
    expect(reader.left()).toEqual([]);
  });

  test('auto scaling', async () => {
    const params = (minimum: number) => `version: 1
run_params:
  auto_scaling:
    min_capacity: ${minimum}
    max_capacity: 4
    target_tracking:
      - {predefined_metric_type: ECSServiceAverageCPUUtilization, target_value: 60}
      - {predefined_metric_type: ECSServiceAverageMemoryUtilization, target_value: 70}
`;
    const reader = await Reader.with({ 'compose.yaml': web, 'ecs-params.yml': params(1) });
    const { out } = await reader.types('service up');
    expect(await reader.asks(`${firstLine(out)}/`)).toEqual(answer(80));
    const target = only(reader.account.scalableTargets);
    expect(target).toMatchObject({ minCapacity: 1, maxCapacity: 4 });
    expect(target.policies.size).toBe(2);

    reader.write('ecs-params.yml', params(2));
    await reader.types('service up');
    expect(only(reader.account.services).settings.desiredCount).toBe(2);
    const addresses = (await reader.types('service up')).out.trim().split('\n');
    expect(addresses).toHaveLength(2);
    for (const address of addresses) expect(await reader.asks(`${address}/`)).toEqual(answer(80));

    await reader.types('service rm');
    expectLeft(reader, ['cluster/default', 'log-group:/ecs/shop', 'task-definition/shop:1']);
    await reader.types('service rm --purge --yes');
    expect(reader.left()).toEqual([]);
  });

  test('IAM', async () => {
    const secret = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/password-AbCdEf';
    const reader = await Reader.with({
      'compose.yaml': web,
      'ecs-params.yml': `version: 1
task_definition:
  services:
    web:
      secrets:
        - {name: PASSWORD, value_from: "${secret}"}
`,
    });
    const { out } = await reader.types('up --create-roles');
    expect(await reader.asks(`${firstLine(out)}/`)).toEqual(answer(80));
    const role = only(reader.account.roles);
    expect(role.roleName).toBe('shop-execution-us-east-1');
    const { Statement } = JSON.parse(only(role.policies));
    for (const { Resource } of Statement) expect([Resource].flat()).not.toContain('*');
    expect(Statement).toContainEqual(
      expect.objectContaining({ Action: ['secretsmanager:GetSecretValue'], Resource: [secret] }),
    );

    await reader.types('down');
    expectLeft(reader, ['cluster/default', 'log-group:/ecs/shop', 'task-definition/shop:1']);
    await expect(runRevision(reader)).rejects.toThrow('ECS was unable to assume the role');
    await reader.types('down --purge --yes');
    expect(reader.left()).toEqual([]);
  });

  test('load balancer', async () => {
    const params = (settings: string) => `version: 1\nrun_params:\n  application_load_balancer: ${settings}\n`;
    const reader = await Reader.with({ 'compose.yaml': web, 'ecs-params.yml': params('{}') });
    const up = await reader.types('service up --probe');
    const address = firstLine(up.out);
    expect(address).toMatch(/^http:\/\/compose2fargate-shop-\d+\.us-east-1\.elb\.amazonaws\.com$/);
    expect(up.error).toContain(`${address} answers with HTTP status 200.`);
    expect(await reader.asks(`${address}/`)).toEqual(answer(80));
    const { publicAddress } = only(reader.account.tasks).network;
    expect(await reader.asks(`http://${publicAddress}/`)).toMatch(/^504 .* admits 80\/tcp from the Internet\.$/);

    const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';
    reader.write('ecs-params.yml', params(`{certificate_arn: "${certificate}"}`));
    const secured = await reader.types('service up');
    expect(secured.out).toBe(`${address.replace('http:', 'https:')}\n`);
    const host = new URL(address).host;
    expect(await reader.asks(`http://${host}:443/`)).toEqual(answer(80));
    expect(await reader.asks(`${address}/`)).toBe(
      '301 The load balancer compose2fargate-shop redirects to HTTPS, port 443.',
    );
    await reader.types('service stop');
    expect(await reader.asks(`http://${host}:443/`)).toBe(
      '503 No target of the load balancer compose2fargate-shop is healthy.',
    );

    await reader.types('service rm --purge --yes');
    expect(await reader.asks(`${address}/`)).toMatch(/^504 Nothing in the account/);
    expect(reader.left()).toEqual([]);
  });

  test('load balancer of somebody else', async () => {
    const group = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef';
    const reader = await Reader.with({
      'compose.yaml': web,
      'ecs-params.yml': `version: 1
run_params:
  load_balancers:
    - target_group_arn: ${group}
      container_name: web
      container_port: 80
`,
    });
    await reader.types('service up');
    const { publicAddress } = only(reader.account.tasks).network;
    expect(await reader.asks(`http://${publicAddress}/`)).toEqual(answer(80));
    const { settings } = only(reader.account.services);
    const registered = [{ targetGroupArn: group, containerName: 'web', containerPort: 80 }];
    expect(settings).toMatchObject({ loadBalancers: registered, healthCheckGracePeriodSeconds: 60 });

    await reader.types('service rm');
    expectLeft(reader, ['cluster/default', 'log-group:/ecs/shop', 'task-definition/shop:1']);
    await reader.types('service rm --purge --yes');
    expect(reader.left()).toEqual([]);
  });

  test('service discovery', async () => {
    const reader = await Reader.with({
      'compose.yaml': web,
      'ecs-params.yml': `version: 1
run_params:
  service_discovery:
    private_dns_namespace: {name: shop.internal, vpc: vpc-1}
    service_discovery_service: {name: web}
`,
    });
    await reader.types('service up');
    expect(await reader.asks('http://web.shop.internal/')).toEqual(answer(80));
    await reader.types('service stop');
    expect(await reader.asks('http://web.shop.internal/')).toBe(
      '504 No task that runs is registered under web.shop.internal.',
    );

    await reader.types('service rm');
    expect(await reader.asks('http://web.shop.internal/')).toMatch(/^504 Nothing in the account/);
    expectLeft(reader, ['cluster/default', 'log-group:/ecs/shop', 'task-definition/shop:1']);
    await reader.types('service rm --purge --yes');
    expect(reader.left()).toEqual([]);
  });

  test('ECR', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const reader = await Reader.with({ 'compose.yaml': web.replace('image: nginx', 'build: .') });
    reader.install('docker', docker(digest));
    const { out } = await reader.types('up --build');
    expect(await reader.asks(`${firstLine(out)}/`)).toEqual(answer(80));
    const [revision] = only(reader.account.families);
    expect(revision?.containerDefinitions[0]?.image).toBe(
      `123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web@${digest}`,
    );
    expect((await reader.types('images')).out).toMatch(/^SERVICE +REPOSITORY/);

    await reader.types('down');
    expectLeft(reader, ['cluster/default', 'log-group:/ecs/shop', 'repository/shop/web', 'task-definition/shop:1']);
    await reader.types('down --purge --yes');
    expect(reader.left()).toEqual([]);
  });

  test('ECS CLI', async () => {
    const reader = await Reader.with({
      'docker-compose.yml': `version: '3'
services:
  web:
    image: nginx
    ports:
      - "80:80"
    logging:
      driver: awslogs
      options: {awslogs-group: tutorial, awslogs-region: us-east-1, awslogs-stream-prefix: web}
`,
    });
    const cluster = '--cluster tutorial';
    const { out: made } = await reader.types(`cluster up ${cluster}`);
    const [, subnets, group] = /^Subnets +(\S+)\nSecurityGroups +(\S+)$/m.exec(made) ?? [];
    const around = reader.left();
    // A reader pastes what the command has printed.
    reader.write(
      'ecs-params.yml',
      `version: 1
task_definition:
  task_execution_role: ecsTaskExecutionRole
  ecs_network_mode: awsvpc
  task_size: {mem_limit: 0.5GB, cpu_limit: 256}
run_params:
  network_configuration:
    awsvpc_configuration:
      subnets: [${subnets}]
      security_groups: [${group}]
      assign_public_ip: ENABLED
`,
    );
    const service = 'compose --project-name tutorial service';
    const { out } = await reader.types(`${service} up --create-log-groups ${cluster} --launch-type FARGATE`);
    expect(await reader.asks(`${firstLine(out)}/`)).toEqual(answer(80));
    const [, task] = /\b([0-9a-f]{32})\b.*RUNNING/.exec((await reader.types(`${service} ps ${cluster}`)).out) ?? [];
    const logs = await reader.types(`compose --project-name tutorial logs --task-id ${task} ${cluster}`);
    expect(logs.out).toContain('web started');
    await reader.types(`${service} scale 2 ${cluster}`);
    expect((await reader.types(`${service} ps ${cluster}`)).out.match(/RUNNING/g)).toHaveLength(2);

    await reader.types(`${service} down ${cluster}`);
    const kept = ['log-group:tutorial', 'task-definition/tutorial:1'];
    expect(reader.left()).toEqual([...around, ...kept].toSorted());
    expect(reader.listed()).toEqual(kept);
    await reader.types(`${service} down --purge --yes ${cluster}`);
    expect(reader.left()).toEqual(around);
    await reader.types(`cluster down --yes ${cluster}`);
    expect(reader.left()).toEqual([]);
  });
});

test('whatever is made or changed beside is seen', async () => {
  const reader = await Reader.with({ 'compose.yaml': web });
  expect(reader.left()).toEqual([]);
  await reader.types('service up');
  const [task] = JSON.parse((await reader.types('service ps --json')).out).containers;
  const { groupId } = only(reader.account.securityGroups);
  expect(reader.left()).toEqual(
    [
      'cluster/default',
      'log-group:/ecs/shop',
      `security-group/${groupId}`,
      'service/default/shop',
      `task/default/${task.task}`,
      'task-definition/shop:1',
    ].toSorted(),
  );
  expect(reader.listed()).toEqual([]);

  const before = contentsOf(reader.account);
  const ec2 = new EC2Client(reader.client);
  const everybody = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [everybody] }));
  expect(difference(before, contentsOf(reader.account))).toEqual([`security-group/${groupId}`]);
});

/** The account is as before but for what is named, and the commands have listed exactly that. */
function expectLeft(reader: Reader, left: readonly string[]): void {
  expect(reader.left()).toEqual(left);
  expect(reader.listed()).toEqual(left);
}

/** Runs the first revision of the shop, as somebody with the AWS CLI may. */
async function runRevision({ client }: Reader): Promise<unknown> {
  const ecs = new ECSClient(client);
  const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1'] } };
  return ecs.send(new RunTaskCommand({ taskDefinition: 'shop:1', launchType: 'FARGATE', networkConfiguration }));
}

/** A docker that does nothing, and says of what it pushes that it has a digest. */
function docker(digest: string): string {
  return `#!${process.execPath}
require('node:fs').readFileSync(0);
if (process.argv[2] === 'push') console.log('latest: digest: ${digest} size: 528');
`;
}
