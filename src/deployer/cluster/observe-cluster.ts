import type { Account, TaskState } from '../account.ts';
import { isAwsError } from '../aws/aws-error.ts';
import type { ClusterService } from './cluster-account.ts';
import { clusterTag, stackName } from './cluster-settings.ts';
import type { StackState } from './stacks.ts';

/** What AWS says of a cluster and its stack. */
export interface ClusterObservation {
  readonly cluster: string;
  readonly stack: StackState | undefined;
  /** What is in the cluster; undefined where it does not exist. */
  readonly contents: ClusterContents | undefined;
}

export interface ClusterContents {
  readonly services: readonly ClusterService[];
  /** The tasks that ECS wants running, those of services among them. */
  readonly tasks: readonly TaskState[];
}

/** Why nothing can be done to a cluster: the state of the account forbids it. */
export type ClusterObstacle =
  /** The name of the stack is taken by one that is not for this cluster, or not ours. */
  | { readonly kind: 'foreign-stack'; readonly stack: string }
  /** The cluster is there, and no stack of ours made it. */
  | { readonly kind: 'foreign-cluster'; readonly cluster: string }
  | { readonly kind: 'busy-stack'; readonly stack: string; readonly status: string }
  /** A deletion or a rollback got stuck. */
  | { readonly kind: 'broken-stack'; readonly cluster: string; readonly stack: string; readonly status: string }
  /** The load balancers of these services would outlive them, and the network of the stack cannot go before them. */
  | { readonly kind: 'balanced'; readonly cluster: string; readonly services: readonly string[] }
  | {
      readonly kind: 'occupied';
      readonly cluster: string;
      readonly services: readonly string[];
      readonly tasks: readonly string[];
      /** Whether these were made by somebody else, so that not even force removes them. */
      readonly foreign: boolean;
    };

/** Asks AWS what there is of a cluster. */
export async function observeCluster(account: Account, cluster: string): Promise<ClusterObservation> {
  const stacks = await account.stacks();
  const [stack, contents] = await Promise.all([stacks.stack(stackName(cluster)), contentsOf(account, cluster)]);
  return { cluster, stack, contents };
}

/** What is in a cluster, asked of AWS; undefined where it does not exist. */
export async function contentsOf(account: Account, cluster: string): Promise<ClusterContents | undefined> {
  try {
    const services = await account.clusterServices(cluster);
    const arns = await account.clusterTasks(cluster);
    return { services, tasks: arns.length === 0 ? [] : await account.describeTasks(cluster, arns) };
  } catch (error) {
    if (isAwsError(error, 'ClusterNotFoundException')) return undefined;
    throw error;
  }
}

/** Whether a stack is no more than the shell around a change set that was never executed. */
export function isShell(stack: StackState | undefined): boolean {
  return stack?.status === 'REVIEW_IN_PROGRESS';
}

/** Whether a stack holds nothing, since it could not be created; CloudFormation wants it deleted first. */
export function isRemains(stack: StackState | undefined): boolean {
  return stack?.status === 'ROLLBACK_COMPLETE';
}

/** What keeps a cluster from being made or changed; undefined where nothing does. */
export function obstacleToChange({ cluster, stack, contents }: ClusterObservation): ClusterObstacle | undefined {
  if (stack === undefined || isShell(stack)) {
    return contents === undefined ? undefined : { kind: 'foreign-cluster', cluster };
  }
  return obstacleIn(stack, cluster) ?? brokenStack(stack, cluster);
}

/** What keeps a stack from being deleted; undefined where nothing does. */
export function obstacleToDeletion({ cluster, stack, contents }: ClusterObservation): ClusterObstacle | undefined {
  if (stack !== undefined && !isShell(stack)) return obstacleIn(stack, cluster);
  return contents === undefined ? undefined : { kind: 'foreign-cluster', cluster };
}

function obstacleIn({ name, status, tags }: StackState, cluster: string): ClusterObstacle | undefined {
  if (tags.get(clusterTag) !== cluster) return { kind: 'foreign-stack', stack: name };
  return status.endsWith('_IN_PROGRESS') ? { kind: 'busy-stack', stack: name, status } : undefined;
}

function brokenStack({ name, status }: StackState, cluster: string): ClusterObstacle | undefined {
  return status.endsWith('_FAILED') ? { kind: 'broken-stack', cluster, stack: name, status } : undefined;
}
