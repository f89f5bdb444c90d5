import type { ClusterSettings, ReplacementOrder, SecretStoreKind, WaitFor } from '../../deployer.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { KeyValuePair, Tag } from '../../fargate/task-definition.ts';
import type { Project } from '../../parser/compose/project.ts';
import type { RegistryLogin } from '../../parser/registry-creds/logins.ts';
import type { ServiceSettings } from '../../transformer/service-settings.ts';
import type { Task } from '../../transformer/task.ts';
import type { Moment } from '../durations.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Io } from '../io.ts';
import type { ServiceDiscoveryOptions } from '../service-discovery.ts';

/** What a command needs to open a session in an account. */
export interface AccountContext {
  readonly io: Io;
  readonly options: GlobalOptions;
  readonly region: string | undefined;
  /** Absent for a command that is about no project. */
  readonly task?: Task;
}

/** What a command about a project works on: the input has been compiled, its findings printed and errors excluded. */
export interface OnlineContext extends AccountContext {
  readonly project: Project;
  readonly task: Task;
  /** What was found in the files; nothing where it is absent. */
  readonly diagnostics?: readonly Diagnostic[];
  /** Set for a command about the project's service, whose name is the family, and the tasks of that service alone. */
  readonly ofService?: true;
}

export interface BuildOptions {
  /** Build and push the images of services with `build` before. */
  readonly build?: boolean;
  readonly dryRun?: boolean;
}

export interface PushOptions {
  /** Only these services. */
  readonly services?: readonly string[];
}

export interface SecretsOptions {
  readonly store: SecretStoreKind;
  /** The values of the secrets by the variables that they are for. */
  readonly values: ReadonlyMap<string, string>;
  /** The KMS key that encrypts them; none: AWS's own. */
  readonly kmsKey?: string;
  readonly dryRun?: boolean;
}

export interface RegistryCredsOptions {
  readonly logins: readonly RegistryLogin[];
  /** The execution role that the file is to name: it is made if it is missing, and brought up to date if it is ours. */
  readonly roleName?: string;
  readonly updateExistingSecrets?: boolean;
  /** None: the current directory. */
  readonly outputDir?: string;
  /** False: print what would be in the file. */
  readonly outputFile?: boolean;
  /** Of the secrets that are made, beside the project's own. */
  readonly tags?: readonly Tag[];
  readonly dryRun?: boolean;
}

/** The options of `up` and `service up` that say how tasks are run; they win over what the files say. */
export interface LaunchOptions extends BuildOptions {
  /** How many tasks; none: what the files say, and else as many as a service has. */
  readonly count?: number;
  readonly order?: ReplacementOrder;
  /** Take over what somebody else has made: tasks of the family, or the service. */
  readonly adopt?: boolean;
  /** Tags of the tasks and their service, beside those of the files. */
  readonly tags?: readonly Tag[];
  /** True unless said otherwise. */
  readonly createLogGroups?: boolean;
  /** Days. */
  readonly logRetention?: number;
  /** Make the roles that the files name none for: the task role they ask for, and the execution role where AWS's usual one is missing. */
  readonly createRoles?: boolean;
  /** Run on Fargate Spot. */
  readonly spot?: boolean;
  readonly platformVersion?: string;
  readonly enableExecuteCommand?: boolean;
}

/** The options that say what `up` is to bring about. */
export interface DesiredOptions extends LaunchOptions {
  /** None: healthy where a container has a health check, else running. */
  readonly waitFor?: WaitFor;
  /** Replace tasks although nothing has changed: two names for the same. */
  readonly force?: boolean;
  readonly forceUpdate?: boolean;
}

export interface UpOptions extends DesiredOptions {
  /** Milliseconds that each wait may last. */
  readonly timeout?: number;
  /** Show what the containers write while they are waited for. */
  readonly follow?: boolean;
  /** Discard data without a question. */
  readonly yes?: boolean;
  /** Try the addresses; true unless said otherwise, but for those behind an endpoint that the user names. */
  readonly probe?: boolean;
}

export interface PlanOptions extends DesiredOptions {
  /** End with exit code 5 when there is something to do. */
  readonly exitCode?: boolean;
  /** A file with a task definition to compare with, in place of what is in AWS. */
  readonly against?: string;
}

