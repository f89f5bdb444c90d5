import type { Tag, TaskDefinition } from '../../fargate/task-definition.ts';
import type { Behaviour } from '../behaviour.ts';
import type { TaskNetwork } from '../network.ts';
import type { CapacityProviderStrategyItem } from './clusters.ts';
import type { ServiceConnectConfiguration } from './services.ts';

/** A revision as DescribeTaskDefinition shows it, times in milliseconds since 1970; tags stand beside it. */
export interface RegisteredTaskDefinition extends Omit<TaskDefinition, 'tags'> {
  readonly taskDefinitionArn: string;
  readonly revision: number;
  status: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS';
  readonly registeredAt: number;
  deregisteredAt?: number;
  deleteRequestedAt?: number;
  readonly registeredBy: string;
  readonly compatibilities: readonly string[];
  readonly requiresAttributes: readonly { readonly name: string }[];
  tags: readonly Tag[];
}

/** What is known of a task when it is started and stopped; all the rest follows from the clock. */
export interface TaskRecord {
  readonly taskArn: string;
  readonly clusterArn: string;
  readonly region: string;
  readonly definition: RegisteredTaskDefinition;
  readonly network: TaskNetwork;
  readonly request: RunTaskInput;
  /** The service that started it. */
  readonly serviceArn?: string;
  /** Absent with a launch type. */
  readonly capacityProviderName?: string;
  readonly createdAt: number;
  readonly speed: number;
  readonly behaviours: Readonly<Record<string, Behaviour>>;
  /** Whether a container logs to a group that is not there. */
  readonly lacksLogGroup: boolean;
  tags: readonly Tag[];
  /** The wish of somebody, or of the service scheduler, that it stop. */
  stop?: { readonly at: number; readonly speed: number; readonly reason: string; readonly stopCode: string };
}

/** On what and where tasks start: what RunTask, CreateService and UpdateService have in common. */
export interface LaunchInput {
  readonly launchType?: string;
  readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[];
  readonly platformVersion?: string;
  readonly serviceConnectConfiguration?: ServiceConnectConfiguration;
  readonly networkConfiguration?: {
    readonly awsvpcConfiguration?: {
      readonly subnets?: readonly string[];
      readonly securityGroups?: readonly string[];
      readonly assignPublicIp?: string;
    };
  };
}

export interface RunTaskInput extends LaunchInput {
  readonly cluster?: string;
  readonly taskDefinition: string;
  readonly count?: number;
  readonly overrides?: TaskOverride;
  readonly startedBy?: string;
  readonly group?: string;
  readonly clientToken?: string;
  readonly enableExecuteCommand?: boolean;
  readonly enableECSManagedTags?: boolean;
  readonly propagateTags?: string;
  readonly tags?: readonly Tag[];
}

/** What of the definition a task has otherwise; members that nothing here depends on are only shown. */
export interface TaskOverride {
  readonly cpu?: string;
  readonly memory?: string;
  readonly ephemeralStorage?: { readonly sizeInGiB: number };
  readonly containerOverrides?: readonly ContainerOverride[];
}

export interface ContainerOverride {
  readonly name?: string;
  readonly command?: readonly string[];
  readonly cpu?: number;
  readonly memory?: number;
  readonly memoryReservation?: number;
}
