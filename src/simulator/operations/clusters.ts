import type { Tag } from '../../fargate/task-definition.ts';
import type { Account, Call, CapacityProviderStrategyItem, Cluster } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { courseOf } from '../course.ts';
import { arn } from '../identifiers.ts';
import { statusAt } from '../task.ts';
import type { Operation } from './operation.ts';

interface CreateClusterInput {
  readonly clusterName?: string;
  readonly settings?: readonly unknown[];
  readonly capacityProviders?: readonly string[];
  readonly defaultCapacityProviderStrategy?: readonly CapacityProviderStrategyItem[];
  readonly tags?: readonly Tag[];
}

interface DescribeClustersInput {
  readonly clusters?: readonly string[];
  readonly include?: readonly string[];
}

export const clusterOperations: Readonly<Record<string, Operation>> = {
  CreateCluster: { check: checkName, apply: createCluster },
  DescribeClusters: { answer: describeClusters },
  ListClusters: { answer: listClusters },
};

/** The cluster that a call names by name or ARN, or the one called `default`; refuses one that is not there. */
export function clusterOf(account: Account, call: Call<{ readonly cluster?: string }>): Cluster {
  const cluster = account.clusters.get(clusterArn(call.region, call.input.cluster ?? 'default'));
  if (cluster === undefined) throw new ApiError('ClusterNotFoundException', 'Cluster not found.');
  return cluster;
}

function clusterArn(region: string, nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : arn('ecs', region, `cluster/${nameOrArn}`);
}

function checkName(_: Account, { input }: Call<CreateClusterInput>): void {
  if (/^[A-Za-z0-9_-]{1,255}$/.test(input.clusterName ?? 'default')) return;
  throw new ApiError('InvalidParameterException', 'Invalid cluster name.');
}

/** Gives the cluster that is there already when the name is taken, as ECS does. */
function createCluster(account: Account, call: Call<CreateClusterInput>): object {
  const { clusterName = 'default', settings, capacityProviders, defaultCapacityProviderStrategy, tags } = call.input;
  const key = clusterArn(call.region, clusterName);
  const cluster = account.clusters.get(key) ?? {
    clusterArn: key,
    clusterName,
    settings: settings ?? [{ name: 'containerInsights', value: 'disabled' }],
    capacityProviders: capacityProviders ?? [],
    defaultCapacityProviderStrategy: defaultCapacityProviderStrategy ?? [],
    tags: tags ?? [],
  };
  account.clusters.set(key, cluster);
  return { cluster: describe(account, cluster, call.at) };
}

function describeClusters(account: Account, { input, region, at }: Call<DescribeClustersInput>): object {
  const arns = (input.clusters ?? ['default']).map((name) => clusterArn(region, name));
  const tagged = input.include?.includes('TAGS') ?? false;
  return {
    clusters: arns.flatMap((key) => {
      const cluster = account.clusters.get(key);
      return cluster === undefined ? [] : [describe(account, tagged ? cluster : { ...cluster, tags: [] }, at)];
    }),
    failures: arns.flatMap((key) => (account.clusters.has(key) ? [] : [{ arn: key, reason: 'MISSING' }])),
  };
}

function listClusters(account: Account, { region }: Call): object {
  return { clusterArns: [...account.clusters.keys()].filter((key) => key.startsWith(arn('ecs', region, 'cluster/'))) };
}

function describe(account: Account, cluster: Cluster, now: number): object {
  const statuses = [...account.tasks.values()]
    .filter((task) => task.clusterArn === cluster.clusterArn)
    .map((task) => statusAt(courseOf(task), now));
  return {
    ...cluster,
    status: 'ACTIVE',
    registeredContainerInstancesCount: 0,
    runningTasksCount: statuses.filter((status) => status === 'RUNNING').length,
    pendingTasksCount: statuses.filter((status) => status === 'PROVISIONING' || status === 'PENDING').length,
    activeServicesCount: [...account.services.values()].filter(
      ({ clusterArn, status }) => clusterArn === cluster.clusterArn && status === 'ACTIVE',
    ).length,
    statistics: [],
  };
}
