import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clusterUp, pushSecrets, registryCredsUp, run, serviceUp, up } from '../../../src/cli/online.ts';
import { execute, openAccount, planImages, systemClock } from '../../../src/deployer.ts';
import { type Simulator, startSimulator } from '../../../src/simulator.ts';
import type { Task } from '../../../src/transformer/task.ts';
import { plainLoadBalancer } from '../../plain-load-balancer.ts';
import { shop, Terminal } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

const speed = 5_000;
const timeout = 1e12;
let simulator: Simulator;
let terminal: Terminal;

beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  simulator = await startSimulator({ speed });
  terminal = new Terminal({ endpointUrl: simulator.endpoint, simulateSpeed: speed });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  terminal.close();
  await simulator.close();
});

/** As `shop`, in the network that is there by itself, with all that can stand around a service. */
function surrounded(): Task {
  const task = shop({
    run: {
      network: {},
      service: {
        autoScaling: {
          minCapacity: 1,
          maxCapacity: 2,
          targetTracking: [{ predefinedMetricType: 'ECSServiceAverageCPUUtilization', targetValue: 60 }],
          scheduledActions: [{ scheduledActionName: 'night', schedule: 'cron(0 22 * * ? *)', maxCapacity: 1 }],
        },
        serviceDiscovery: { privateDnsNamespace: { name: 'shop.internal', vpc: 'vpc-1' } },
        applicationLoadBalancer: {
          ...plainLoadBalancer,
          certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
        },
      },
    },
  });
  // The files name no execution role.
  return { ...task, origins: new Map([...task.origins, ['executionRoleArn', { rule: 'assumed' }] as const]) };
}

/** What makes something, or a part of something, that has no tags of its own. Source: the API Reference of each service. */
const untaggable: readonly string[] = [
  'PutLifecyclePolicy',
  'PutRetentionPolicy',
  'PutRolePolicy',
  'PutScalingPolicy',
  'PutScheduledAction',
];

test('whatever is made carries our tags', async () => {
  const task = surrounded();
  const context = () => terminal.context(task);
  const { io, options, region } = context();
  const settings = {
    cluster: 'stage',
    network: { kind: 'own', cidr: '10.0.0.0/16', private: true },
    ingress: { ports: [80], source: '0.0.0.0/0' },
    tags: [],
  } as const;
  expect(await clusterUp({ io, options, region }, { settings, yes: true, timeout })).toBe(0);
  expect(await serviceUp(context(), { createRoles: true, logRetention: 7, timeout })).toBe(0);
  expect(await up(terminal.context(task, { cluster: 'stage' }), { timeout })).toBe(0);
  await run(context(), { service: 'web', command: ['true'], detach: true });
  for (const store of ['secrets-manager', 'ssm'] as const) {
    expect(await pushSecrets(context(), { store, values: new Map([['TOKEN', 'x']]) })).toBe(0);
  }
  const logins = [{ registry: 'ghcr.io', login: { username: 'me', password: 'x' }, containers: ['web'] }];
  expect(await registryCredsUp(context(), { logins: logins as never, outputFile: false })).toBe(0);
  await createRepository();

  const made = simulator.calls.filter(({ operation }) => /^(?:Create|Register|Put|Run)/.test(operation));
  const tagged = made.filter(({ input }) => /compose2fargate:(?:project|cluster)/.test(JSON.stringify(input)));
  const without = made.filter((call) => !tagged.includes(call)).map(({ operation }) => operation);
  expect([...new Set(without)].toSorted()).toEqual(untaggable);
  expect(new Set(tagged.map(({ service, operation }) => `${service}:${operation}`))).toEqual(
    new Set([
      'application-autoscaling:RegisterScalableTarget',
      'cloudformation:CreateChangeSet',
      'ec2:CreateSecurityGroup',
      'ecr:CreateRepository',
      'ecs:CreateCluster',
      'ecs:CreateService',
      'ecs:RegisterTaskDefinition',
      'ecs:RunTask',
      'elasticloadbalancing:CreateListener',
      'elasticloadbalancing:CreateLoadBalancer',
      'elasticloadbalancing:CreateTargetGroup',
      'iam:CreateRole',
      'logs:CreateLogGroup',
      'secretsmanager:CreateSecret',
      'servicediscovery:CreatePrivateDnsNamespace',
      'servicediscovery:CreateService',
      'ssm:PutParameter',
    ]),
  );
});

/** As `push` does before docker has anything to do. */
async function createRepository(): Promise<void> {
  const account = openAccount({ region: 'us-east-1', endpoint: simulator.endpoint });
  const registry = '123456789012.dkr.ecr.us-east-1.amazonaws.com';
  const plan = planImages([], {
    missing: [{ registry, region: 'us-east-1', name: 'shop/web' }],
    unfinished: [],
  });
  const { signal } = new AbortController();
  await execute(plan, {
    account,
    project: 'shop',
    cluster: 'default',
    family: 'shop',
    observed: [],
    timeout: 0,
    clock: systemClock(),
    signal,
    emit: () => undefined,
  } as never);
  account.close();
}
