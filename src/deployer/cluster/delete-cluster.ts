import { type Account, serviceOf, type TaskState, taskId } from '../account.ts';
import { hasMark, isOfSomeProject, projectOf, serviceMarks, stopReason } from '../ownership.ts';
import { awaitStopped } from '../wait.ts';
import type { Watching } from '../watch.ts';
import { tokenAt } from './change-cluster.ts';
import { type Following, followStack, type StackVerdict } from './follow-stack.ts';
import type { ClusterObservation, ClusterObstacle } from './observe-cluster.ts';
import { deletionOperations, type StackOperation, stackSentence } from './stack-operation.ts';
import type { StackState } from './stacks.ts';

/** What deleting a cluster with its stack takes. */
export interface DeletionPlan {
  readonly stack: StackState;
  readonly operations: readonly StackOperation[];
  /** The tasks that must have stopped before the stack goes. */
  readonly tasks: readonly TaskState[];
}

/**
 * What is in a cluster and keeps it from being deleted; undefined where nothing does. Forced, only what no project of
 * compose2fargate made does, and a service with a load balancer of its own.
 */
export function occupation({ cluster, contents }: ClusterObservation, force: boolean): ClusterObstacle | undefined {
  const { services = [], tasks = [] } = contents ?? {};
  const bare = bareTasks(tasks);
  const standing = force ? services.filter(({ tags }) => !isOfSomeProject(tags)) : services;
  const running = force ? bare.filter(({ tags }) => !isOfSomeProject(tags)) : bare;
  const balanced = services.filter(({ tags }) => hasMark(tags, serviceMarks.balancer)).map(({ name }) => name);
  if (standing.length + running.length === 0) {
    return balanced.length === 0 ? undefined : { kind: 'balanced', cluster, services: balanced };
  }
  return {
    kind: 'occupied',
    cluster,
    services: standing.map(({ name }) => name),
    tasks: running.map(({ arn }) => arn),
    foreign: force,
  };
}

/** The plan that removes what is in a cluster, and then its stack. */
export async function planDeletion(
  account: Account,
  stack: StackState,
  { contents }: ClusterObservation,
): Promise<DeletionPlan> {
  const { services = [], tasks = [] } = contents ?? {};
  const bare = bareTasks(tasks);
  const resources = await (await account.stacks()).resources(stack.id);
  return {
    stack,
    tasks,
    operations: [
      ...services.map(({ name }) => ({ kind: 'remove-service', service: name }) as const),
      ...(bare.length === 0 ? [] : [{ kind: 'stop-cluster-tasks', tasks: bare.map(({ arn }) => arn) } as const]),
      ...deletionOperations(resources),
    ],
  };
}

/** Removes what is in the cluster, waits until its tasks have stopped, and deletes the stack. */
export async function executeDeletion(plan: DeletionPlan, options: Following & Watching): Promise<StackVerdict> {
  const { stacks, signal, timeout } = options;
  for (const [index, operation] of plan.operations.entries()) {
    if (signal.aborted) return { kind: 'interrupted' };
    const result = await removeFromCluster(operation, options);
    if (result === undefined) continue;
    const told = { index, kind: operation.kind, sentence: stackSentence(operation), result };
    options.emit({ code: 'operation/done', level: 'info', data: told });
  }
  const stopped = plan.tasks.length === 0 ? undefined : await awaitStopped(options, plan.tasks, timeout);
  if (stopped?.kind === 'interrupted') return stopped;
  if (stopped?.kind === 'timed-out') return { kind: 'timed-out', status: plan.stack.status };
  const token = tokenAt(options);
  await stacks.deleteStack(plan.stack.id, token);
  return followStack(options, { stackId: plan.stack.id, token, operations: plan.operations });
}

/** Does an operation that is not CloudFormation's, and gives what came of it; undefined for one that is. */
async function removeFromCluster(
  operation: StackOperation,
  { account, cluster }: Watching,
): Promise<string | undefined> {
  switch (operation.kind) {
    case 'remove-service':
      await account.deleteService(cluster, operation.service, true);
      return operation.service;
    case 'stop-cluster-tasks':
      for (const arn of operation.tasks) {
        await account.stopTask(cluster, arn, stopReason('cluster down'));
      }
      return operation.tasks.map(taskId).join(', ');
    case 'change-resource':
      return undefined;
  }
}

/** The projects that have services or tasks in a cluster, by name. */
export function projectsIn({ contents }: ClusterObservation): readonly string[] {
  const { services = [], tasks = [] } = contents ?? {};
  const names = [...services, ...tasks].flatMap(({ tags }) => projectOf(tags) ?? []);
  return [...new Set(names)].toSorted();
}

/** The tasks that no service keeps; the others go with their services. */
function bareTasks(tasks: readonly TaskState[]): readonly TaskState[] {
  return tasks.filter((task) => serviceOf(task) === undefined);
}
