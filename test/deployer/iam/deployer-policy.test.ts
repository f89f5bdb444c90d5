import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateServiceCommand, DeleteServiceCommand, ECSClient, RunTaskCommand } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  down,
  exec,
  logs,
  plan,
  ps,
  run,
  scale,
  serviceLogs,
  servicePs,
  serviceRemove,
  serviceScale,
  serviceStop,
  serviceUp,
  stop,
  up,
} from '../../../src/cli/online.ts';
import { deployerPolicy, deployingCommands } from '../../../src/deployer.ts';
import { type Behaviour, startSimulator } from '../../../src/simulator.ts';
import type { Task } from '../../../src/transformer/task.ts';
import { shop, Terminal } from '../../cli/online/project.ts';

const speed = 20_000;
const timeout = 1e9;

/** As `shop`, but in the network that is there by itself; with other images where they are to have changed. */
function project(images = ''): Task {
  const task = shop();
  const containerDefinitions = task.definition.containerDefinitions.map((one) => ({
    ...one,
    image: `${one.image}${images}`,
  }));
  const definition = { ...task.definition, taskRoleArn: 'shopTask', containerDefinitions };
  // The files name no execution role.
  const origins = new Map([...task.origins, ['executionRoleArn', { rule: 'assumed' }] as const]);
  return { ...task, definition, origins, run: { count: 1, network: {}, launch: { enableExecuteCommand: true } } };
}

type Service = NonNullable<Task['run']['service']>;

const autoScaling: NonNullable<Service['autoScaling']> = {
  minCapacity: 1,
  maxCapacity: 3,
  targetTracking: [{ predefinedMetricType: 'ALBRequestCountPerTarget', targetValue: 500 }],
  scheduledActions: [{ scheduledActionName: 'morning', schedule: 'cron(0 7 ? * MON-FRI *)', minCapacity: 2 }],
};
const serviceDiscovery: NonNullable<Service['serviceDiscovery']> = {
  privateDnsNamespace: { name: 'shop.internal', vpc: 'vpc-1' },
};

const applicationLoadBalancer: NonNullable<Service['applicationLoadBalancer']> = {
  containerName: 'web',
  containerPort: 80,
  healthCheck: {
    path: '/',
    matcher: '200-399',
    intervalSeconds: 30,
    timeoutSeconds: 5,
    healthyThreshold: 5,
    unhealthyThreshold: 2,
  },
  scheme: 'internet-facing',
  source: ['0.0.0.0/0'],
};

/** One whose load balancer takes HTTPS, in other subnets, and looks at another path. */
function secured(): Task {
  const { healthCheck } = applicationLoadBalancer;
  return surrounded({
    applicationLoadBalancer: {
      ...applicationLoadBalancer,
      certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
      healthCheck: { ...healthCheck, path: '/up' },
      subnets: ['subnet-a', 'subnet-b', 'subnet-c', 'subnet-d'],
    },
  });
}

/** One whose service has all around it that there can be. */
function surrounded(changes: Service = {}): Task {
  const task = project();
  const targetGroupArn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/shop/0123456789abcdef';
  const loadBalancers = [{ targetGroupArn, containerName: 'web', containerPort: 80 }];
  return {
    ...task,
    run: {
      ...task.run,
      service: { loadBalancers, applicationLoadBalancer, autoScaling, serviceDiscovery, ...changes },
    },
  };
}

/** One whose web server reads a parameter. */
function withParameter(): Task {
  const task = project();
  const [db, web] = task.definition.containerDefinitions;
  const secrets = [{ name: 'PASSWORD', valueFrom: '/shop/password' }];
  return { ...task, definition: { ...task.definition, containerDefinitions: [db, { ...web, secrets }] as never } };
}

/** One whose web server may end while the database goes on. */
function withSidecar(): Task {
  const task = project();
  const [db, web] = task.definition.containerDefinitions;
  return {
    ...task,
    definition: { ...task.definition, containerDefinitions: [db, { ...web, essential: false }] as never },
  };
}

/** One that is put into a subnet without a way to the Internet. */
function shutIn(): Task {
  const task = project();
  return { ...task, run: { ...task.run, network: { subnets: ['subnet-private1'] } } };
}

/** One that publishes another port. */
function withOtherPort(): Task {
  const task = project();
  return { ...task, published: task.published.map((port) => ({ ...port, containerPort: 8080 })) };
}

type Command = (terminal: Terminal, endpoint: string) => Promise<unknown>;

