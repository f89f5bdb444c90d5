import type { TaskDefinition } from '../fargate/task-definition.ts';
import {
  type Account,
  type Placement,
  type Revision,
  type RunRequest,
  revisionName,
  type TaskState,
  taskId,
} from './account.ts';
import { isAwsError } from './aws/aws-error.ts';
import { clientToken } from './client-token.ts';
import type { Emit, OperationSummary } from './event.ts';
import type { SecurityGroup } from './network/network.ts';
import { place } from './network/placement.ts';
import { type Operation, sentenceOf } from './operation.ts';
import { definitionTags, projectTags, startedBy, taskTags } from './ownership.ts';
import type { Obstacle, Plan } from './plan.ts';
import { hasEnded } from './verdict.ts';
import { awaitStopped, awaitVerdict, type Verdict } from './wait.ts';
import type { Watching } from './watch.ts';

/** How a plan ended, and what there is now. */
export interface Outcome {
  readonly verdict: Verdict | { readonly kind: 'blocked'; readonly by: Obstacle };
  readonly revision?: Revision;
  /** The tasks that run as desired, as they were last seen. */
  readonly tasks: readonly TaskState[];
  readonly securityGroups: readonly SecurityGroup[];
}

export interface ExecuteOptions extends Watching {
  readonly project: string;
  /** The tasks that were observed before. */
  readonly observed: readonly TaskState[];
  /** For how long each wait may last, in milliseconds. */
  readonly timeout: number;
}

/** RunTask takes so many tasks a call. */
const tasksPerRun = 10;

/** How often a token may turn out to belong to a task that has stopped, and how often a new role is waited for. */
const tokenAttempts = 10;
const roleAttempts = 12;
const rolePause = 5_000;

/**
 * Does what a plan says, step by step, and waits where it says so. Nothing after a step that failed is done, so a task
 * that is to be replaced runs on when the new one fails. Interrupted, it ends after the step at hand and undoes
 * nothing. Throws the `AwsError` of a call that AWS refused.
 */
export async function execute(plan: Plan, options: ExecuteOptions): Promise<Outcome> {
  return new Execution(plan, options).run();
}

class Execution {
  readonly #plan: Plan;
  readonly #options: ExecuteOptions;
  readonly #account: Account;
  readonly #emit: Emit;
  #revision: Revision | undefined;
  #placement: Placement | undefined;
  #securityGroups: readonly SecurityGroup[] = [];
  #tasks: readonly TaskState[];

  constructor(plan: Plan, options: ExecuteOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#account = options.account;
    this.#emit = options.emit;
    this.#revision = plan.revision;
    this.#tasks = options.observed.filter(({ arn }) => plan.kept.includes(arn));
  }

