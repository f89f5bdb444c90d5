import type { Tag } from '../../fargate/task-definition.ts';
import type { Behaviour } from '../behaviour.ts';
import type { LaunchInput, RegisteredTaskDefinition, TaskRecord } from './tasks.ts';

/** A service and what its scheduler has made of it so far. */
export interface ServiceRecord {
  readonly serviceArn: string;
  readonly serviceName: string;
  readonly clusterArn: string;
  readonly region: string;
  readonly createdAt: number;
  /** What CreateService and the UpdateServices since asked for, unless a rollback took it back. */
  settings: ServiceSettings;
  definition: RegisteredTaskDefinition;
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  /** The newest first, which is the PRIMARY one. */
  deployments: readonly Deployment[];
  /** What a failed deployment is rolled back to. */
  lastCompleted?: Deployment;
  /** The newest first. */
  events: readonly ServiceEvent[];
  /** Whether it has said that it reached a steady state, and nothing has moved since. */
  steady: boolean;
  /** When the scheduler last looked at it, and when it has to look again. */
  lookedAt: number;
  wakeAt: number;
  tags: readonly Tag[];
}

export interface ServiceSettings extends LaunchInput {
  readonly desiredCount: number;
  readonly deploymentConfiguration?: DeploymentConfiguration;
  readonly healthCheckGracePeriodSeconds?: number;
  readonly enableExecuteCommand?: boolean;
  readonly enableECSManagedTags?: boolean;
  readonly propagateTags?: string;
  readonly availabilityZoneRebalancing?: string;
  readonly loadBalancers?: readonly ServiceLoadBalancer[];
  readonly serviceRegistries?: readonly ServiceRegistry[];
}

/** An entry of Cloud Map that a service registers its tasks under. */
export interface ServiceRegistry {
  readonly registryArn?: string;
  readonly port?: number;
  readonly containerName?: string;
  readonly containerPort?: number;
}

/** What of Service Connect the simulator looks at. */
export interface ServiceConnectConfiguration {
  readonly enabled: boolean;
  readonly namespace?: string;
  readonly services?: readonly { readonly portName: string; readonly clientAliases?: readonly unknown[] }[];
}

/** A target group that a service registers its tasks in. */
export interface ServiceLoadBalancer {
  readonly targetGroupArn?: string;
  readonly loadBalancerName?: string;
  readonly containerName?: string;
  readonly containerPort?: number;
}

export interface DeploymentConfiguration {
  readonly minimumHealthyPercent?: number;
  readonly maximumPercent?: number;
  readonly deploymentCircuitBreaker?: { readonly enable: boolean; readonly rollback: boolean };
}

/** One revision of a service and the tasks that it has not yet lost. */
export interface Deployment {
  readonly id: string;
  readonly definition: RegisteredTaskDefinition;
  readonly launch: LaunchInput;
  readonly behaviours: Readonly<Record<string, Behaviour>>;
  readonly speed: number;
  readonly createdAt: number;
  updatedAt: number;
  status: 'PRIMARY' | 'ACTIVE';
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  rolloutStateReason: string;
  /** Those that are not STOPPED, the oldest first. */
  tasks: readonly TaskRecord[];
  /** How many tasks were started so far, whatever became of them. */
  started: number;
  /** How many failed in a row. */
  failedTasks: number;
  /** How often tasks ended by themselves, and until when none is started for that. */
  restarts: number;
  retryAt: number;
}

export interface ServiceEvent {
  readonly id: string;
  readonly createdAt: number;
  readonly message: string;
}