const upShop: Command = (terminal) => up(terminal.context(project()), { timeout });
const upWithRole: Command = (terminal) => up(terminal.context(project()), { timeout, createRoles: true });
const serviceUpWithRole: Command = (terminal) => serviceUp(terminal.context(project()), { timeout, createRoles: true });
const upShutIn: Command = (terminal) => up(terminal.context(shutIn()), { timeout });
const serviceUpShop: Command = (terminal) => serviceUp(terminal.context(project()), { timeout });
const serviceUpSurrounded: Command = (terminal) => serviceUp(terminal.context(surrounded()), { timeout });
const serviceUpSecured: Command = (terminal) => serviceUp(terminal.context(secured()), { timeout });

interface Scenario {
  readonly before?: readonly Command[];
  readonly run: Command;
  /** What becomes of the web server that starts in it. */
  readonly web?: Behaviour;
}

const ends: Behaviour = { exit: { code: 3, after: 1_000 } };

/** Which scenarios each command can be in, as far as it makes other calls there. */
const scenarios: Readonly<Record<string, readonly Scenario[]>> = {
  up: [
    { run: upShop },
    { run: upWithRole },
    { run: upShutIn },
    { before: [upShop], run: (terminal) => up(terminal.context(withOtherPort()), { timeout }) },
    { before: [upWithRole], run: upShop },
    { before: [upShop], run: (terminal) => up(terminal.context(project(':2')), { timeout }) },
    { run: (terminal) => up(terminal.context(project()), { timeout, logRetention: 7 }) },
    {
      before: [logGroupWithoutRetention],
      run: (terminal) => up(terminal.context(project()), { timeout, logRetention: 7 }),
    },
    { web: ends, run: (terminal) => up(terminal.context(project()), { timeout }) },
    {
      before: [upShop, (terminal) => down(terminal.context(project()), { timeout }), foreignTask],
      run: (terminal) => up(terminal.context(project()), { timeout, adopt: true }),
    },
  ],
  plan: [
    { before: [upWithRole], run: (terminal) => plan(terminal.context(project(':2')), {}) },
    { run: (terminal) => plan(terminal.context(project()), { createRoles: true }) },
    { run: (terminal) => plan(terminal.context(shutIn()), {}) },
  ],
  ps: [{ before: [upShop], run: (terminal) => ps(terminal.context(project()), { all: true }) }],
  logs: [{ before: [upShop], run: (terminal) => logs(terminal.context(project()), {}) }],
  run: [
    {
      before: [upWithRole],
      web: ends,
      run: (terminal) => run(terminal.context(withParameter()), { service: 'web', command: [] }),
    },
    { web: ends, run: (terminal) => run(terminal.context(project()), { service: 'web', command: [] }) },
    { web: ends, run: (terminal) => run(terminal.context(withSidecar()), { service: 'web', command: [] }) },
    { web: ends, run: (terminal) => run(terminal.context(shutIn()), { service: 'web', command: [] }) },
  ],
  exec: [
    {
      before: [upShop],
      run: (terminal) => exec(terminal.context(project()), { service: 'web', command: ['ls'] }),
    },
  ],
  scale: [
    { before: [upShop], run: (terminal) => scale(terminal.context(project()), { count: 3, timeout }) },
    { before: [upShop], run: (terminal) => scale(terminal.context(project()), { count: 0, timeout }) },
    { before: [upShop], run: (terminal) => scale(terminal.context(withOtherPort()), { count: 2, timeout }) },
    { before: [upShutIn], run: (terminal) => scale(terminal.context(shutIn()), { count: 2, timeout }) },
    { before: [upShutIn], run: (terminal) => scale(terminal.context(project()), { count: 2, timeout }) },
    { before: [upShop], web: ends, run: (terminal) => scale(terminal.context(project()), { count: 2, timeout }) },
  ],
  stop: [{ before: [upShop], run: (terminal) => stop(terminal.context(project()), { timeout }) }],
  down: [
    { before: [upWithRole], run: (terminal) => down(terminal.context(project()), { timeout }) },
    {
      before: [serviceUpSurrounded, deletedService, (terminal) => stop(terminal.context(project()), { timeout })],
      run: (terminal) => down(terminal.context(surrounded()), { timeout }),
    },
  ],
  'service up': [
    { run: serviceUpShop },
    { run: (terminal) => serviceUp(terminal.context(shutIn()), { timeout }) },
    { before: [serviceUpShop], run: (terminal) => serviceUp(terminal.context(withOtherPort()), { timeout }) },
    {
      before: [logGroupWithoutRetention],
      run: (terminal) => serviceUp(terminal.context(project()), { timeout, logRetention: 30 }),
    },
    { run: serviceUpWithRole },
    { before: [serviceUpWithRole], run: serviceUpShop },
    { before: [serviceUpShop], run: (terminal) => serviceUp(terminal.context(project(':2')), { timeout }) },
    { web: { pull: 'not-found' }, run: (terminal) => serviceUp(terminal.context(project()), { timeout }) },
    {
      before: [upShop, (terminal) => down(terminal.context(project()), { timeout }), foreignService],
      run: (terminal) => serviceUp(terminal.context(project()), { timeout, adopt: true }),
    },
    { run: serviceUpSurrounded },
    {
      before: [serviceUpSurrounded],
      run: (terminal) =>
        serviceUp(
          terminal.context(
            surrounded({
              autoScaling: { minCapacity: 2, maxCapacity: 3 },
              serviceDiscovery: { ...serviceDiscovery, serviceDiscoveryService: { dnsConfig: { ttl: 10 } } },
            }),
          ),
          { timeout },
        ),
    },
    { before: [serviceUpSurrounded], run: serviceUpShop },
    { before: [serviceUpSurrounded], run: serviceUpSecured },
    { before: [serviceUpSecured], run: serviceUpSurrounded },
  ],
  'service ps': [
    { before: [serviceUpShop], run: (terminal) => servicePs(terminal.context(project()), {}) },
    { before: [serviceUpSurrounded], run: (terminal) => servicePs(terminal.context(surrounded()), {}) },
  ],
  'service logs': [{ before: [serviceUpShop], run: (terminal) => serviceLogs(terminal.context(project()), {}) }],
  'service scale': [
    { before: [serviceUpShop], run: (terminal) => serviceScale(terminal.context(project()), { count: 2, timeout }) },
  ],
  'service stop': [
    { before: [serviceUpShop], run: (terminal) => serviceStop(terminal.context(project()), { timeout }) },
  ],
  'service rm': [
    { before: [serviceUpWithRole], run: (terminal) => serviceRemove(terminal.context(project()), { timeout }) },
    { before: [serviceUpSurrounded], run: (terminal) => serviceRemove(terminal.context(surrounded()), { timeout }) },
    {
      before: [serviceUpSurrounded, deletedService],
      run: (terminal) => serviceRemove(terminal.context(surrounded()), { timeout }),
    },
  ],
};

