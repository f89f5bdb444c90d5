import type { KeyValuePair, Tag, TaskDefinition } from '../fargate/task-definition.ts';
import type { LaunchSettings } from '../transformer/launch-settings.ts';
import type { Balancing } from './balancer/balancing.ts';
import type { ClusterAccount } from './cluster/cluster-account.ts';
import type { Discovery } from './discovery/discovery.ts';
import type { Roles } from './iam/roles.ts';
import type { Registry } from './image/registry.ts';
import type { Network } from './network/network.ts';
import type { Scaling } from './scaling/scaling.ts';
import type { SecretStore, SecretStoreKind } from './secret/secret-store.ts';
import type { ServiceAccount } from './service/service-account.ts';

/**
 * What the deployer asks of an AWS account in one region. `aws/account.ts` asks AWS by the SDK. Every method may throw
 * an `AwsError`; none throws the SDK's own errors. Times are milliseconds since 1970.
 */
export interface Account extends ServiceAccount, ClusterAccount {
  /** The newest active revision of a family; undefined where it has none. */
  latestRevision(family: string): Promise<Revision | undefined>;
  revision(arn: string): Promise<Revision>;
  /** The ARNs of a family's revisions, of those that are active or of those that were deregistered; oldest first. */
  revisionsOf(family: string, status: 'ACTIVE' | 'INACTIVE'): Promise<readonly string[]>;
  deregisterRevision(arn: string): Promise<void>;
  /** Deletes revisions that were deregistered. Their numbers are never used again. */
  deleteRevisions(arns: readonly string[]): Promise<void>;
  registerRevision(definition: TaskDefinition, tags: readonly Tag[]): Promise<Revision>;
  /** The ARNs of a family's tasks that ECS wants running, or that it has stopped within about an hour. */
  listTasks(cluster: string, family: string, desired: 'RUNNING' | 'STOPPED'): Promise<readonly string[]>;
  /** What is known of tasks; those that ECS does not know (yet, or any more) are left out. */
  describeTasks(cluster: string, arns: readonly string[]): Promise<readonly TaskState[]>;
  runTasks(request: RunRequest): Promise<readonly TaskState[]>;
  stopTask(cluster: string, arn: string, reason: string): Promise<void>;
  /** Opens a session with a command in a container; who speaks its protocol is `session-manager-plugin`. */
  executeCommand(request: ExecuteCommandRequest): Promise<ExecuteCommandSession>;
  /** Makes a cluster, with the capacity providers that tasks are to run on, if any. */
  createCluster(name: string, tags: readonly Tag[], capacityProviders?: readonly string[]): Promise<void>;
  /**
   * Makes a log group that keeps what is in it for `retention` days, or for ever. One that is there already is left as
   * it is, unless it has these tags: then it is ours, and only its retention may be missing.
   */
  createLogGroup(group: LogGroup, tags: readonly Tag[], retention?: number): Promise<void>;
  /** The tags of a log group; undefined where there is none of that name. */
  logGroupTags(group: LogGroup): Promise<ReadonlyMap<string, string> | undefined>;
  /** Deletes a log group with its logs; one that is gone already is no error. */
  deleteLogGroup(group: LogGroup): Promise<void>;
  /** The number of the account, which stands in the ARN of any cluster, of one that is missing too. */
  accountId(cluster: string): Promise<string>;
  /** A page of a stream's lines; undefined where the stream or its group does not exist (yet). */
  logPage(stream: LogStream, from: LogPosition): Promise<LogPage | undefined>;
  /** EC2's part; its client is loaded when this is first asked for. */
  network(): Promise<Network>;
  /** ECR's part, of another region where one is named; its client is loaded when this is first asked for. */
  registry(region?: string): Promise<Registry>;
  /** What holds secrets; its client is loaded when this is first asked for. */
  secretStore(kind: SecretStoreKind): Promise<SecretStore>;
  /** Likewise IAM's part, for roles. */
  roles(): Promise<Roles>;
  /** Likewise Elastic Load Balancing's. */
  balancing(): Promise<Balancing>;
  /** Likewise Cloud Map's. */
  discovery(): Promise<Discovery>;
  /** Likewise Application Auto Scaling's. */
  scaling(): Promise<Scaling>;
  close(): void;
}

