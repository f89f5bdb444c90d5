import type { Tag } from '../../fargate/task-definition.ts';
import type { LaunchSettings } from '../../transformer/launch-settings.ts';
import type { ServiceSettings } from '../../transformer/service-settings.ts';
import type { Placement } from '../account.ts';

/** What the deployer asks of an account about ECS services. Every method may throw an `AwsError`. */
export interface ServiceAccount {
  /** What is known of a service; undefined where ECS does not know it. One that was deleted is INACTIVE for a while. */
  describeService(cluster: string, service: string): Promise<ServiceState | undefined>;
  createService(request: CreateServiceRequest): Promise<ServiceState>;
  updateService(request: UpdateServiceRequest): Promise<ServiceState>;
  /** With `force`, a service whose desired count is above 0 is deleted too. One that is gone already is no error. */
  deleteService(cluster: string, service: string, force: boolean): Promise<void>;
  /** The ARNs of a service's tasks that ECS wants running, or that it has stopped within about an hour. */
  listServiceTasks(cluster: string, service: string, desired: 'RUNNING' | 'STOPPED'): Promise<readonly string[]>;
  tagResource(arn: string, tags: readonly Tag[]): Promise<void>;
  untagResource(arn: string, keys: readonly string[]): Promise<void>;
}

/** What a service is told beside its task definition and its tags, by the names of the ECS API. */
export interface ServiceMembers {
  readonly desiredCount: number;
  /** A service of the launch type FARGATE has the strategy of this provider alone. */
  readonly capacityProviderStrategy: NonNullable<LaunchSettings['capacityProviders']>;
  readonly platformVersion?: string;
  readonly networkConfiguration?: { readonly awsvpcConfiguration: Placement };
  readonly deploymentConfiguration: DeploymentConfiguration;
  /** Whether ECS spreads the tasks anew over the zones; it does for a service that is made, where it has room to. */
  readonly availabilityZoneRebalancing?: 'ENABLED' | 'DISABLED';
  readonly healthCheckGracePeriodSeconds?: number;
  readonly loadBalancers?: NonNullable<ServiceSettings['loadBalancers']>;
  /** One at most. */
  readonly serviceRegistries?: readonly ServiceRegistry[];
  readonly serviceConnectConfiguration?: NonNullable<ServiceSettings['serviceConnectConfiguration']> | NoServiceConnect;
  readonly enableExecuteCommand?: boolean;
  readonly enableECSManagedTags?: boolean;
  readonly propagateTags?: NonNullable<LaunchSettings['propagateTags']>;
  readonly volumeConfigurations?: NonNullable<LaunchSettings['volumeConfigurations']>;
}

/** How Service Connect is switched off. */
interface NoServiceConnect {
  readonly enabled: false;
}

/** Where Cloud Map keeps the addresses of a service's tasks; the port is for SRV records. */
export interface ServiceRegistry {
  readonly registryArn: string;
  readonly containerName?: string;
  readonly containerPort?: number;
}

export interface DeploymentConfiguration {
  readonly maximumPercent: number;
  readonly minimumHealthyPercent: number;
  readonly deploymentCircuitBreaker: { readonly enable: boolean; readonly rollback: boolean };
}

export interface CreateServiceRequest {
  readonly cluster: string;
  readonly service: string;
  readonly revisionArn: string;
  readonly members: ServiceMembers;
  readonly tags: readonly Tag[];
}

export interface UpdateServiceRequest {
  readonly cluster: string;
  readonly service: string;
  /** Absent: the revision stays. */
  readonly revisionArn?: string;
  /** Those that change. */
  readonly members: Partial<ServiceMembers>;
  readonly forceNewDeployment: boolean;
}

/** A service as DescribeServices shows it. */
export interface ServiceState {
  readonly arn: string;
  readonly name: string;
  /** ACTIVE, DRAINING while it is deleted, then INACTIVE. */
  readonly status: string;
  readonly revisionArn: string;
  readonly members: ServiceMembers;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly tags: ReadonlyMap<string, string>;
  /** The newest first. */
  readonly deployments: readonly Deployment[];
  /** The newest first; at most 100. */
  readonly events: readonly ServiceEvent[];
}

/** A rollout of a revision. */
export interface Deployment {
  /** `ecs-svc/…`, which its tasks carry as `startedBy`. */
  readonly id: string;
  /** PRIMARY for the newest, ACTIVE for one that is being replaced, INACTIVE. */
  readonly status: string;
  readonly revisionArn: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  /** Tasks that failed one after the other before they ran. */
  readonly failedTasks: number;
  /** IN_PROGRESS, COMPLETED, or FAILED by the circuit breaker. */
  readonly rolloutState?: string;
  readonly rolloutStateReason?: string;
}

export interface ServiceEvent {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly message: string;
}

/** The newest deployment of a service. */
export function primaryDeployment({ deployments }: ServiceState): Deployment | undefined {
  return deployments.find(({ status }) => status === 'PRIMARY');
}
