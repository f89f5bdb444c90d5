import type { ReplacementOrder, WaitFor } from '../../deployer.ts';
import type { KeyValuePair, Tag } from '../../fargate/task-definition.ts';
import type { Project } from '../../parser/compose/project.ts';
import type { Task } from '../../transformer/task.ts';
import type { Moment } from '../durations.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Io } from '../io.ts';

/** What an online command works on: the input has been compiled, its findings printed and errors excluded. */
export interface OnlineContext {
  readonly io: Io;
  readonly options: GlobalOptions;
  readonly project: Project;
  readonly task: Task;
  readonly region: string | undefined;
  /** Set for a command about the project's service, whose name is the family, and the tasks of that service alone. */
  readonly ofService?: true;
}

/** The options that say what `up` is to bring about; they win over what the files say. */
export interface DesiredOptions {
  /** How many tasks; none: what the files say. */
  readonly count?: number;
  /** None: healthy where a container has a health check, else running. */
  readonly waitFor?: WaitFor;
  readonly order?: ReplacementOrder;
  /** Replace tasks although nothing has changed. */
  readonly force?: boolean;
  /** Take over tasks of the family that somebody else has started. */
  readonly adopt?: boolean;
  /** Tags of the tasks, beside those of the files. */
  readonly tags?: readonly Tag[];
  /** True unless said otherwise. */
  readonly createLogGroups?: boolean;
  /** Days. */
  readonly logRetention?: number;
  /** Run on Fargate Spot. */
  readonly spot?: boolean;
  readonly platformVersion?: string;
  readonly enableExecuteCommand?: boolean;
}

export interface UpOptions extends DesiredOptions {
  readonly dryRun?: boolean;
  /** Milliseconds that each wait may last. */
  readonly timeout?: number;
  /** Show what the containers write while they are waited for. */
  readonly follow?: boolean;
  /** Discard data without a question. */
  readonly yes?: boolean;
  /** Try the addresses; true unless said otherwise, but for those of a stand-in for AWS. */
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
  /** None: healthy where a container has a health check, else running. */
  readonly waitFor?: WaitFor;
  /** Milliseconds that each wait may last. */
  readonly timeout?: number;
}

export interface DownOptions {
  /** Milliseconds that the tasks may take to stop. */
  readonly timeout?: number;
}

export interface ServiceUpOptions {
  readonly dryRun?: boolean;
  /** How many tasks; none: what the files say, else as many as the service has. */
  readonly count?: number;
  /** Milliseconds that the rollout may take. */
  readonly timeout?: number;
  /** Replace the tasks although nothing has changed: two names for the same. */
  readonly forceNewDeployment?: boolean;
  readonly forceDeployment?: boolean;
  /** True unless said otherwise. */
  readonly createLogGroups?: boolean;
  /** Make a service that somebody else made part of the project. */
  readonly adopt?: boolean;
  readonly deploymentMaxPercent?: number;
  readonly deploymentMinHealthyPercent?: number;
  /** Milliseconds. */
  readonly healthCheckGracePeriod?: number;
  readonly tags?: readonly Tag[];
  readonly disableEcsManagedTags?: boolean;
  /** Try the addresses; true unless said otherwise, but for those of a stand-in for AWS. */
  readonly probe?: boolean;
}

export interface ServiceScaleOptions {
  readonly count: number;
  /** Milliseconds that it may take. */
  readonly timeout?: number;
}

export interface ServiceRemoveOptions {
  /** Delete it before its tasks have stopped. */
  readonly force?: boolean;
  /** Milliseconds that each wait may last. */
  readonly timeout?: number;
}
