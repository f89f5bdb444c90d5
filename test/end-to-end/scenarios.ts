import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  RunTaskCommand,
  type Service,
} from '@aws-sdk/client-ecs';
import { expect, test } from 'vitest';
import { folder } from '../folder.ts';
import { cliWith, type Ended } from './cli.ts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** The variables that lead the command line and the SDK to an account. */
type Environment = Readonly<Record<string, string>>;

/** A project whose definition holds much that a server may echo in its own way. Memory is what moto needs to run it. */
const compose = (image: string) => `
name: shop
services:
  web:
    image: ${image}
    mem_reservation: 64m
    environment: {B: two, A: one}
    ports: ["80:80"]
    ulimits: {nofile: 1024}
    stop_grace_period: 20s
    healthcheck: {test: wget -q localhost, interval: 20s}
  worker:
    image: busybox
    command: [sleep, infinity]
    mem_limit: 128m
    working_dir: /tmp
    depends_on: [web]
`;

/** An account cannot make a container healthy that it does not know. */
const up = ['up', '--wait-for', 'running'];

/**
 * What a user does with a project from its first `up` to its `down`, against any endpoint that speaks for AWS: the
 * simulator, and moto, which others have written. What moto cannot tell (addresses, health, exit codes, logs, and
 * of a service its tasks, its rollout and most of its members) is not asked for. Each scenario has a region of its own, where nobody has done anything before.
 */