  async run(): Promise<Outcome> {
    const { operations } = this.#plan;
    const run = operations.find((operation) => operation.kind === 'run-tasks');
    if (run !== undefined) {
      // Before anything is changed, since it may be refused.
      const placed = await place(this.#account, run.network, run.publishes);
      if (placed === undefined) return this.#outcome({ kind: 'blocked', by: { kind: 'no-default-network' } });
      this.#placement = placed.placement;
      this.#securityGroups = placed.securityGroups;
    }
    for (const [index, operation] of operations.entries()) {
      if (this.#options.signal.aborted) return this.#outcome({ kind: 'interrupted', tasks: this.#tasks });
      const summary = { index, kind: operation.kind, sentence: sentenceOf(operation) };
      this.#emit({ code: 'operation/started', level: 'info', data: summary });
      const ended = await this.#do(operation, summary);
      if (ended !== undefined) return this.#outcome(ended);
    }
    return this.#outcome({ kind: 'ready', tasks: this.#tasks });
  }

  #outcome(verdict: Outcome['verdict']): Outcome {
    return {
      verdict,
      tasks: this.#tasks,
      securityGroups: this.#securityGroups,
      ...(this.#revision === undefined ? {} : { revision: this.#revision }),
    };
  }

  /** The verdict that ends the plan; undefined to go on. */
  async #do(operation: Operation, summary: OperationSummary): Promise<Verdict | undefined> {
    const done = (result: string) =>
      this.#emit({ code: 'operation/done', level: 'info', data: { ...summary, result } });
    const { cluster, project, timeout } = this.#options;
    switch (operation.kind) {
      case 'create-cluster':
        await this.#account.createCluster(operation.cluster, projectTags(project), operation.capacityProviders);
        done(operation.cluster);
        return undefined;
      case 'create-log-group':
        await this.#account.createLogGroup(operation.group, projectTags(project), operation.retention);
        done(operation.group.name);
        return undefined;
      case 'adopt-tasks':
        for (const arn of operation.tasks) await this.#account.tagTask(arn, projectTags(project));
        done(operation.tasks.map(taskId).join(', '));
        return undefined;
      case 'register-revision':
        this.#revision = await this.#account.registerRevision(operation.definition, projectTags(project));
        done(revisionName(this.#revision.arn));
        return undefined;
      case 'run-tasks': {
        const started = await this.#runTasks(operation);
        this.#tasks = [...this.#tasks, ...started];
        done(started.map(({ arn }) => taskId(arn)).join(', '));
        return undefined;
      }
      case 'wait': {
        if (operation.waitFor === 'none') return undefined;
        const verdict = await awaitVerdict(this.#options, this.#tasks, { ...operation, timeout });
        this.#tasks = verdict.tasks;
        if (verdict.kind !== 'ready') return verdict;
        done(operation.waitFor);
        return undefined;
      }
      case 'stop-tasks': {
        for (const arn of operation.tasks) {
          await this.#account.stopTask(cluster, arn, `Stopped by compose2fargate: ${operation.why}`);
        }
        if (operation.wait) {
          const stopping = this.#options.observed.filter(({ arn }) => operation.tasks.includes(arn));
          const verdict = await awaitStopped(this.#options, stopping, timeout);
          if (verdict.kind !== 'ready') return verdict;
        }
        done(operation.tasks.map(taskId).join(', '));
        return undefined;
      }
    }
  }

  async #runTasks(operation: RunTasks): Promise<readonly TaskState[]> {
    const { observed } = this.#options;
    const stopped = operation.mayHaveRun ? await this.#stoppedTasks(operation.definition) : [];
    const before = [...new Set([...observed.map(({ arn }) => arn), ...stopped])];
    const started: TaskState[] = [];
    for (let ordinal = 0; ordinal * tasksPerRun < operation.count; ordinal++) {
      const count = Math.min(tasksPerRun, operation.count - ordinal * tasksPerRun);
      started.push(...(await this.#runChunk({ ...operation, count }, ordinal, before)));
    }
    return started;
  }

  async #stoppedTasks({ family }: TaskDefinition): Promise<readonly string[]> {
    return this.#account.listTasks(this.#options.cluster, family, 'STOPPED').catch((error) => {
      // A cluster made a moment ago may not be known everywhere.
      if (isAwsError(error, 'ClusterNotFoundException')) return [];
      throw error;
    });
  }

  async #runChunk(
    { definition, network, launch, count }: RunTasks,
    ordinal: number,
    observed: readonly string[],
  ): Promise<readonly TaskState[]> {
    const { cluster, project } = this.#options;
    for (let attempt = 0; ; attempt++) {
      const tasks = await this.#runOnce({
        cluster,
        revisionArn: (this.#revision as Revision).arn,
        count,
        placement: this.#placement as Placement,
        launch,
        startedBy: startedBy(project),
        tags: [...taskTags(project, network, launch), ...definitionTags(definition)],
        clientToken: clientToken({ cluster, definition, network, launch, count, ordinal, observed, attempt }),
      });
      const isOld = tasks.length > 0 && tasks.every((task) => hasEnded(task) || task.desiredStatus === 'STOPPED');
      if (!isOld || attempt === tokenAttempts) return tasks;
    }
  }

  async #runOnce(request: RunRequest): Promise<readonly TaskState[]> {
    const { clock, signal } = this.#options;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#account.runTasks(request);
      } catch (error) {
        if (isAwsError(error, 'ConflictException') && error.resourceIds.length > 0) {
          // Another `up` at the same moment has run them, of another revision with the same content.
          return this.#tasksOf(request, error.resourceIds);
        }
        // The first cluster of an account makes the role, which takes some seconds.
        const roleIsMissing =
          isAwsError(error, 'InvalidParameterException') && /service linked role/i.test(error.detail);
        if (!roleIsMissing || attempt === roleAttempts || signal.aborted) throw error;
        await clock.sleep(rolePause, signal);
      }
    }
  }

  /** The states of tasks that ECS has named; of one that it does not show yet, all that can be said. */
  async #tasksOf({ cluster, revisionArn }: RunRequest, arns: readonly string[]): Promise<readonly TaskState[]> {
    const states = await this.#account.describeTasks(cluster, arns);
    return arns.map(
      (arn) =>
        states.find((task) => task.arn === arn) ?? {
          arn,
          revisionArn,
          lastStatus: 'PROVISIONING',
          desiredStatus: 'RUNNING',
          healthStatus: 'UNKNOWN',
          tags: new Map(),
          containers: [],
        },
    );
  }
}

type RunTasks = Extract<Operation, { readonly kind: 'run-tasks' }>;
