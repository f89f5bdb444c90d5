import type { Tag } from '../../fargate/task-definition.ts';
import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { courseOf } from '../course.ts';
import { arn } from '../identifiers.ts';
import type { CapacityProviderStrategyItem, Cluster } from '../records/clusters.ts';
import type { ServiceRecord } from '../records/services.ts';
import type { TaskRecord } from '../records/tasks.ts';
import { statusAt } from '../task.ts';
import { type Operation, page } from './operation.ts';

interface ClusterInput {
  readonly cluster?: string;
}

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

interface ListClustersInput {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

type CapacityProvidersInput = ClusterInput & CreateClusterInput;

/** The capacity providers that Fargate has. */
export const CAPACITY_PROVIDERS: readonly string[] = ['FARGATE', 'FARGATE_SPOT'];
export const NOT_ASSOCIATED: string =
  'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the ' +
  'cluster. Associate the capacity provider with the cluster and try again.';

export const clusterOperations: Readonly<Record<string, Operation>> = {
  CreateCluster: { check: checkCreateCluster, apply: createCluster },
  DescribeClusters: { answer: describeClusters },
  ListClusters: { answer: listClusters },
  PutClusterCapacityProviders: { check: checkCapacityProviders, apply: putClusterCapacityProviders },
  DeleteCluster: { check: checkDeleteCluster, apply: deleteCluster },
};

/** The cluster that a call names by name or ARN, or the one called `default`; refuses one that is not there. */
export function clusterOf(account: Account, call: Call<ClusterInput>): Cluster {
  const cluster = account.clusters.get(clusterArn(call.region, call.input.cluster ?? 'default'));
  if (cluster === undefined) throw new ApiError('ClusterNotFoundException', 'Cluster not found.');
  if (cluster.status === 'ACTIVE') return cluster;
  throw new ApiError('ClusterNotFoundException', 'The referenced cluster was inactive.');
}

function clusterArn(region: string, nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : arn('ecs', region, `cluster/${nameOrArn}`);
}

function checkCreateCluster(_: Account, { input }: Call<CreateClusterInput>): void {
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(input.clusterName ?? 'default')) {
    throw new ApiError('InvalidParameterException', 'Invalid cluster name.');
  }
  checkProviders(input);
}

/** Refuses providers that are none of Fargate's, and a default strategy with others than the cluster's. */
function checkProviders({ capacityProviders = [], defaultCapacityProviderStrategy = [] }: CreateClusterInput): void {
  if (capacityProviders.some((name) => !CAPACITY_PROVIDERS.includes(name))) {
    const message = 'The specified capacity provider was not found. Specify a valid name or ARN and try again.';
    throw new ApiError('InvalidParameterException', message);
  }
  if (defaultCapacityProviderStrategy.every((item) => capacityProviders.includes(item.capacityProvider))) return;
  throw new ApiError('InvalidParameterException', NOT_ASSOCIATED);
}

/** Gives the cluster that is there already when the name is taken, as ECS does. */
function createCluster(account: Account, call: Call<CreateClusterInput>): object {
  const { clusterName = 'default', settings, capacityProviders, defaultCapacityProviderStrategy, tags } = call.input;
  const key = clusterArn(call.region, clusterName);
  const present = account.clusters.get(key);
  const cluster: Cluster =
    present?.status === 'ACTIVE'
      ? present
      : {
          clusterArn: key,
          clusterName,
          status: 'ACTIVE',
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

function listClusters(account: Account, { input, region }: Call<ListClustersInput>): object {
  const arns = [...account.clusters.values()]
    .filter(({ clusterArn: key, status }) => status === 'ACTIVE' && key.startsWith(clusterArn(region, '')))
    .map((cluster) => cluster.clusterArn);
  const { items, ...next } = page(arns, input.maxResults ?? 100, input.nextToken);
  return { clusterArns: items, ...next };
}

function checkCapacityProviders(account: Account, call: Call<CapacityProvidersInput>): void {
  clusterOf(account, call);
  checkProviders(call.input);
}

/** Replaces the cluster's providers and its default strategy. */
function putClusterCapacityProviders(account: Account, call: Call<CapacityProvidersInput>): object {
  const cluster = clusterOf(account, call);
  cluster.capacityProviders = call.input.capacityProviders ?? [];
  cluster.defaultCapacityProviderStrategy = call.input.defaultCapacityProviderStrategy ?? [];
  return { cluster: describe(account, cluster, call.at) };
}

function checkDeleteCluster(account: Account, call: Call<ClusterInput>): void {
  const refusal = whyOccupied(account, clusterOf(account, call), call.at);
  if (refusal !== undefined) throw refusal;
}

/** Why a cluster cannot be deleted now: it has services or tasks; undefined where it has none. */
export function whyOccupied(account: Account, cluster: Cluster, now: number): ApiError | undefined {
  if (servicesOf(account, cluster).some(({ status }) => status !== 'INACTIVE')) {
    const message = 'The Cluster cannot be deleted while Services are active.';
    return new ApiError('ClusterContainsServicesException', message);
  }
  return tasksOf(account, cluster).some((task) => statusAt(courseOf(task), now) !== 'STOPPED')
    ? new ApiError('ClusterContainsTasksException', 'The Cluster cannot be deleted while Tasks are active.')
    : undefined;
}

/** An INACTIVE cluster can still be described, until its name is used again. */
function deleteCluster(account: Account, call: Call<ClusterInput>): object {
  const cluster = clusterOf(account, call);
  cluster.status = 'INACTIVE';
  return { cluster: describe(account, cluster, call.at) };
}

function tasksOf(account: Account, { clusterArn: key }: Cluster): readonly TaskRecord[] {
  return [...account.tasks.values()].filter((task) => task.clusterArn === key);
}

function servicesOf(account: Account, { clusterArn: key }: Cluster): readonly ServiceRecord[] {
  return [...account.services.values()].filter((service) => service.clusterArn === key);
}

function describe(account: Account, cluster: Cluster, now: number): object {
  const statuses = tasksOf(account, cluster).map((task) => statusAt(courseOf(task), now));
  return {
    ...cluster,
    registeredContainerInstancesCount: 0,
    runningTasksCount: statuses.filter((status) => status === 'RUNNING').length,
    pendingTasksCount: statuses.filter((status) => status === 'PROVISIONING' || status === 'PENDING').length,
    activeServicesCount: servicesOf(account, cluster).filter(({ status }) => status === 'ACTIVE').length,
    statistics: [],
  };
}
