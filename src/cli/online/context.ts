import type { WaitFor } from '../../deployer.ts';
import type { Tag } from '../../fargate/task-definition.ts';
import type { Project } from '../../parser/compose/project.ts';
import type { Task } from '../../transformer/task.ts';
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

export interface UpOptions {
  readonly dryRun?: boolean;
  /** How many tasks; none: what the files say. */
  readonly count?: number;
  /** None: healthy where a container has a health check, else running. */
  readonly waitFor?: WaitFor;
  /** Milliseconds that each wait may last. */
  readonly timeout?: number;
  /** Replace tasks although nothing has changed. */
  readonly force?: boolean;
  /** True unless said otherwise. */
  readonly createLogGroups?: boolean;
}

export interface PlanOptions {
  /** End with exit code 5 when there is something to do. */
  readonly exitCode?: boolean;
}

export interface PsOptions {
  /** Stopped tasks too. */
  readonly all?: boolean;
}

export interface LogsOptions {
  readonly follow?: boolean;
  /** Only lines that are younger than so many milliseconds. */
  readonly since?: number;
  /** Only so many last lines of each container. */
  readonly tail?: number;
  /** Only these containers. */
  readonly services?: readonly string[];
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
