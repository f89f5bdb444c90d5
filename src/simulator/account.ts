import type { Tag, TaskDefinition } from '../fargate/task-definition.ts';
import type { Behaviour } from './behaviour.ts';
import type { TaskNetwork } from './network.ts';
import type { SecurityGroup } from './security-group.ts';
import type { StackTemplate } from './stack-template.ts';

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
  readonly scalableTargets: Map<string, ScalableTarget>;
  readonly namespaces: Map<string, Namespace>;
  readonly discoveryServices: Map<string, DiscoveryService>;
  readonly clientTokens: Map<string, ClientToken>;
  /** How many calls have changed the account. */
  changes: number;
}

export interface Cluster {
  readonly clusterArn: string;
  readonly clusterName: string;
  status: 'ACTIVE' | 'INACTIVE';
  readonly settings: readonly unknown[];
  capacityProviders: readonly string[];
  defaultCapacityProviderStrategy: readonly CapacityProviderStrategyItem[];
  tags: readonly Tag[];
}

export interface CapacityProviderStrategyItem {
  readonly capacityProvider: string;
  readonly weight?: number;
  readonly base?: number;
}

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

/** A token that AWS remembers for a day, with the parameters it came with and the ARNs of what it made. */
export interface ClientToken {
  readonly at: number;
  readonly parameters: string;
  readonly arns: readonly string[];
}

export interface LogGroup {
  readonly arn: string;
  readonly logGroupName: string;
  readonly creationTime: number;
  readonly tags: Readonly<Record<string, string>>;
  retentionInDays?: number;
}

/** A repository of ECR. */
export interface Repository {
  readonly repositoryArn: string;
  readonly repositoryName: string;
  readonly repositoryUri: string;
  readonly createdAt: number;
  readonly imageTagMutability: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  lifecyclePolicyText?: string;
  /** By digest, the oldest first. */
  readonly images: Map<string, RegistryImage>;
}

export interface RegistryImage {
  readonly imageDigest: string;
  readonly imageManifest: string;
  readonly pushedAt: number;
  tags: readonly string[];
}

export interface Secret {
  readonly ARN: string;
  readonly Name: string;
  readonly createdAt: number;
  KmsKeyId?: string;
  Tags: readonly { readonly Key: string; readonly Value: string }[];
  /** The newest last. */
  versions: readonly { readonly VersionId: string; readonly SecretString: string; readonly createdAt: number }[];
}

export interface Parameter {
  readonly ARN: string;
  readonly Name: string;
  Type: string;
  Value: string;
  Version: number;
  KeyId?: string;
  changedAt: number;
  Tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** A stack of CloudFormation. All that becomes of it is known when a call begins it: it is told as time passes. */
export interface StackRecord {
  /** Its ARN, which tells it from deleted ones of the same name. */
  readonly stackId: string;
  readonly stackName: string;
  readonly region: string;
  readonly createdAt: number;
  /** What it was last told to become; absent until a change set is executed. */
  template?: StackTemplate;
  tags: readonly Tag[];
  /** The oldest first; those of the future among them. */
  story: readonly StackEvent[];
  readonly changeSets: Map<string, ChangeSet>;
}

/** Something that happens to a stack or one of its resources. */
export interface StackEvent {
  readonly at: number;
  readonly logicalId: string;
  readonly type: string;
  /** Empty while nothing is made. */
  readonly physicalId: string;
  readonly status: string;
  readonly reason?: string;
  readonly token?: string;
  /** What it does to the rest of the account, until that is done. */
  effect?: 'create' | 'delete';
}

export interface ChangeSet {
  readonly changeSetId: string;
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly createdAt: number;
  /** When CloudFormation has worked it out. */
  readonly readyAt: number;
  readonly template: StackTemplate;
  readonly tags: readonly Tag[];
  readonly changes: readonly StackChange[];
}

export interface StackChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly type: string;
  /** Empty for what is not made yet. */
  readonly physicalId: string;
  readonly replacement: 'True' | 'Conditional' | 'False';
}

/** A role that was made here; any other that a definition names is taken for one that was there before. */
export interface Role {
  readonly arn: string;
  readonly roleName: string;
  readonly createdAt: number;
  /** From when ECS can assume it, in milliseconds since 1970: what IAM makes is not seen everywhere at once. */
  readonly visibleAt: number;
  readonly assumeRolePolicyDocument: string;
  readonly description?: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  /** The inline policies, by name. */
  readonly policies: Map<string, string>;
}

/** A service that Application Auto Scaling looks after. */
export interface ScalableTarget {
  readonly dimension: {
    readonly ServiceNamespace: string;
    readonly ResourceId: string;
    readonly ScalableDimension: string;
  };
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
  /** As they were put, by name. */
  readonly policies: Map<string, object>;
  readonly actions: Map<string, object>;
}

/** A namespace of Cloud Map as it is shown, with its VPC and tags. */
export interface Namespace {
  readonly Id: string;
  readonly Arn: string;
  readonly Name: string;
  readonly Type: string;
  readonly Vpc?: string;
  readonly Description?: string;
  readonly CreateDate?: number;
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** A service of Cloud Map as it is shown, with its tags. */
export interface DiscoveryService {
  readonly Id: string;
  readonly Arn: string;
  readonly Name: string;
  readonly NamespaceId: string;
  readonly Type: string;
  readonly Description?: string;
  readonly DnsConfig?: { readonly DnsRecords: readonly { readonly Type: string; readonly TTL: number }[] };
  readonly CreateDate: number;
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
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
    scalableTargets: new Map(),
    namespaces: new Map(),
    discoveryServices: new Map(),
    clientTokens: new Map(),
    changes: 0,
  };
}