/** What AWS asks the right to beside that of the call itself. Source: Service Authorization Reference, dependent actions. */
const alsoAsked: Readonly<Record<string, readonly string[]>> = {
  'ecs:CreateCluster': ['ecs:TagResource', 'iam:CreateServiceLinkedRole'],
  'ecs:RegisterTaskDefinition': ['ecs:TagResource', 'iam:PassRole'],
  'ecs:RunTask': ['ecs:TagResource', 'iam:PassRole'],
  'ecs:CreateService': ['ecs:TagResource', 'iam:PassRole'],
  'ecs:UpdateService': ['iam:PassRole'],
  'logs:CreateLogGroup': ['logs:TagResource'],
  'ec2:CreateSecurityGroup': ['ec2:CreateTags'],
  'iam:CreateRole': ['iam:TagRole'],
  'elasticloadbalancing:CreateLoadBalancer': ['elasticloadbalancing:AddTags', 'iam:CreateServiceLinkedRole'],
  'elasticloadbalancing:CreateTargetGroup': ['elasticloadbalancing:AddTags'],
  'elasticloadbalancing:CreateListener': ['elasticloadbalancing:AddTags'],
  'application-autoscaling:RegisterScalableTarget': [
    'application-autoscaling:TagResource',
    'iam:CreateServiceLinkedRole',
    'ecs:DescribeServices',
    'ecs:UpdateService',
  ],
  'application-autoscaling:PutScalingPolicy': [
    'cloudwatch:PutMetricAlarm',
    'cloudwatch:DescribeAlarms',
    'cloudwatch:DeleteAlarms',
  ],
  'application-autoscaling:DeleteScalingPolicy': ['cloudwatch:DescribeAlarms', 'cloudwatch:DeleteAlarms'],
  'application-autoscaling:DeregisterScalableTarget': ['cloudwatch:DescribeAlarms', 'cloudwatch:DeleteAlarms'],
  'servicediscovery:CreatePrivateDnsNamespace': [
    'servicediscovery:TagResource',
    'route53:CreateHostedZone',
    'route53:GetHostedZone',
    'route53:ListHostedZonesByName',
    'ec2:DescribeVpcs',
    'ec2:DescribeRegions',
  ],
  'servicediscovery:CreateService': ['servicediscovery:TagResource'],
  'servicediscovery:DeleteNamespace': ['route53:DeleteHostedZone'],
};

