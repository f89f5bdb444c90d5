import type { ContainerDefinition, TaskDefinition } from '../fargate/task-definition.ts';
import { type LogGroup, type Revision, serviceOf, type TaskState } from './account.ts';
import { type Desired, defaultCluster } from './desired.ts';
import { differences } from './differences.ts';
import { sameDefinition } from './normal-form.ts';
import type { Observation } from './observe.ts';
import type { Operation, StopWhy } from './operation.ts';
import { hasSettings } from './ownership.ts';
import type { ServiceState } from './service/service-account.ts';

/** How to get from what is observed to what is desired. */
export interface Plan {
  readonly operations: readonly Operation[];
  /** The revision that has the desired content already. */
  readonly revision?: Revision;
  /** The ARNs of the tasks that already run as desired, and go on. */
  readonly kept: readonly string[];
  /** The service as it was observed. */
  readonly service?: ServiceState;
}

/** Why there is no plan: the state of the account forbids it. */
export type Obstacle =
  | { readonly kind: 'missing-cluster'; readonly cluster: string }
  | { readonly kind: 'foreign-tasks'; readonly family: string; readonly tasks: readonly string[] }
  /** A service keeps tasks of the family running: tasks that are run by themselves would stand beside them. */
  | { readonly kind: 'service-runs'; readonly service: string; readonly cluster: string }
  | { readonly kind: 'foreign-service'; readonly service: string; readonly arn: string }
  | { readonly kind: 'no-service'; readonly service: string; readonly cluster: string }
  | { readonly kind: 'no-default-network' };

/** What stands in the way of any plan; undefined where nothing does. */
export function obstacleTo(desired: Desired, observed: Observation): Obstacle | undefined {
  const { cluster, task } = desired;
  if (!observed.clusterExists && cluster !== defaultCluster) return { kind: 'missing-cluster', cluster };
  const service = observed.foreign.map(serviceOf).find((name) => name !== undefined);
  if (service !== undefined) return { kind: 'service-runs', service, cluster };
  if (observed.foreign.length > 0) {
    return {
      kind: 'foreign-tasks',
      family: task.definition.family,
      tasks: observed.foreign.map(({ arn }) => arn),
    };
  }
  return undefined;
}

/**
 * The plan that brings about what is desired. It is pure, and empty but for a wait where all is as desired. New tasks
 * run before old ones stop, except where both would write to the same storage.
 */
export function planUp(desired: Desired, observed: Observation): Plan {
  const { definition, run } = desired.task;
  // Several, where two `up` at once have each registered one.
  const same = observed.revisions.filter((one) => sameDefinition(one.definition, definition));
  const [revision] = same;
  const fits = (task: TaskState) =>
    !desired.force && same.some(({ arn }) => arn === task.revisionArn) && hasSettings(task, run);
  const fitting = observed.tasks.filter(fits);
  const kept = fitting.slice(0, desired.count);
  const surplus = fitting.slice(desired.count);
  const outdated = observed.tasks.filter((task) => !fits(task));
  const missing = desired.count - kept.length;
  const oldFirst = writesToSharedStorage(definition) || outdated.some((task) => sharesStorage(task, observed));
  const latest = observed.revisions[0];
  const operations: Operation[] = [];

  if (!observed.clusterExists) operations.push({ kind: 'create-cluster', cluster: desired.cluster });
  if (missing > 0 && desired.createLogGroups) {
    operations.push(...logGroups(definition).map((group) => ({ kind: 'create-log-group', group }) as const));
  }
  if (revision === undefined) {
    const changed = latest === undefined ? [] : differences(latest.definition, definition);
    operations.push({ kind: 'register-revision', definition, changed });
  }
  if (oldFirst) operations.push(...stopTasks(outdated, 'shares-storage', true));
  if (missing > 0) {
    operations.push({
      kind: 'run-tasks',
      count: missing,
      definition,
      network: run.network,
      launch: run.launch,
      publishes: desired.task.published.length > 0,
      mayHaveRun: latest !== undefined,
    });
  }
  operations.push({ kind: 'wait', waitFor: desired.waitFor, definition });
  if (!oldFirst) operations.push(...stopTasks(outdated, 'replaced', false));
  operations.push(...stopTasks(surplus, 'surplus', false));
  return { operations, kept: kept.map(({ arn }) => arn), ...(revision === undefined ? {} : { revision }) };
}

/** The plan that stops a project's tasks. */
export function planDown(observed: Pick<Observation, 'tasks'>): Plan {
  return { operations: stopTasks(observed.tasks, 'down', true), kept: [] };
}

/** Whether a plan changes anything; one that does not may still wait. */
export function hasChanges(plan: Plan): boolean {
  return plan.operations.some(({ kind }) => kind !== 'wait' && kind !== 'wait-service');
}

/** The log groups that the containers of a definition write to, and that ECS does not make by itself. */
export function logGroups(definition: TaskDefinition): readonly LogGroup[] {
  const groups = new Map<string, LogGroup>();
  for (const { logConfiguration } of definition.containerDefinitions) {
    const name = logConfiguration?.options?.['awslogs-group'];
    const region = logConfiguration?.options?.['awslogs-region'];
    if (logConfiguration?.logDriver !== 'awslogs' || name === undefined) continue;
    if (logConfiguration.options?.['awslogs-create-group'] === 'true') continue;
    groups.set(`${region} ${name}`, { name, ...(region === undefined ? {} : { region }) });
  }
  return [...groups.values()];
}

function stopTasks(tasks: readonly TaskState[], why: StopWhy, wait: boolean): readonly Operation[] {
  return tasks.length === 0 ? [] : [{ kind: 'stop-tasks', tasks: tasks.map(({ arn }) => arn), why, wait }];
}

function sharesStorage(task: TaskState, { revisions }: Observation): boolean {
  const definition = revisions.find(({ arn }) => arn === task.revisionArn)?.definition;
  return definition !== undefined && writesToSharedStorage(definition);
}

/** Whether a container may write to a volume that outlives its task: EFS, or EBS configured at launch. */
export function writesToSharedStorage({ volumes = [], containerDefinitions }: TaskDefinition): boolean {
  const lasting = new Set(
    volumes
      .filter(({ efsVolumeConfiguration, configuredAtLaunch }) => efsVolumeConfiguration || configuredAtLaunch)
      .map(({ name }) => name),
  );
  const writes = ({ mountPoints = [] }: ContainerDefinition) =>
    mountPoints.some(({ sourceVolume, readOnly }) => readOnly !== true && lasting.has(sourceVolume));
  return containerDefinitions.some(writes);
}
