import type { TaskDefinition } from '../fargate/task-definition.ts';
import type { Placement, Revision, RunRequest, TaskState } from './account.ts';
import { isAwsError } from './aws/aws-error.ts';
import { clientToken } from './client-token.ts';
import { untilSeen } from './new-resources.ts';
import { definitionTags, startedBy, taskTags } from './ownership.ts';
import type { ExecuteOptions, OperationOf, Progress } from './step.ts';
import { hasEnded } from './verdict.ts';

/** RunTask takes so many tasks a call. */
const tasksPerRun = 10;

/** How often a token may turn out to belong to a task that has stopped. */
const tokenAttempts = 10;

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
  const { revision, placement } = progress;
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
    const tasks = await runOnce(request, progress, options);
    const isOld = tasks.length > 0 && tasks.every((task) => hasEnded(task) || task.desiredStatus === 'STOPPED');
    if (!isOld || attempt === tokenAttempts) return tasks;
  }
}

async function runOnce(
  request: RunRequest,
  progress: Progress,
  options: ExecuteOptions,
): Promise<readonly TaskState[]> {
  try {
    return await untilSeen(progress, options, () => options.account.runTasks(request));
  } catch (error) {
    // Another `up` at the same moment has run them, of another revision with the same content.
    if (!isAwsError(error, 'ConflictException') || error.resourceIds.length === 0) throw error;
    return tasksOf(request, error.resourceIds, options);
  }
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
