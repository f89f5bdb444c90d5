import type { TaskDefinition } from '../fargate/task-definition.ts';
import { type LogGroup, type Revision, serviceOf, type TaskState } from './account.ts';
import type { BalancerObstacle } from './balancer/plan.ts';
import { type Desired, defaultCluster } from './desired.ts';
import { type Change, differences } from './differences.ts';
import type { DiscoveryObstacle } from './discovery/plan.ts';
import type { UseElsewhere } from './elsewhere/observe.ts';
import type { NetworkObservation } from './network/observe.ts';
import { closes, foreignGroup, type PlannedNetwork, planNetwork, updateOwnGroup } from './network/plan.ts';
import { sameDefinition } from './normal-form.ts';
import { byAge, type Observation } from './observe.ts';
import type { Operation, StopWhy } from './operation.ts';
import { hasSettings } from './ownership.ts';
import type { ServiceState } from './service/service-account.ts';
import { type LostVolume, lostVolumes, writesToSharedStorage } from './storage.ts';

/** How to get from what is observed to what is desired. */
export interface Plan {
  readonly operations: readonly Operation[];
  /** The revision that has the desired content already. */
  readonly revision?: Revision;
  /** The ARNs of the tasks that already run as desired, and go on. */
  readonly kept: readonly string[];
  /** What is otherwise than in the revision that runs, or else in the newest one; absent where there is none. */
  readonly difference?: Difference;
  /** Where it puts tasks; absent where it puts none, or nobody knows. */
  readonly network?: PlannedNetwork;
  /** The service as it was observed. */
  readonly service?: ServiceState;
}

/** What makes the desired definition another one than a revision. */
export interface Difference {
  readonly revision: Revision;
  readonly changes: readonly Change[];
  /** Whether the settings that tasks were run with have changed, of which AWS tells only that much. */
  readonly settingsChanged: boolean;
  /** Whether tasks that run are replaced. */
  readonly restartsTasks: boolean;
}

/** Why there is no plan: the state of the account forbids it. */
export type Obstacle =
  | { readonly kind: 'missing-cluster'; readonly cluster: string }
  | { readonly kind: 'foreign-tasks'; readonly family: string; readonly tasks: readonly string[] }
  /** A service keeps tasks of the family running: tasks that are run by themselves would stand beside them. */
  | { readonly kind: 'service-runs'; readonly service: string; readonly cluster: string }
  | { readonly kind: 'foreign-service'; readonly service: string; readonly arn: string }
  | { readonly kind: 'no-service'; readonly service: string; readonly cluster: string }
  /** A role has the name of the one that is to be made, and somebody else made it. */
  | {
      readonly kind: 'foreign-role';
      readonly role: string;
      /** Where ecs-params names one in its place. */
      readonly member: 'task_execution_role' | 'task_role_arn';
    }
  | { readonly kind: 'no-default-network' }
  | { readonly kind: 'foreign-security-group'; readonly name: string; readonly group: string }
  /** What is to be removed for good is in use: by the project's service, or by tasks that run beside it. */
  | { readonly kind: 'purge-in-use'; readonly service: string; readonly tasks: readonly string[] }
  /** Likewise in other clusters of the region or by families other than `family`, as far as it could be seen. */
  | { readonly kind: 'purge-in-use-elsewhere'; readonly family: string; readonly uses: readonly UseElsewhere[] }
  | DiscoveryObstacle
  | BalancerObstacle;

/** What stands in the way of any plan; undefined where nothing does. */
export function obstacleTo(desired: Desired, observed: Observation): Obstacle | undefined {
  const { cluster, task } = desired;
  if (!observed.clusterExists && cluster !== defaultCluster) return { kind: 'missing-cluster', cluster };
  const service = observed.foreign.map(serviceOf).find((name) => name !== undefined);
  if (service !== undefined) return { kind: 'service-runs', service, cluster };
  if (observed.foreign.length > 0 && !desired.adopt) {
    return {
      kind: 'foreign-tasks',
      family: task.definition.family,
      tasks: observed.foreign.map(({ arn }) => arn),
    };
  }
  return obstacleInNetwork(desired, observed.network);
}

