import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { CreateServiceCommand, DeleteServiceCommand, ECSClient, RunTaskCommand } from '@aws-sdk/client-ecs';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  clusterDown,
  clusterUp,
  down,
  exec,
  images,
  logs,
  type OnlineContext,
  plan,
  ps,
  push,
  pushSecrets,
  registryCredsUp,
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
import {
  type ClusterSettings,
  callingCommands,
  deployerPolicy,
  openAccount,
  type SecretStoreKind,
} from '../../../src/deployer.ts';
import { type Behaviour, startSimulator } from '../../../src/simulator.ts';
import type { MappingNode } from '../../../src/source/node.ts';
import { SourceFile } from '../../../src/source/source.ts';
import { parseYaml } from '../../../src/source/yaml.ts';
import type { Task } from '../../../src/transformer/task.ts';
import { shop, Terminal } from '../../cli/online/project.ts';
import { plainLoadBalancer } from '../../plain-load-balancer.ts';

const speed = 20_000;
const timeout = 1e12;

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

/** One whose load balancer takes HTTPS, in other subnets, and looks at another path. */
function secured(): Task {
  const { healthCheck } = plainLoadBalancer;
  return surrounded({
    applicationLoadBalancer: {
      ...plainLoadBalancer,
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
      service: { loadBalancers, applicationLoadBalancer: plainLoadBalancer, autoScaling, serviceDiscovery, ...changes },
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

/** One whose web server stands in a repository of its own. */
function withRepository(): Task {
  const task = project();
  const [db, web] = task.definition.containerDefinitions;
  const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:1';
  return { ...task, definition: { ...task.definition, containerDefinitions: [db, { ...web, image }] as never } };
}

const secretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db-AbCdEf';

/** One whose web server reads a parameter, and a secret. */
function withSecrets(): Task {
  const task = withParameter();
  const [db, web] = task.definition.containerDefinitions;
  const secrets = [...(web?.secrets ?? []), { name: 'DB', valueFrom: secretArn }];
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

/** One whose containers are to have policies, which takes a task role of its own. */
function withPolicies(...managed: readonly string[]): Task {
  const { definition, ...task } = project();
  const { taskRoleArn: _, ...rest } = definition;
  return { ...task, definition: rest, rolePolicies: { managed, statements: [] }, run: { count: 1, network: {} } };
}

/** One in whose containers commands are run, with a task role of its own. */
function withExec(): Task {
  const { rolePolicies: _, ...task } = withPolicies();
  return { ...task, run: { ...task.run, launch: { enableExecuteCommand: true } } };
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

/** The context of a command on the shop, whose web server is built here. */
function withBuild(terminal: Terminal): OnlineContext {
  const context = terminal.context(project());
  const text = 'name: shop\nservices: {db: {image: "mysql:8"}, web: {build: {context: .}}}\n';
  const [root] = parseYaml(new SourceFile('/project/compose.yaml', text), () => undefined);
  return { ...context, project: { ...context.project, directory, root: root as MappingNode } };
}

const pushSecret =
  (store: SecretStoreKind, value: string, kmsKey?: string): Command =>
  (terminal) =>
    pushSecrets(terminal.context(project()), {
      store,
      values: new Map([['TOKEN', value]]),
      ...(kmsKey === undefined ? {} : { kmsKey }),
    });

const registryCreds =
  (password: string, key?: string): Command =>
  (terminal) =>
    registryCredsUp(terminal.context(project()), {
      logins: [
        {
          registry: 'quay.io',
          login: { username: 'me', password },
          containers: [],
          ...(key === undefined ? {} : { key }),
        },
      ],
      roleName: 'shop-registries',
      updateExistingSecrets: true,
      outputFile: false,
    });

const production: ClusterSettings = {
  cluster: 'production',
  network: { kind: 'own', cidr: '10.0.0.0/16', private: true },
  ingress: { ports: [80], source: '0.0.0.0/0' },
  tags: [],
};
const inProduction = { cluster: 'production' };
const clusterUpProduction: Command = (terminal) =>
  clusterUp(terminal.context(project(), inProduction), { settings: production });

const upShop: Command = (terminal) => up(terminal.context(project()), { timeout });
const upWithRole: Command = (terminal) => up(terminal.context(project()), { timeout, createRoles: true });
const serviceUpWithRole: Command = (terminal) => serviceUp(terminal.context(project()), { timeout, createRoles: true });
const policyArn = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
const upWithPolicies: Command = (terminal) =>
  up(terminal.context(withPolicies(policyArn)), { timeout, createRoles: true });
const serviceUpWithPolicies: Command = (terminal) =>
  serviceUp(terminal.context(withPolicies(policyArn)), { timeout, createRoles: true });
const upWithExec: Command = (terminal) => up(terminal.context(withExec()), { timeout, createRoles: true });
const upWithSecrets: Command = (terminal) => up(terminal.context(withSecrets()), { timeout, createRoles: true });
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
    { run: (terminal) => up(withBuild(terminal), { timeout, build: true }) },
    { before: [unfinishedRepository], run: (terminal) => up(withBuild(terminal), { timeout, build: true }) },
    { run: upWithSecrets },
    { run: upWithRole },
    { run: upShutIn },
    { before: [upShop], run: (terminal) => up(terminal.context(withOtherPort()), { timeout }) },
    { before: [upWithRole], run: upShop },
    { run: upWithPolicies },
    { before: [upWithPolicies], run: (terminal) => up(terminal.context(withPolicies()), { timeout }) },
    { before: [upWithExec], run: upWithPolicies },
    { before: [otherCluster, upWithPolicies], run: upShop },
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
    { run: (terminal) => plan(withBuild(terminal), { build: true }) },
    { before: [unfinishedRepository], run: (terminal) => plan(withBuild(terminal), { build: true }) },
    {
      before: [(terminal) => push(withBuild(terminal), {})],
      run: (terminal) => plan(withBuild(terminal), { build: true }),
    },
    { before: [upWithSecrets], run: (terminal) => plan(terminal.context(withSecrets()), {}) },
    { before: [upWithPolicies], run: (terminal) => plan(terminal.context(withPolicies()), {}) },
    { before: [upWithRole], run: (terminal) => plan(terminal.context(project(':2')), {}) },
    { before: [otherCluster, upWithPolicies], run: (terminal) => plan(terminal.context(project()), {}) },
    { run: (terminal) => plan(terminal.context(project()), { createRoles: true }) },
    { run: (terminal) => plan(terminal.context(shutIn()), {}) },
  ],
  ps: [{ before: [upShop], run: (terminal) => ps(terminal.context(project()), { all: true }) }],
  logs: [{ before: [upShop], run: (terminal) => logs(terminal.context(project()), {}) }],
  run: [
    {
      before: [upWithSecrets],
      web: ends,
      run: (terminal) => run(terminal.context(withSecrets()), { service: 'web', command: [] }),
    },
    {
      before: [upWithPolicies],
      web: ends,
      run: (terminal) => run(terminal.context(withPolicies(`${policyArn}2`)), { service: 'web', command: [] }),
    },
    {
      before: [upWithExec],
      web: ends,
      run: (terminal) => run(terminal.context(withPolicies()), { service: 'web', command: [] }),
    },
    {
      before: [upWithRole],
      web: ends,
      run: (terminal) => run(terminal.context(withParameter()), { service: 'web', command: [] }),
    },
    { web: ends, run: (terminal) => run(terminal.context(project()), { service: 'web', command: [] }) },
    { web: ends, run: (terminal) => run(terminal.context(withSidecar()), { service: 'web', command: [] }) },
    { web: ends, run: (terminal) => run(terminal.context(shutIn()), { service: 'web', command: [] }) },
  ],
  push: [
    { run: (terminal) => push(withBuild(terminal), {}) },
    { before: [unfinishedRepository], run: (terminal) => push(withBuild(terminal), {}) },
  ],
  images: [{ run: (terminal) => images(withBuild(terminal)) }],
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
    { before: [upWithPolicies], run: (terminal) => down(terminal.context(withPolicies()), { timeout }) },
    { before: [upWithRole], run: (terminal) => down(terminal.context(project()), { timeout }) },
    {
      before: [upWithRole, pushed],
      run: (terminal) => down(terminal.context(withRepository()), { timeout, purge: true, yes: true }),
    },
    {
      before: [serviceUpSurrounded, deletedService, (terminal) => stop(terminal.context(project()), { timeout })],
      run: (terminal) => down(terminal.context(surrounded()), { timeout }),
    },
  ],
  'service up': [
    { run: serviceUpShop },
    { run: (terminal) => serviceUp(withBuild(terminal), { timeout, build: true }) },
    { before: [unfinishedRepository], run: (terminal) => serviceUp(withBuild(terminal), { timeout, build: true }) },
    { run: (terminal) => serviceUp(terminal.context(withSecrets()), { timeout, createRoles: true }) },
    { run: (terminal) => serviceUp(terminal.context(shutIn()), { timeout }) },
    { before: [serviceUpShop], run: (terminal) => serviceUp(terminal.context(withOtherPort()), { timeout }) },
    {
      before: [logGroupWithoutRetention],
      run: (terminal) => serviceUp(terminal.context(project()), { timeout, logRetention: 30 }),
    },
    { run: serviceUpWithRole },
    { run: serviceUpWithPolicies },
    { before: [upWithExec], run: serviceUpWithPolicies },
    { before: [serviceUpWithPolicies], run: (terminal) => serviceUp(terminal.context(withPolicies()), { timeout }) },
    { before: [serviceUpWithPolicies], run: serviceUpShop },
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
    {
      before: [serviceUpSurrounded, (terminal) => serviceStop(terminal.context(surrounded()), { timeout })],
      run: (terminal) => serviceScale(terminal.context(surrounded()), { count: 2, timeout }),
    },
  ],
  'service stop': [
    { before: [serviceUpShop], run: (terminal) => serviceStop(terminal.context(project()), { timeout }) },
    { before: [serviceUpSurrounded], run: (terminal) => serviceStop(terminal.context(surrounded()), { timeout }) },
  ],
  'service rm': [
    { before: [serviceUpWithRole], run: (terminal) => serviceRemove(terminal.context(project()), { timeout }) },
    {
      before: [serviceUpWithPolicies],
      run: (terminal) => serviceRemove(terminal.context(withPolicies()), { timeout }),
    },
    { before: [serviceUpSurrounded], run: (terminal) => serviceRemove(terminal.context(surrounded()), { timeout }) },
    {
      before: [serviceUpShop, pushed],
      run: (terminal) => serviceRemove(terminal.context(withRepository()), { timeout, purge: true, yes: true }),
    },
    {
      before: [serviceUpSurrounded, deletedService],
      run: (terminal) => serviceRemove(terminal.context(surrounded()), { timeout }),
    },
  ],
  'secrets push': [
    { run: pushSecret('secrets-manager', 'x') },
    { before: [pushSecret('secrets-manager', 'x')], run: pushSecret('secrets-manager', 'y') },
    { before: [pushSecret('secrets-manager', 'x')], run: pushSecret('secrets-manager', 'y', 'alias/shop') },
    { run: pushSecret('ssm', 'x') },
    { before: [pushSecret('ssm', 'x')], run: pushSecret('ssm', 'y') },
  ],
  'registry-creds up': [
    { run: registryCreds('x') },
    { before: [registryCreds('x')], run: registryCreds('y') },
    { before: [registryCreds('x')], run: registryCreds('y', 'alias/shop') },
    { before: [otherPolicy], run: registryCreds('x') },
  ],
  'cluster up': [
    { run: clusterUpProduction },
    {
      before: [clusterUpProduction, (terminal) => serviceUp(terminal.context(project(), inProduction), { timeout })],
      run: (terminal) => {
        const settings = { ...production, ingress: { ports: [80, 443], source: '0.0.0.0/0' } };
        return clusterUp(terminal.context(project(), inProduction), { settings, dryRun: true });
      },
    },
  ],
  'cluster down': [
    {
      before: [
        clusterUpProduction,
        (terminal) => serviceUp(terminal.context(project(), inProduction), { timeout }),
        (terminal) => run(terminal.context(project(), inProduction), { service: 'web', command: [], detach: true }),
      ],
      run: (terminal) => clusterDown(terminal.context(project(), inProduction), { yes: true, force: true }),
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
  'ecr:CreateRepository': ['ecr:TagResource'],
  'secretsmanager:GetSecretValue': ['kms:Decrypt'],
  'secretsmanager:CreateSecret': ['secretsmanager:TagResource', 'kms:GenerateDataKey', 'kms:Decrypt'],
  'secretsmanager:PutSecretValue': ['kms:GenerateDataKey', 'kms:Decrypt'],
  'secretsmanager:UpdateSecret': ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:Encrypt'],
  'ssm:GetParameters': ['kms:Decrypt'],
  'ssm:PutParameter': ['ssm:AddTagsToResource', 'kms:Encrypt'],
  'cloudformation:CreateChangeSet': ['cloudformation:TagResource'],
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
  const digest = `sha256:${'0'.repeat(64)}`;
  for (const program of ['session-manager-plugin', 'docker']) {
    writeFileSync(
      join(directory, program),
      `#!${process.execPath}\nconsole.log('latest: digest: ${digest} size: 1');\n`,
    );
    chmodSync(join(directory, program), 0o755);
  }
  vi.stubEnv('PATH', [directory, process.env['PATH']].join(delimiter));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

/** What the policy for some commands allows. */
function allowed(commands?: readonly string[]): ReadonlySet<string> {
  const place = { account: '123456789012', region: 'us-east-1' };
  const { definition, rolePolicies } = withPolicies(policyArn);
  const { containerDefinitions } = withSecrets().definition;
  const task: Task = {
    ...surrounded(),
    definition: { ...definition, containerDefinitions },
    ...(rolePolicies && { rolePolicies }),
  };
  const cluster = commands?.some((name) => name.startsWith('cluster')) ? 'production' : 'default';
  const more = { images: [{ repository: 'shop/web', tag: 'latest' }], registryRole: 'shop-registries', purges: true };
  const secretKeys = ['arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab'];
  const { Statement } = deployerPolicy(
    { place, project: 'shop', cluster, task, createsRoles: true, secretKeys, ...more },
    commands,
  );
  // What CloudFormation does nobody sees here.
  const own = Statement.filter(({ Condition = {} }) => !JSON.stringify(Condition).includes('aws:CalledVia'));
  return new Set(own.flatMap(({ Action }) => Action));
}

/** The actions that a scenario needs. */
async function called({ before = [], run, web }: Scenario): Promise<readonly string[]> {
  const behaviours: Record<string, Behaviour> = {};
  const simulator = await startSimulator({ speed, behaviours });
  const terminal = new Terminal({ endpointUrl: simulator.endpoint, simulateSpeed: speed });
  for (const command of before) await command(terminal, simulator.endpoint);
  if (web !== undefined) behaviours['web'] = web;
  const earlier = simulator.calls.length;
  await run(terminal, simulator.endpoint);
  const calls = simulator.calls.slice(earlier).flatMap(({ service, operation, input }) => {
    const action = `${service}:${operation}`;
    // What is registered already is only told to rest.
    const isNew = !('SuspendedState' in (input as object));
    return [action, ...(isNew ? (alsoAsked[action] ?? []) : [])];
  });
  terminal.close();
  await simulator.close();
  return calls;
}

test('there is a scenario for every command that a policy can be made for', () => {
  expect(Object.keys(scenarios)).toEqual(callingCommands);
});

/** What docker asks for when it pushes, which no docker does here. */
const askedByDocker: readonly string[] = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
  'ecr:BatchGetImage',
];

/** What a wait asks for when it finds tasks, and when one has failed; a scenario need not come to it. */
const askedWhileWaiting: readonly string[] = ['ecs:DescribeTasks', 'logs:GetLogEvents'];

/** Commands that a policy is made for only where they are named. */
const preparing: readonly string[] = ['secrets push', 'registry-creds up', 'cluster up', 'cluster down'];

/** What all others that were tried may do, and what they did. */
const all = { allowed: new Set<string>(), needed: new Set<string>() };

describe.each(Object.entries(scenarios))('%s', (name, cases) => {
  test('may do what it does, and no more', async () => {
    const needed = [...new Set((await Promise.all(cases.map(called))).flat())];
    const granted = allowed([name]);
    expect(needed.filter((action) => !granted.has(action))).toEqual([]);
    const unused = [...granted].filter((action) => !needed.includes(action));
    expect(unused.filter((action) => ![...askedWhileWaiting, ...askedByDocker].includes(action))).toEqual([]);
    if (preparing.includes(name)) return;
    for (const action of granted) all.allowed.add(action);
    for (const action of needed) all.needed.add(action);
  });
});

test('without commands, the policy allows what all that deploy and look do together', () => {
  expect([...allowed()].toSorted()).toEqual([...new Set([...all.needed, ...askedByDocker])].toSorted());
  expect(allowed()).toEqual(all.allowed);
});

test('a purge may delete the role with which tasks log in to registries, if the project has made it', () => {
  const { definition } = project();
  const containerDefinitions = definition.containerDefinitions.map((container) => ({
    ...container,
    repositoryCredentials: { credentialsParameter: 'arn:aws:secretsmanager:us-east-1:1:secret:shop/registry/x-AbCdEf' },
  }));
  const task: Task = { ...project(), definition: { ...definition, containerDefinitions, executionRoleArn: 'pullers' } };
  const place = { account: '123456789012', region: 'us-east-1' };
  const { Statement } = deployerPolicy({ place, project: 'shop', cluster: 'default', task, purges: true }, ['down']);
  expect(Statement.filter(({ Action }) => Action.includes('iam:DeleteRole'))).toMatchObject([
    {
      Resource: ['arn:aws:iam::123456789012:role/pullers'],
      Condition: { StringEquals: { 'aws:ResourceTag/compose2fargate:project': 'shop' } },
    },
  ]);
});

test('a purge may look at all services and tasks, and deletes no more services than without it', () => {
  const place = { account: '123456789012', region: 'us-east-1' };
  const scope = { place, project: 'shop', cluster: 'production', task: project(), purges: true };
  const { Statement } = deployerPolicy(scope, ['service rm']);
  const on = (action: string) =>
    Statement.filter(({ Action }) => Action.includes(action)).flatMap(({ Resource = [] }) => Resource);
  expect(Statement.find(({ Action }) => Action.includes('ecs:ListServices'))).not.toHaveProperty('Condition');
  expect(on('ecs:DescribeTasks')).toContain('arn:aws:ecs:us-east-1:123456789012:task/*');
  expect(on('ecs:DescribeServices')).toContain('arn:aws:ecs:us-east-1:123456789012:service/*');
  expect(on('ecs:DeleteService')).toEqual(['arn:aws:ecs:us-east-1:123456789012:service/production/shop']);
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

/** A cluster that is none of the project's, which is looked into before a role goes. */
async function otherCluster(_: Terminal, endpoint: string): Promise<void> {
  const account = openAccount({ region: 'us-east-1', endpoint, credentials });
  await account.createCluster('production', []);
  account.close();
}

/** What is left of a `push` that was cut short. */
async function unfinishedRepository(_: Terminal, endpoint: string): Promise<void> {
  const client = new ECRClient({ region: 'us-east-1', endpoint, credentials });
  await client.send(
    new CreateRepositoryCommand({
      repositoryName: 'shop/web',
      tags: [{ Key: 'compose2fargate:project', Value: 'shop' }],
    }),
  );
  client.destroy();
}

/** What `push` and `secrets push` leave. */
async function pushed(_: Terminal, endpoint: string): Promise<void> {
  const account = openAccount({ region: 'us-east-1', endpoint, credentials });
  const tags = [{ key: 'compose2fargate:project', value: 'shop' }];
  await (await account.registry()).createRepository('shop/web', 1, tags);
  await (await account.secretStore('secrets-manager')).create('shop/KEY', 'x', { tags });
  await (await account.secretStore('ssm')).create('/shop/KEY', 'x', { tags });
  account.close();
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

/** What a registry role has when it was made for other secrets. */
async function otherPolicy(terminal: Terminal, endpoint: string): Promise<void> {
  await registryCreds('x')(terminal, endpoint);
  const client = new IAMClient({ region: 'us-east-1', endpoint, credentials });
  const PolicyDocument = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
  await client.send(
    new PutRolePolicyCommand({ RoleName: 'shop-registries', PolicyName: 'compose2fargate', PolicyDocument }),
  );
  client.destroy();
}

/** What a removal does that was cut short after the service. */
async function deletedService(_: Terminal, endpoint: string): Promise<void> {
  const client = new ECSClient({ region: 'us-east-1', endpoint, credentials });
  await client.send(new DeleteServiceCommand({ service: 'shop', force: true }));
  client.destroy();
}
