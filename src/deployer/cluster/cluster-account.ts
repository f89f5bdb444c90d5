import type { Stacks } from './stacks.ts';

/** What the deployer asks of an account about clusters. Every method may throw an `AwsError`. */
export interface ClusterAccount {
  /** The names of the clusters of the region. */
  clusterNames(): Promise<readonly string[]>;
  /** The services of a cluster, those that are being deleted among them. */
  clusterServices(cluster: string): Promise<readonly ClusterService[]>;
  /** The ARNs of the tasks that ECS wants running in a cluster, those of services among them. */
  clusterTasks(cluster: string): Promise<readonly string[]>;
  /** A cluster with its tags; undefined where there is none. */
  clusterState(cluster: string): Promise<ClusterState | undefined>;
  /** Deletes a cluster. AWS refuses that while services or tasks are in it. One that is gone already is no error. */
  deleteCluster(cluster: string): Promise<void>;
  /** CloudFormation's part; its client is loaded when this is first asked for. */
  stacks(): Promise<Stacks>;
}

export interface ClusterService {
  readonly name: string;
  readonly revisionArn: string;
  readonly tags: ReadonlyMap<string, string>;
}

export interface ClusterState {
  readonly name: string;
  readonly tags: ReadonlyMap<string, string>;
  /** How many services there are, and how many tasks run or are about to. */
  readonly services: number;
  readonly tasks: number;
}