/** A registered task definition. */
export interface Revision {
  readonly arn: string;
  readonly family: string;
  readonly number: number;
  /** As AWS echoes it, its tags among it. */
  readonly definition: TaskDefinition;
  /** It was deregistered: its tasks run on, and no other task can run it. */
  readonly inactive?: true;
}

export interface RunRequest {
  readonly cluster: string;
  readonly revisionArn: string;
  /** 1 to 10. */
  readonly count: number;
  readonly placement: Placement;
  readonly launch?: LaunchSettings | undefined;
  readonly startedBy: string;
  readonly tags: readonly Tag[];
  readonly clientToken: string;
  /** What a container does otherwise than its definition says. */
  readonly override?: ContainerOverride;
}

/** A `containerOverrides` item of RunTask. */
export interface ContainerOverride {
  readonly name: string;
  readonly command?: readonly string[];
  /** Added to the environment of the definition, and stronger. */
  readonly environment?: readonly KeyValuePair[];
}

export interface ExecuteCommandRequest {
  readonly cluster: string;
  readonly taskArn: string;
  readonly container: string;
  /** A line as a shell reads it. */
  readonly command: string;
}

/** `session` of ExecuteCommand's answer. */
export interface ExecuteCommandSession {
  readonly sessionId: string;
  readonly streamUrl: string;
  readonly tokenValue: string;
}

/** Where a task is put: `awsvpcConfiguration`, complete. */
export interface Placement {
  readonly subnets: readonly string[];
  /** Absent: the default group of the VPC. */
  readonly securityGroups?: readonly string[];
  readonly assignPublicIp: 'ENABLED' | 'DISABLED';
}

/** A task as DescribeTasks shows it. */
export interface TaskState {
  readonly arn: string;
  readonly revisionArn: string;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  readonly healthStatus: string;
  readonly tags: ReadonlyMap<string, string>;
  /** Whether it was started with `enableExecuteCommand`. */
  readonly enableExecuteCommand?: boolean;
  readonly createdAt?: number;
  readonly startedAt?: number;
  readonly stoppedAt?: number;
  /** `service:NAME` for a task that a service keeps. */
  readonly group?: string;
  /** The id of the deployment, `ecs-svc/…`, for such a task. */
  readonly startedBy?: string;
  readonly stopCode?: string;
  readonly stoppedReason?: string;
  readonly containers: readonly ContainerState[];
  readonly networkInterfaceId?: string;
  readonly privateAddress?: string;
}

export interface ContainerState {
  readonly name: string;
  readonly lastStatus: string;
  /** UNKNOWN without a health check, and until it has a result. */
  readonly healthStatus: string;
  readonly exitCode?: number;
  readonly reason?: string;
  /** The id that the container's runtime knows it by; absent before it has started. */
  readonly runtimeId?: string;
}

export interface LogGroup {
  readonly name: string;
  /** Absent: the account's region. */
  readonly region?: string;
}

export interface LogStream {
  readonly group: LogGroup;
  readonly name: string;
}

/** From where to read a stream: on from a page, its last lines, or its lines since a time; and up to which time. */
export type LogPosition =
  | { readonly after: string; readonly until?: number }
  | { readonly last: number; readonly since?: number; readonly until?: number }
  | { readonly since?: number; readonly until?: number };

export interface LogPage {
  readonly lines: readonly LogLine[];
  /** Reads on from here. It equals the token that was given when the end of the stream is reached. */
  readonly next: string;
}

export interface LogLine {
  readonly time: number;
  readonly text: string;
}

/** The last part of a task's ARN, which is how people see it. */
export function taskId(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** The service that keeps a task; undefined for a task that was run by itself. */
export function serviceOf({ group }: Pick<TaskState, 'group'>): string | undefined {
  return group?.startsWith('service:') ? group.slice('service:'.length) : undefined;
}

/** `family:number` of a revision's ARN. */
export function revisionName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** The family of a revision, by its ARN. */
export function familyOf(revisionArn: string): string {
  const name = revisionName(revisionArn);
  return name.slice(0, name.lastIndexOf(':'));
}