export interface PsOptions {
  /** Stopped tasks too. */
  readonly all?: boolean;
  /** Only tasks that are to have this status. */
  readonly desiredStatus?: 'RUNNING' | 'STOPPED';
  /** Print the names of the containers alone. */
  readonly services?: boolean;
  /** Try the addresses. */
  readonly probe?: boolean;
}

export interface LogsOptions {
  readonly follow?: boolean;
  readonly since?: Moment;
  readonly until?: Moment;
  /** Only so many last lines of each container. */
  readonly tail?: number;
  /** Only lines that it matches. */
  readonly grep?: RegExp;
  /** Put the time of each line before it. */
  readonly timestamps?: boolean;
  /** The container's name before each line; true unless said otherwise. */
  readonly logPrefix?: boolean;
  /** The id of one task, or how it begins. */
  readonly taskId?: string;
  /** Only these containers. */
  readonly services?: readonly string[];
}

export interface RunOptions {
  readonly service: string;
  /** Empty: what the task definition says. */
  readonly command: readonly string[];
  /** Variables for the container, in place of those of the definition. */
  readonly env?: readonly KeyValuePair[];
  /** Tags of the task, beside those of the files. */
  readonly tags?: readonly Tag[];
  /** Do not wait, and print the task's id. */
  readonly detach?: boolean;
  /** True unless said otherwise. */
  readonly createLogGroups?: boolean;
}

export interface ExecOptions {
  readonly service: string;
  readonly command: readonly string[];
  /** The id of one task, or how it begins. */
  readonly taskId?: string;
}

export interface ScaleOptions {
  /** How many tasks are to run. */
  readonly count: number;
  /** Tags of the tasks that are started, beside those of the files. */
  readonly tags?: readonly Tag[];
  /** None: healthy where a container has a health check, else running. */
  readonly waitFor?: WaitFor;
  /** Milliseconds that each wait may last. */
  readonly timeout?: number;
}

export interface StopOptions {
  /** Milliseconds that the tasks may take to stop. */
  readonly timeout?: number;
}

/** The options of what takes a project down. */
export interface RemovalOptions {
  readonly dryRun?: boolean;
  /** Remove for good what is kept otherwise: logs, images, secrets, revisions. */
  readonly purge?: boolean;
  /** Do so without a question. */
  readonly yes?: boolean;
}

export interface DownOptions extends StopOptions, RemovalOptions {}

export interface ServiceUpOptions extends LaunchOptions, ServiceDiscoveryOptions {
  /** Discard data without a question. */
  readonly yes?: boolean;
  /** Milliseconds that the rollout may take. */
  readonly timeout?: number;
  /** Show what the containers write while the rollout is waited for. */
  readonly follow?: boolean;
  /** Replace the tasks although nothing has changed: two names for the same. */
  readonly forceNewDeployment?: boolean;
  readonly forceDeployment?: boolean;
  readonly deploymentMaxPercent?: number;
  readonly deploymentMinHealthyPercent?: number;
  /** Milliseconds. */
  readonly healthCheckGracePeriod?: number;
  readonly disableEcsManagedTags?: boolean;
  /** In place of those of the files. */
  readonly targetGroups?: ServiceSettings['loadBalancers'];
  /** Try the addresses; true unless said otherwise, but for those behind an endpoint that the user names. */
  readonly probe?: boolean;
}

export interface ClusterUpOptions {
  readonly settings: ClusterSettings;
  readonly dryRun?: boolean;
  /** Go on although something that is there is replaced or deleted. */
  readonly yes?: boolean;
  /** Milliseconds that CloudFormation may take. */
  readonly timeout?: number;
}

export interface ClusterDownOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  /** Delete what projects have in the cluster too, without a question. */
  readonly force?: boolean;
  /** Milliseconds that each wait may last. */
  readonly timeout?: number;
}

export interface ServiceScaleOptions {
  readonly count: number;
  /** Milliseconds that it may take. */
  readonly timeout?: number;
}

export interface ServiceRemoveOptions extends RemovalOptions {
  /** Delete it before its tasks have stopped. */
  readonly force?: boolean;
  /** Milliseconds that each wait may last. */
  readonly timeout?: number;
}
