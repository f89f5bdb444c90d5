import type { TaskDefinition } from '../fargate/task-definition.ts';
import type { Placement, Revision, RunRequest, TaskState } from './account.ts';
import { isAwsError } from './aws/aws-error.ts';
import { clientToken } from './client-token.ts';
import { definitionTags, startedBy, taskTags } from './ownership.ts';
import type { ExecuteOptions, OperationOf, Progress } from './step.ts';
import { hasEnded } from './verdict.ts';

/** RunTask takes so many tasks a call. */
const tasksPerRun = 10;

/** How often a token may turn out to belong to a task that has stopped, and how often a new role is waited for. */
const tokenAttempts = 10;
const roleAttempts = 12;
const rolePause = 5_000;

type RunTasks = OperationOf<'run-tasks'>;

/** Runs tasks, ten a call at most, and gives their states; another `up` at the same moment gets the same ones. */
export async function runTasks(
  operation: RunTasks,
  progress: Progress,
  options: ExecuteOptions,
): Promise<readonly TaskState[]> {
  const { observed } = options;
  const stopped = operation.mayHaveRun ? await stoppedTasks(operation.definition, options) : [];
  const before = [...new Set([...observed.map(({ arn }) => arn), ...stopped])];
  const started: TaskState[] = [];
  for (let ordinal = 0; ordinal * tasksPerRun < operation.count; ordinal++) {
    const count = Math.min(tasksPerRun, operation.count - ordinal * tasksPerRun);
    started.push(...(await runChunk({ ...operation, count }, ordinal, before, progress, options)));
  }
  return started;
}

async function stoppedTasks(
  { family }: TaskDefinition,
  { account, cluster }: ExecuteOptions,
): Promise<readonly string[]> {
  return account.listTasks(cluster, family, 'STOPPED').catch((error) => {
    // A cluster made a moment ago may not be known everywhere.
    if (isAwsError(error, 'ClusterNotFoundException')) return [];
    throw error;
  });
}

async function runChunk(
  { definition, network, launch, count }: RunTasks,
  ordinal: number,
  observed: readonly string[],
  progress: Progress,
  options: ExecuteOptions,
): Promise<readonly TaskState[]> {
  const { cluster, project } = options;
  const { revision, placement, hasNewRole } = progress;
  for (let attempt = 0; ; attempt++) {
    const request: RunRequest = {
      cluster,
      revisionArn: (revision as Revision).arn,
      count,
      placement: placement as Placement,
      launch,
      startedBy: startedBy(project),
      tags: [...taskTags(project, network, launch), ...definitionTags(definition)],
      clientToken: clientToken({ cluster, definition, network, launch, count, ordinal, observed, attempt }),
    };
    const tasks = await runOnce(request, options, hasNewRole);
    const isOld = tasks.length > 0 && tasks.every((task) => hasEnded(task) || task.desiredStatus === 'STOPPED');
    if (!isOld || attempt === tokenAttempts) return tasks;
  }
}

async function runOnce(
  request: RunRequest,
  options: ExecuteOptions,
  hasNewRole = false,
): Promise<readonly TaskState[]> {
  try {
    return await withNewRole(options, () => options.account.runTasks(request), hasNewRole);
  } catch (error) {
    // Another `up` at the same moment has run them, of another revision with the same content.
    if (!isAwsError(error, 'ConflictException') || error.resourceIds.length === 0) throw error;
    return tasksOf(request, error.resourceIds, options);
  }
}

/**
 * Makes a call again while a role is not there yet: the one that ECS makes with the first cluster of an account, or,
 * with `hasNewRole`, one that the plan has made.
 */
export async function withNewRole<T>(
  { clock, signal }: ExecuteOptions,
  call: () => Promise<T>,
  hasNewRole = false,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!isRoleMissing(error, hasNewRole) || attempt === roleAttempts || signal.aborted) throw error;
      await clock.sleep(rolePause, signal);
    }
  }
}

function isRoleMissing(error: unknown, hasNewRole: boolean): boolean {
  if (isAwsError(error, 'InvalidParameterException') && /service linked role/i.test(error.detail)) return true;
  return (
    hasNewRole &&
    isAwsError(error, 'ClientException', 'InvalidParameterException') &&
    /unable to assume the role|role is not valid/i.test(error.detail)
  );
}

/** The states of tasks that ECS has named; of one that it does not show yet, all that can be said. */
async function tasksOf(
  { cluster, revisionArn }: RunRequest,
  arns: readonly string[],
  { account }: ExecuteOptions,
): Promise<readonly TaskState[]> {
  const states = await account.describeTasks(cluster, arns);
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
