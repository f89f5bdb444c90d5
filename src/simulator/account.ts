import type { Behaviour } from './behaviour.ts';
import type { Cluster } from './records/clusters.ts';
import type { DiscoveryService, Namespace } from './records/discovery.ts';
import type { Listener, LoadBalancer, TargetGroup } from './records/load-balancing.ts';
import type { LogGroup } from './records/logs.ts';
import type { Repository } from './records/registry.ts';
import type { Role } from './records/roles.ts';
import type { ScalableTarget } from './records/scaling.ts';
import type { Parameter, Secret } from './records/secrets.ts';
import type { ServiceRecord } from './records/services.ts';
import type { StackRecord } from './records/stacks.ts';
import type { RegisteredTaskDefinition, TaskRecord } from './records/tasks.ts';
import type { SecurityGroup } from './security-group.ts';

/** A call that a client made, with all that its answer depends on beside the account. */
export interface Call<Input = unknown> {
  readonly service: Service;
  readonly operation: string;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly input: Input;
  /** What the times of a task's life are divided by. */
  readonly speed: number;
  /** What the containers started by this call do, by container name. */
  readonly behaviours: Readonly<Record<string, Behaviour>>;
}

export type Service =
  | 'ecs'
  | 'logs'
  | 'ec2'
  | 'iam'
  | 'sts'
  | 'ecr'
  | 'secretsmanager'
  | 'ssm'
  | 'cloudformation'
  | 'elasticloadbalancing'
  | 'application-autoscaling'
  | 'servicediscovery';

/** All that the calls so far have made; every map but `clientTokens` is keyed by ARN, so regions stay apart. */
export interface Account {
  readonly clusters: Map<string, Cluster>;
  /** The revisions of each family, the first at index 0; keyed by the ARN without a revision. */
  readonly families: Map<string, RegisteredTaskDefinition[]>;
  readonly tasks: Map<string, TaskRecord>;
  readonly services: Map<string, ServiceRecord>;
  readonly logGroups: Map<string, LogGroup>;
  /** Those that were made, changed or deleted; more are supposed where they are named. */
  readonly securityGroups: Map<string, SecurityGroup>;
  readonly repositories: Map<string, Repository>;
  /** Those of Secrets Manager. */
  readonly secrets: Map<string, Secret>;
  /** Those of Systems Manager. */
  readonly parameters: Map<string, Parameter>;
  readonly stacks: Map<string, StackRecord>;
  readonly roles: Map<string, Role>;
  /** The ARNs of roles that were made and deleted: those alone are known to be missing. */
  readonly deletedRoles: Set<string>;
  readonly scalableTargets: Map<string, ScalableTarget>;
  readonly loadBalancers: Map<string, LoadBalancer>;
  /** Those that were made, changed or deleted; more are supposed where they are named. */
  readonly targetGroups: Map<string, TargetGroup>;
  readonly listeners: Map<string, Listener>;
  readonly namespaces: Map<string, Namespace>;
  readonly discoveryServices: Map<string, DiscoveryService>;
  readonly clientTokens: Map<string, ClientToken>;
  /** How many calls have changed the account. */
  changes: number;
}

/** A token that AWS remembers for a day, with the parameters it came with and the ARNs of what it made. */
export interface ClientToken {
  readonly at: number;
  readonly parameters: string;
  readonly arns: readonly string[];
}

/** An account in which nobody has done anything: there are no clusters, not even `default`. */
export function emptyAccount(): Account {
  return {
    clusters: new Map(),
    families: new Map(),
    tasks: new Map(),
    services: new Map(),
    logGroups: new Map(),
    securityGroups: new Map(),
    repositories: new Map(),
    secrets: new Map(),
    parameters: new Map(),
    stacks: new Map(),
    roles: new Map(),
    deletedRoles: new Set(),
    scalableTargets: new Map(),
    loadBalancers: new Map(),
    targetGroups: new Map(),
    listeners: new Map(),
    namespaces: new Map(),
    discoveryServices: new Map(),
    clientTokens: new Map(),
    changes: 0,
  };
}