/** What keeps tasks from being put anywhere; undefined where nothing does. */
export function obstacleInNetwork(
  { project }: Pick<Desired, 'project'>,
  observed: NetworkObservation | undefined,
): Obstacle | undefined {
  if (observed?.subnets?.length === 0) return { kind: 'no-default-network' };
  const foreign = foreignGroup(observed, project);
  return foreign && { kind: 'foreign-security-group', name: foreign.name, group: foreign.id };
}

/**
 * The plan that brings about what is desired. It is pure, and empty but for a wait where all is as desired. New tasks
 * run before old ones stop, except where both would write to the same storage, or the order says otherwise.
 */
export function planUp(desired: Desired, observed: Observation): Plan {
  const { definition, run } = desired.task;
  // Several, where two `up` at once have each registered one.
  const same = observed.revisions.filter((one) => sameDefinition(one.definition, definition));
  const revision = same.find(({ inactive }) => !inactive);
  const fits = (task: TaskState) =>
    !desired.force && same.some(({ arn }) => arn === task.revisionArn) && hasSettings(task, run);
  const tasks = [...observed.tasks, ...observed.foreign].toSorted(byAge);
  const fitting = tasks.filter(fits);
  const kept = fitting.slice(0, desired.count);
  const surplus = fitting.slice(desired.count);
  const outdated = tasks.filter((task) => !fits(task));
  const missing = desired.count - kept.length;
  const stopFirst = stopsFirst(desired, outdated, observed);
  const [latest] = observed.revisions;
  const loses = (stopped: readonly TaskState[]) => stopped.flatMap((task) => lostVolumes(task, desired, observed));
  const exposure = { network: run.network, published: desired.task.published };
  const network = missing > 0 ? planNetwork(exposure, observed.network, desired) : undefined;
  const groupChanges = network?.operations ?? updateOwnGroup(exposure, observed.network);
  // The tasks that are replaced are asked as before until they stop.
  const closing = outdated.length === 0 ? [] : groupChanges.filter(closes);
  const operations: Operation[] = [];

  if (!observed.clusterExists) operations.push(creatingCluster(desired));
  if (observed.foreign.length > 0) {
    operations.push({ kind: 'adopt-tasks', tasks: observed.foreign.map(({ arn }) => arn) });
  }
  if (missing > 0) operations.push(...creatingLogGroups(desired));
  if (revision === undefined && missing > 0) operations.push(registering(definition, observed.revisions));
  operations.push(...groupChanges.filter((one) => !closing.includes(one)));
  if (stopFirst !== undefined) operations.push(...stopTasks(outdated, stopFirst, true, loses(outdated)));
  if (missing > 0) {
    operations.push({
      kind: 'run-tasks',
      count: missing,
      definition,
      network: run.network,
      launch: run.launch,
      mayHaveRun: latest !== undefined,
    });
  }
  operations.push({ kind: 'wait', waitFor: desired.waitFor, definition, count: desired.count });
  if (stopFirst === undefined) operations.push(...stopTasks(outdated, 'replaced', false, loses(outdated)));
  operations.push(...stopTasks(surplus, 'surplus', false, loses(surplus)), ...closing);
  return {
    operations,
    kept: kept.map(({ arn }) => arn),
    ...(revision === undefined ? {} : { revision }),
    ...(network === undefined ? {} : { network }),
    ...differenceTo(desired.task, outdated, observed),
  };
}

/** Why old tasks stop before new ones run; undefined where they do not. */
function stopsFirst(
  { order, task }: Desired,
  outdated: readonly TaskState[],
  { revisions }: Observation,
): 'stop-first' | 'shares-storage' | undefined {
  if (order !== undefined) return order === 'stop-first' ? order : undefined;
  const definitions = revisions
    .filter(({ arn }) => outdated.some(({ revisionArn }) => revisionArn === arn))
    .map(({ definition }) => definition);
  return [task.definition, ...definitions].some(writesToSharedStorage) ? 'shares-storage' : undefined;
}

