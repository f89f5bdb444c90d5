import type { Placement, Revision, TaskState } from './account.ts';
import type { Docker } from './image/docker.ts';
import type { SecurityGroup } from './network/network.ts';
import type { Operation } from './operation.ts';
import type { RolloutVerdict } from './service/rollout.ts';
import type { ServiceRegistry, ServiceState } from './service/service-account.ts';
import type { Verdict } from './wait.ts';
import type { Watching } from './watch.ts';

/** How far a plan has come: what its steps have found out and brought about. */
export interface Progress {
  readonly revision?: Revision;
  /** Known before a step that puts tasks somewhere. */
  readonly placement?: Placement;
  /** Set after a step that has made the cluster, which ECS may not see everywhere yet. */
  readonly hasNewCluster?: boolean;
  /** Likewise after a step that has made a role. */
  readonly hasNewRole?: boolean;
  /** Likewise after a step that has made a security group, or changed one that may be as new. */
  readonly hasNewGroup?: boolean;
  readonly securityGroups: readonly SecurityGroup[];
  /** The tasks that run as desired, as they were last seen. */
  readonly tasks: readonly TaskState[];
  /** The service of the plan as it was last seen; undefined where there is none, or none any more. */
  readonly service?: ServiceState | undefined;
  /** The images that were pushed, by digest, by the name of their service. */
  readonly images?: ReadonlyMap<string, string>;
  /** The ARNs of the secrets that were written, by their names. */
  readonly secrets?: ReadonlyMap<string, string>;
  /** The namespace, and the name in it, that the plan has made for the service. */
  readonly namespaceId?: string;
  readonly serviceRegistries?: readonly ServiceRegistry[];
  /** What the plan has made of the service's load balancer. */
  readonly balancer?: {
    /** The id of its security group. */
    readonly securityGroup?: string;
    readonly loadBalancerArn?: string;
    readonly targetGroupArn?: string;
  };
}

export interface ExecuteOptions extends Watching {
  readonly project: string;
  /** The tasks that were observed before. */
  readonly observed: readonly TaskState[];
  /** For how long each wait may last, in milliseconds. */
  readonly timeout: number;
  /** What builds and pushes, in a plan that does so. */
  readonly docker?: Docker;
}

/** What a step leaves to those after it. */
export interface StepEnd {
  readonly progress?: Partial<Progress>;
  /** What came of it, in words; absent where there is nothing to say. */
  readonly result?: string;
  /** Ends the plan here. */
  readonly verdict?: Verdict | RolloutVerdict;
}

export type OperationOf<Kind extends Operation['kind']> = Extract<Operation, { readonly kind: Kind }>;

/** Does an operation of one kind. Throws the `AwsError` of a call that AWS refused. */
export type Step<Kind extends Operation['kind']> = (
  operation: OperationOf<Kind>,
  progress: Progress,
  options: ExecuteOptions,
) => Promise<StepEnd>;

/** The steps of some kinds of operations. */
export type Steps<Kind extends Operation['kind'] = Operation['kind']> = { readonly [K in Kind]: Step<K> };