export function coreScenarios(account: () => Environment): void {
  test('the first up registers and runs, the second leaves all as it is, down stops it', async () => {
    const user = new User(account(), 'eu-west-1');
    expect((await user.run('plan', '--exit-code')).code).toBe(5);
    const first = await user.run(...up);
    expect(first.code).toBe(0);
    expect(first.error).toMatch(/Open 80\/tcp to everybody in the security group compose2fargate-shop: sg-\w+/);
    const running = await user.running();
    expect(running).toEqual([{ task: expect.stringMatching(/^[0-9a-f-]{32,36}$/), revision: 'shop:1' }]);

    expect(await user.run('plan', '--exit-code')).toMatchObject({ code: 0, out: expect.stringContaining('Nothing') });
    expect((await user.run(...up)).code).toBe(0);
    expect(await user.running()).toEqual(running);
    expect((await user.run('logs')).code).toBe(0);

    expect((await user.run('down')).code).toBe(0);
    expect(await user.running()).toEqual([]);
    expect((await user.run('down')).error).toContain('No task of shop runs');
  });

  test('up makes what its tasks need: the cluster default and the log group, and tags what is its own', async () => {
    const user = new User(account(), 'eu-west-2');
    expect((await user.run(...up)).code).toBe(0);
    const { clusters } = await user.ecs.send(new DescribeClustersCommand({ include: ['TAGS'] }));
    const { logGroups } = await user.logs.send(new DescribeLogGroupsCommand({}));
    const { tags } = await user.ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: 'shop', include: ['TAGS'] }),
    );
    const own = { key: 'compose2fargate:project', value: 'shop' };
    expect(clusters).toMatchObject([{ clusterName: 'default', status: 'ACTIVE', tags: [own] }]);
    expect(logGroups).toMatchObject([{ logGroupName: '/ecs/shop' }]);
    expect(tags).toEqual([own]);
  });

  test('a changed image is a new revision, and its task replaces the old one', async () => {
    const user = new User(account(), 'eu-west-3');
    await user.run(...up);
    const [before] = await user.running();
    user.image = 'nginx:2';
    expect((await user.run('plan', '--exit-code')).out).toContain('containerDefinitions[web].image');
    expect((await user.run(...up)).code).toBe(0);
    const after = await user.running();
    expect(after).toEqual([{ task: expect.not.stringContaining(before?.task ?? ''), revision: 'shop:2' }]);
  });

  test('up, down, up runs the same revision again', async () => {
    const user = new User(account(), 'eu-central-1');
    for (const command of [up, ['down'], up]) expect((await user.run(...command)).code).toBe(0);
    expect(await user.running()).toMatchObject([{ revision: 'shop:1' }]);
  });

  test('more tasks are added to those that run, and fewer are stopped', async () => {
    const user = new User(account(), 'eu-north-1');
    await user.run(...up);
    const [first] = await user.running();
    expect((await user.run(...up, '--count', '3')).code).toBe(0);
    expect(await user.running()).toHaveLength(3);
    expect(await user.running()).toContainEqual(first);
    expect((await user.run(...up)).code).toBe(0);
    expect(await user.running()).toHaveLength(1);
  });

  test('a cluster that is named and missing is refused, and nothing is made', async () => {
    const user = new User(account(), 'us-west-1');
    const { code, error } = await user.run(...up, '--cluster', 'production');
    expect(code).toBe(3);
    expect(error).toContain('The cluster production does not exist');
    expect((await user.logs.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([]);
  });

  test('a task of the family that somebody else runs stands in the way, and lives on', async () => {
    const user = new User(account(), 'us-west-2');
    await user.run(...up);
    await user.run('down');
    const networkConfiguration = { awsvpcConfiguration: await user.network() };
    await user.ecs.send(new RunTaskCommand({ taskDefinition: 'shop', launchType: 'FARGATE', networkConfiguration }));
    const { code, error } = await user.run(...up);
    expect(code).toBe(3);
    expect(error).toContain('Tasks of the family shop run that this project did not start');
    expect((await user.run('down')).error).toContain('No task of shop runs');
  });

  test('service up makes a service of the project, changes its revision, and service rm deletes it', async () => {
    const user = new User(account(), 'ap-southeast-1');
    expect((await user.run('service', 'up')).code).toBe(0);
    const subnet = expect.stringMatching(/^subnet-/);
    expect(await user.service()).toMatchObject({
      status: 'ACTIVE',
      desiredCount: 1,
      taskDefinition: expect.stringMatching(/:task-definition\/shop:1$/),
      networkConfiguration: { awsvpcConfiguration: { subnets: expect.arrayContaining([subnet]) } },
      propagateTags: 'SERVICE',
      tags: [{ key: 'compose2fargate:project', value: 'shop' }],
    });

    user.image = 'nginx:2';
    expect((await user.run('service', 'up')).code).toBe(0);
    expect((await user.service())?.taskDefinition).toMatch(/\/shop:2$/);

    expect((await user.run('service', 'rm', '--force')).code).toBe(0);
    expect((await user.service())?.status).toBe('INACTIVE');
    expect((await user.run('service', 'rm')).error).toContain('There is no service shop');
  });
}

/** A user with a file, in one region of an account. */
export class User {
  image = 'nginx:1';
  readonly ecs: ECSClient;
  readonly logs: CloudWatchLogsClient;
  readonly #environment: Environment;
  readonly #ec2: EC2Client;

  constructor(account: Environment, region: string) {
    this.#environment = { ...account, AWS_REGION: region };
    const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
    const client = { region, credentials, endpoint: account['AWS_ENDPOINT_URL'] ?? '' };
    this.ecs = new ECSClient(client);
    this.logs = new CloudWatchLogsClient(client);
    this.#ec2 = new EC2Client(client);
  }

  /** Runs the command line on the file, in quick time. */
  run(...args: readonly string[]): Promise<Ended> {
    const directory = folder({ 'compose.yaml': compose(this.image) });
    return cliWith(this.#environment, directory, ...args, '--simulate-speed', '100');
  }

  /** The tasks that `ps` shows, with their revisions. */
  async running(): Promise<readonly { readonly task: string; readonly revision: string }[]> {
    const { code, out } = await this.run('ps', '--json');
    expect(code).toBe(0);
    const rows: { task: string; revision: string }[] = JSON.parse(out).containers;
    return [...new Map(rows.map(({ task, revision }) => [task, { task, revision }])).values()];
  }

  /** The project's service as AWS shows it. */
  async service(): Promise<Service | undefined> {
    const { services } = await this.ecs.send(new DescribeServicesCommand({ services: ['shop'], include: ['TAGS'] }));
    return services?.[0];
  }

  /** A subnet of the default VPC, and the group that came with it. */
  async network(): Promise<{ subnets: string[]; securityGroups: string[] }> {
    const { Subnets = [] } = await this.#ec2.send(new DescribeSubnetsCommand({}));
    const { SecurityGroups = [] } = await this.#ec2.send(new DescribeSecurityGroupsCommand({}));
    return { subnets: [Subnets[0]?.SubnetId ?? ''], securityGroups: [SecurityGroups[0]?.GroupId ?? ''] };
  }
}
