import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { cli, cliWith } from '../end-to-end/cli.ts';
import { served } from '../end-to-end/served.ts';
import { folder } from '../folder.ts';
import { type Aws, awsCli } from './aws-cli.ts';

const compose = `
name: shop
services:
  web:
    image: nginx
    ports: ["80:80"]
    labels: {team: "a & b <c>"}
    x-simulate: {logs: [first, "second & last", third]}
`;

/** The stock AWS CLI against `compose2fargate simulator`, as somebody would use both. */
describe.skipIf(inject('judges') === undefined)('the AWS CLI', () => {
  test('runs what convert has printed, and sees the task through its life', async () => {
    const { aws, directory, simulator } = await start();
    expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Account: '123456789012' });
    const { cluster } = await aws('ecs', 'create-cluster', '--cluster-name', 'test');
    expect(cluster).toMatchObject({ clusterName: 'test', status: 'ACTIVE' });
    await aws('logs', 'create-log-group', '--log-group-name', '/ecs/shop');
    const { taskDefinition } = await aws(
      'ecs',
      'register-task-definition',
      '--cli-input-json',
      `file://${directory}/td`,
    );
    expect(taskDefinition).toMatchObject({ family: 'shop', revision: 1, status: 'ACTIVE', cpu: '256' });
    expect(taskDefinition.containerDefinitions).toMatchObject([{ dockerLabels: { team: 'a & b <c>' } }]);
    expect((await aws('ecs', 'describe-task-definition', '--task-definition', 'shop')).taskDefinition).toEqual(
      taskDefinition,
    );

    const network = await defaultNetwork(aws);
    const where = ['--cluster', 'test'];
    const run = ['run-task', ...where, '--task-definition', 'shop', '--launch-type', 'FARGATE'];
    const { tasks, failures } = await aws('ecs', ...run, '--network-configuration', network, '--tags', 'key=a,value=b');
    expect({ tasks, failures }).toMatchObject({ tasks: [{ lastStatus: 'PROVISIONING' }], failures: [] });
    const [{ taskArn }] = tasks;
    await aws('ecs', 'wait', 'tasks-running', ...where, '--tasks', taskArn);

    const describeTask = ['describe-tasks', ...where, '--include', 'TAGS', '--tasks', taskArn];
    const [running] = (await aws('ecs', ...describeTask)).tasks;
    expect(running).toMatchObject({ lastStatus: 'RUNNING', tags: [{ key: 'a', value: 'b' }] });
    const details: { name: string; value: string }[] = running.attachments[0].details;
    const detail = (wanted: string) => details.find(({ name }) => name === wanted)?.value ?? '';
    const { NetworkInterfaces } = await aws(
      'ec2',
      'describe-network-interfaces',
      '--network-interface-ids',
      detail('networkInterfaceId'),
    );
    expect(NetworkInterfaces).toMatchObject([
      {
        PrivateIpAddress: detail('privateIPv4Address'),
        Association: { PublicIp: expect.stringMatching(/^203\.0\.113\./) },
      },
    ]);

    const { task } = await aws('ecs', 'stop-task', ...where, '--task', taskArn, '--reason', 'enough');
    expect(task.desiredStatus).toBe('STOPPED');
    await aws('ecs', 'wait', 'tasks-stopped', ...where, '--tasks', taskArn);
    const [stopped] = (await aws('ecs', ...describeTask)).tasks;
    expect(stopped).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'enough',
      containers: [{ exitCode: 0 }],
    });
    expect((await simulator.interrupt()).code).toBe(0);
  });

  test('runs a service, rolls out a new revision, and takes it down', async () => {
    const { aws, directory, refusal } = await start();
    await aws('ecs', 'create-cluster');
    await aws('logs', 'create-log-group', '--log-group-name', '/ecs/shop');
    const register = ['register-task-definition', '--cli-input-json', `file://${directory}/td`];
    await aws('ecs', ...register);
    const network = ['--launch-type', 'FARGATE', '--network-configuration', await defaultNetwork(aws)];
    const create = ['create-service', '--service-name', 'web', '--task-definition', 'shop', '--desired-count', '2'];
    expect((await aws('ecs', ...create, ...network)).service).toMatchObject({ status: 'ACTIVE', runningCount: 0 });
    await aws('ecs', 'wait', 'services-stable', '--services', 'web');
    expect((await aws('ecs', 'list-tasks', '--service-name', 'web')).taskArns).toHaveLength(2);

    await aws('ecs', ...register);
    await aws('ecs', 'update-service', '--service', 'web', '--task-definition', 'shop', '--desired-count', '1');
    await aws('ecs', 'wait', 'services-stable', '--services', 'web');
    const described = await aws('ecs', 'describe-services', '--services', 'web', 'other');
    expect(described.failures).toMatchObject([{ reason: 'MISSING' }]);
    expect(described.services).toMatchObject([
      {
        runningCount: 1,
        deployments: [{ rolloutState: 'COMPLETED', taskDefinition: expect.stringMatching(/shop:2$/) }],
      },
    ]);
    expect(described.services[0].events[0].message).toBe('(service web) has reached a steady state.');

    expect(await refusal('ecs', 'delete-service', '--service', 'web')).toContain('while it is scaled above 0');
    await aws('ecs', 'delete-service', '--service', 'web', '--force');
    await aws('ecs', 'wait', 'services-inactive', '--services', 'web');
    expect((await aws('ecs', 'list-services')).serviceArns).toEqual([]);
  });

  test('pages through lists', async () => {
    const { aws, up } = await start();
    await up('--count', '3');
    const all = await aws('ecs', 'list-tasks', '--page-size', '1');
    expect(all.taskArns).toHaveLength(3);
    const first = await aws('ecs', 'list-tasks', '--max-items', '2');
    const rest = await aws('ecs', 'list-tasks', '--starting-token', first.NextToken);
    expect([...first.taskArns, ...rest.taskArns]).toEqual(all.taskArns);

    await up('--force', '--family', 'other');
    expect(await aws('ecs', 'list-task-definitions', '--sort', 'DESC', '--query', 'taskDefinitionArns')).toEqual([
      expect.stringContaining('/shop:1'),
      expect.stringContaining('/other:1'),
    ]);
    expect((await aws('ecs', 'list-clusters')).clusterArns).toHaveLength(1);
  });

  test('reads logs forwards, backwards and by words', async () => {
    const { aws, up } = await start();
    await up();
    const group = ['--log-group-name', '/ecs/shop'];
    const groups = await aws('logs', 'describe-log-groups', '--log-group-name-prefix', '/ecs/');
    expect(groups.logGroups).toMatchObject([{ logGroupName: '/ecs/shop' }]);
    const { logStreams } = await aws(
      'logs',
      'describe-log-streams',
      ...group,
      '--order-by',
      'LastEventTime',
      '--descending',
    );
    const events = ['get-log-events', ...group, '--log-stream-name', logStreams[0].logStreamName];
    const first = await aws('logs', ...events, '--start-from-head', '--limit', '1');
    const next = await aws('logs', ...events, '--start-from-head', '--next-token', first.nextForwardToken);
    expect([...first.events, ...next.events].map(({ message }) => message)).toEqual([
      'first',
      'second & last',
      'third',
    ]);
    const last = await aws('logs', ...events, '--limit', '1');
    expect(last.events).toMatchObject([{ message: 'third' }]);
    const found = await aws('logs', 'filter-log-events', ...group, '--filter-pattern', 'second');
    expect(found.events).toMatchObject([{ message: 'second & last', logStreamName: logStreams[0].logStreamName }]);
  });

  test('is refused in the words of AWS, and told which operation is not modelled', async () => {
    const { refusal, directory } = await start();
    expect(await refusal('ecs', 'list-tasks', '--cluster', 'none')).toContain(
      '(ClusterNotFoundException) when calling the ListTasks',
    );
    const size = ['--cli-input-json', `file://${directory}/td`, '--memory', '9999'];
    expect(await refusal('ecs', 'register-task-definition', ...size)).toContain(
      'No Fargate configuration exists for given values: 256 CPU, 9999 memory',
    );
    expect(await refusal('ec2', 'describe-security-groups', '--group-ids', 'nonsense')).toContain('(InvalidGroup');
    expect(await refusal('ecs', 'list-container-instances')).toContain('does not model ListContainerInstances');
    expect(await refusal('iam', 'list-roles')).toContain('does not model ListRoles of the service iam');
    expect(await refusal('dynamodb', 'list-tables')).toContain('does not model ListTables of the service dynamodb');
  });
});

/** A simulator in quick time, and the two command lines for it. */
async function start() {
  const directory = folder({ 'compose.yaml': compose });
  const simulator = await served('-f', join(directory, 'compose.yaml'), '--simulate-speed', '100');
  const { code } = await cli(directory, 'convert', '--region', 'us-east-1', '-o', 'td');
  expect(code).toBe(0);
  return {
    simulator,
    directory,
    ...awsCli(simulator.environment),
    async up(...args: readonly string[]): Promise<void> {
      const { code, error } = await cliWith(simulator.environment, directory, 'up', '--simulate-speed', '100', ...args);
      expect({ code }, error).toEqual({ code: 0 });
    },
  };
}

/** The `--network-configuration` of tasks in the default VPC. */
async function defaultNetwork(aws: Aws['aws']): Promise<string> {
  const { Subnets } = await aws('ec2', 'describe-subnets', '--filters', 'Name=default-for-az,Values=true');
  return `awsvpcConfiguration={subnets=[${Subnets[0].SubnetId}],assignPublicIp=ENABLED}`;
}
