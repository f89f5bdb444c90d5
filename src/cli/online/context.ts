import type { WaitFor } from '../../deployer.ts';
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