const directory = mkdtempSync(join(tmpdir(), 'deployer-policy-'));

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  const plugin = join(directory, 'session-manager-plugin');
  writeFileSync(plugin, `#!${process.execPath}\n`);
  chmodSync(plugin, 0o755);
  vi.stubEnv('PATH', [directory, process.env['PATH']].join(delimiter));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

/** What the policy for some commands allows. */
function allowed(commands?: readonly string[]): ReadonlySet<string> {
  const place = { account: '123456789012', region: 'us-east-1' };
  const scope = { place, project: 'shop', cluster: 'default', task: surrounded(), createsRoles: true };
  return new Set(deployerPolicy(scope, commands).Statement.flatMap(({ Action }) => Action));
}

/** The actions that a scenario calls. */
async function called({ before = [], run, web }: Scenario): Promise<readonly string[]> {
  const behaviours: Record<string, Behaviour> = {};
  const simulator = await startSimulator({ speed, behaviours });
  const terminal = new Terminal({ endpointUrl: simulator.endpoint, simulateSpeed: speed });
  for (const command of before) await command(terminal, simulator.endpoint);
  if (web !== undefined) behaviours['web'] = web;
  const earlier = simulator.calls.length;
  await run(terminal, simulator.endpoint);
  const calls = simulator.calls.slice(earlier).map(({ service, operation }) => `${service}:${operation}`);
  terminal.close();
  await simulator.close();
  return calls;
}

test('there is a scenario for every command that a policy can be made for', () => {
  expect(Object.keys(scenarios)).toEqual(deployingCommands);
});

/** What a wait asks for when it finds tasks, and when one has failed; a scenario need not come to it. */
const askedWhileWaiting: readonly string[] = ['ecs:DescribeTasks', 'logs:GetLogEvents'];

/** What all commands that were tried may do, and what they did. */
const all = { allowed: new Set<string>(), needed: new Set<string>() };

describe.each(Object.entries(scenarios))('%s', (name, cases) => {
  test('may do what it does, and no more', async () => {
    const calls = new Set((await Promise.all(cases.map(called))).flat());
    const needed = [...calls].flatMap((call) => [call, ...(alsoAsked[call] ?? [])]);
    const granted = allowed([name]);
    expect(needed.filter((action) => !granted.has(action))).toEqual([]);
    const unused = [...granted].filter((action) => !needed.includes(action));
    expect(unused.filter((action) => !askedWhileWaiting.includes(action))).toEqual([]);
    for (const action of granted) all.allowed.add(action);
    for (const action of needed) all.needed.add(action);
  });
});

test('without commands, the policy allows what all of them do together', () => {
  expect([...allowed()].toSorted()).toEqual([...all.needed].toSorted());
  expect(allowed()).toEqual(all.allowed);
});

const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };

/** What is left of an `up` with a retention that was cut short. */
async function logGroupWithoutRetention(_: Terminal, endpoint: string): Promise<void> {
  const client = new CloudWatchLogsClient({ region: 'us-east-1', endpoint, credentials });
  await client.send(
    new CreateLogGroupCommand({ logGroupName: '/ecs/shop', tags: { 'compose2fargate:project': 'shop' } }),
  );
  client.destroy();
}

const network = { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } };

async function foreignTask(_: Terminal, endpoint: string): Promise<void> {
  const client = new ECSClient({ region: 'us-east-1', endpoint, credentials });
  await client.send(
    new RunTaskCommand({ taskDefinition: 'shop', launchType: 'FARGATE', networkConfiguration: network }),
  );
  client.destroy();
}

async function foreignService(_: Terminal, endpoint: string): Promise<void> {
  const client = new ECSClient({ region: 'us-east-1', endpoint, credentials });
  await client.send(
    new CreateServiceCommand({
      serviceName: 'shop',
      taskDefinition: 'shop',
      desiredCount: 1,
      launchType: 'FARGATE',
      networkConfiguration: network,
    }),
  );
  client.destroy();
}

/** What a removal does that was cut short after the service. */
async function deletedService(_: Terminal, endpoint: string): Promise<void> {
  const client = new ECSClient({ region: 'us-east-1', endpoint, credentials });
  await client.send(new DeleteServiceCommand({ service: 'shop', force: true }));
  client.destroy();
}