function differenceTo(
  { definition, run }: Desired['task'],
  outdated: readonly TaskState[],
  { revisions }: Observation,
): Pick<Plan, 'difference'> {
  const revision = revisions.find(({ arn }) => arn === outdated[0]?.revisionArn) ?? revisions[0];
  if (revision === undefined) return {};
  const changes = differences(revision.definition, definition);
  const settingsChanged = outdated.some((task) => !hasSettings(task, run));
  return { difference: { revision, changes, settingsChanged, restartsTasks: outdated.length > 0 } };
}

/** The plan that stops a project's tasks, and then does what removes that which was made around them. */
export function planDown(observed: Pick<Observation, 'tasks'>, around: readonly Operation[] = []): Plan {
  return { operations: [...stopTasks(observed.tasks, 'down', true), ...around], kept: [] };
}

/** A plan with operations that come before all others. */
export function withFirst(operations: readonly Operation[], plan: Plan): Plan {
  return operations.length === 0 ? plan : { ...plan, operations: [...operations, ...plan.operations] };
}

/** A plan with operations that come when all others are done. */
export function withLast(operations: readonly Operation[], plan: Plan): Plan {
  return operations.length === 0 ? plan : { ...plan, operations: [...plan.operations, ...operations] };
}

/** Whether a plan changes anything; one that does not may still wait. */
export function hasChanges(plan: Plan): boolean {
  return plan.operations.some(
    ({ kind }) => kind !== 'wait' && kind !== 'wait-service' && kind !== 'wait-load-balancer',
  );
}

/**
 * The log groups that the containers of a definition write to; those that the first container makes by itself only where
 * they are asked for.
 */
export function logGroups(
  definition: TaskDefinition,
  { byContainers = false }: { readonly byContainers?: boolean } = {},
): readonly LogGroup[] {
  const groups = new Map<string, LogGroup>();
  for (const { logConfiguration } of definition.containerDefinitions) {
    const name = logConfiguration?.options?.['awslogs-group'];
    const region = logConfiguration?.options?.['awslogs-region'];
    if (logConfiguration?.logDriver !== 'awslogs' || name === undefined) continue;
    if (!byContainers && logConfiguration.options?.['awslogs-create-group'] === 'true') continue;
    groups.set(`${region} ${name}`, { name, ...(region === undefined ? {} : { region }) });
  }
  return [...groups.values()];
}

/** The step that makes the cluster, with what the tasks are to run on. */
export function creatingCluster({ cluster, task }: Pick<Desired, 'cluster' | 'task'>): Operation {
  const providers = task.run.launch?.capacityProviders?.map(({ capacityProvider }) => capacityProvider);
  // A service goes back from Spot only to a provider that the cluster has.
  const needed = providers === undefined ? {} : { capacityProviders: [...new Set(['FARGATE', ...providers])] };
  return { kind: 'create-cluster', cluster, ...needed };
}

/** The step that registers a definition which no active revision holds; the newest revision comes first. */
export function registering(definition: TaskDefinition, revisions: readonly Revision[]): Operation {
  const [latest] = revisions;
  const changed = latest === undefined ? [] : differences(latest.definition, definition);
  const isAgain = revisions.some((one) => sameDefinition(one.definition, definition));
  return { kind: 'register-revision', definition, changed, ...(isAgain ? { again: true } : {}) };
}

/** The steps that make the log groups of a definition, where they are wanted. */
export function creatingLogGroups({
  task,
  createLogGroups,
  logRetention,
}: Pick<Desired, 'task' | 'createLogGroups' | 'logRetention'>): readonly Operation[] {
  if (!createLogGroups) return [];
  const retention = logRetention === undefined ? {} : { retention: logRetention };
  return logGroups(task.definition).map((group) => ({ kind: 'create-log-group', group, ...retention }));
}

/** The volumes with data that a plan discards. */
export function volumesLost({ operations }: Plan): readonly LostVolume[] {
  return operations.flatMap((operation) => ('loses' in operation ? (operation.loses ?? []) : []));
}

function stopTasks(
  tasks: readonly TaskState[],
  why: StopWhy,
  wait: boolean,
  loses: readonly LostVolume[] = [],
): readonly Operation[] {
  if (tasks.length === 0) return [];
  const lost = loses.length === 0 ? {} : { loses };
  return [{ kind: 'stop-tasks', tasks: tasks.map(({ arn }) => arn), why, wait, ...lost }];
}
