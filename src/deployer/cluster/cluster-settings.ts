import type { Tag } from '../../fargate/task-definition.ts';

/** What `cluster up` is to bring about. */
export interface ClusterSettings {
  readonly cluster: string;
  readonly network: NetworkChoice;
  /** The TCP ports that the cluster's own security group opens, and to whom; none where a group is given. */
  readonly ingress: { readonly ports: readonly number[]; readonly source: string };
  /** Security groups to use in place of one of the cluster's own. */
  readonly securityGroups?: readonly string[];
  /** Tags of the stack, which CloudFormation puts on all that it makes. */
  readonly tags: readonly Tag[];
}

/** The network of a cluster: one of its own, one that is there already, or none. */
export type NetworkChoice =
  | {
      readonly kind: 'own';
      /** The addresses of the VPC, in CIDR notation: a /16 to a /24. */
      readonly cidr: string;
      /** Two zones; absent: the first two of the region. */
      readonly zones?: readonly [string, string];
      /** Whether tasks are in private subnets, behind a NAT gateway. */
      readonly private: boolean;
    }
  | { readonly kind: 'existing'; readonly vpc: string; readonly subnets: readonly string[] }
  | { readonly kind: 'none' };

/** The tag that says which cluster a stack is for, and that it is ours. */
export const clusterTag = 'compose2fargate:cluster';

/** CloudFormation takes names of so many characters. */
const maxStackName = 128;

/** The name of a cluster's stack. A cluster given by its ARN has the same as by its name. */
export function stackName(cluster: string): string {
  // Names of stacks have no underscore; two clusters that would share one are told apart by its tag.
  const name = clusterName(cluster).replaceAll('_', '-');
  return `compose2fargate-${name}`.slice(0, maxStackName);
}

/** The name in a cluster's name or ARN. */
export function clusterName(cluster: string): string {
  return cluster.slice(cluster.lastIndexOf('/') + 1);
}

/** The tags of a cluster's stack: those that were asked for, and ours. */
export function stackTags({ cluster, tags }: Pick<ClusterSettings, 'cluster' | 'tags'>): readonly Tag[] {
  return [...tags, { key: clusterTag, value: cluster }];
}

/** How the names of the log groups of clusters begin. No project has such a group: its name has no slash. */
const clusterLogGroups = '/ecs/cluster/';

/** The log group of a cluster's stack, where containers write whose files name no log driver. */
export function clusterLogGroup(cluster: string): string {
  return `${clusterLogGroups}${clusterName(cluster)}`;
}

/** Whether a log group has the name of that of a cluster's stack, whichever cluster it is. */
export function isClusterLogGroup(name: string): boolean {
  return name.startsWith(clusterLogGroups);
}
