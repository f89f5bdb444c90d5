import type { ContainerDefinition } from '../fargate/task-definition.ts';
import type { ContainerOverride, TaskRecord } from './records/tasks.ts';
import { cannotPull, ESSENTIAL_EXITED, FAILED_TO_START, NO_LOG_GROUP, OUT_OF_MEMORY } from './stop-reasons.ts';

/**
 * All that becomes of a task, past and to come, as far as is settled by now: moments in milliseconds since 1970,
 * Infinity for what never comes. Only a later StopTask changes a course.
 */
export interface Course {
  readonly attachedAt: number;
  readonly provisionedAt: number;
  readonly pullStartedAt: number;
  readonly pullStoppedAt: number;
  readonly runningAt: number;
  /** When a service counts it as healthy: all checks have passed or, without any, it has run for a while. */
  readonly settledAt: number;
  /** When the check of an essential container first fails. */
  readonly unhealthyAt: number;
  readonly containers: readonly ContainerCourse[];
  readonly end: End;
}

/** What becomes of a container. */
export interface ContainerCourse {
  readonly definition: ContainerDefinition;
  readonly startedAt: number;
  readonly healthyAt: number;
  readonly unhealthyAt: number;
  /** When its ExecuteCommand agent runs, if it has one. */
  readonly connectedAt: number;
  readonly exit: Exit;
}

/** How a container ends. It has no code when it never ran. */
interface Exit {
  readonly at: number;
  readonly code?: number;
  readonly reason?: string;
  /** It ended because its task was stopped. */
  readonly stopped?: true;
}

/** How a task ends: from `stoppingAt` on its desired status is STOPPED. */
interface End {
  readonly stoppingAt: number;
  readonly deactivatedAt: number;
  readonly executionStoppedAt: number;
  readonly stoppedAt: number;
  readonly stopCode: string;
  readonly stoppedReason: string;
}

type Cause = Pick<End, 'stoppingAt' | 'stopCode' | 'stoppedReason'> & { readonly speed: number };

/**
 * How long the steps of a task's life take, in milliseconds at speed 1. Real ones take half a minute and more; these
 * are short enough to be watched. Health checks are compressed too: a result comes at once, whatever the interval.
 */
const DURATIONS = {
  attach: 1000,
  provision: 1500,
  validateLogger: 500,
  pull: 2000,
  failToPull: 1000,
  start: 400,
  becomeHealthy: 1200,
  becomeUnhealthy: 3000,
  settle: 2000,
  connect: 1000,
  exhaustMemory: 2000,
  deactivate: 200,
  stopContainers: 600,
  deprovision: 1000,
} as const;

/** A command given to RunTask is a job: it is done soon, and well, unless `x-simulate` says otherwise. */
const ONE_OFF_EXIT = { code: 0, after: 2000 };

/** ECS's default of `restartAttemptPeriod`, in seconds. */
const RESTART_ATTEMPT_PERIOD = 300;

/** A moment that never comes. */
const NEVER: number = Number.POSITIVE_INFINITY;

const NO_EXIT: Exit = { at: NEVER };

/** The courses worked out so far, with the StopTask that they take into account. */
const known = new WeakMap<TaskRecord, { readonly course: Course; readonly stop: TaskRecord['stop'] }>();

/** The course of a task, from what was asked for and what its containers are to do. */
export function courseOf(task: TaskRecord): Course {
  const last = known.get(task);
  if (last !== undefined && last.stop === task.stop) return last.course;
  const course = workOut(task);
  known.set(task, { course, stop: task.stop });
  return course;
}

function workOut(task: TaskRecord): Course {
  const after = (moment: number, step: keyof typeof DURATIONS): number => moment + DURATIONS[step] / task.speed;
  const provisionedAt = after(task.createdAt, 'provision');
  const pullStoppedAt = after(provisionedAt, 'pull');
  const free = undisturbed(task, pullStoppedAt);
  const end = endOf(causes(task, free, provisionedAt), free);
  const containers = free.map((container) => cutShort(container, end));
  const checked = containers.filter(isChecked);
  const runningAt = Math.max(
    ...containers.map(({ startedAt, exit }) => Math.min(startedAt, exit.stopped ? NEVER : exit.at)),
  );
  return {
    attachedAt: before(after(task.createdAt, 'attach'), end.stoppingAt),
    provisionedAt: before(provisionedAt, end.stoppingAt),
    pullStartedAt: before(provisionedAt, end.stoppingAt),
    pullStoppedAt: before(pullStoppedAt, end.stoppingAt),
    runningAt,
    settledAt: before(
      checked.length === 0
        ? after(runningAt, 'settle')
        : Math.max(runningAt, ...checked.map(({ healthyAt }) => healthyAt)),
      end.stoppingAt,
    ),
    unhealthyAt: Math.min(NEVER, ...checked.map(({ unhealthyAt }) => unhealthyAt)),
    containers,
    end,
  };
}

/** Whether a container's health is the task's. */
export function isChecked({ definition }: ContainerCourse): boolean {
  return definition.essential !== false && definition.healthCheck !== undefined;
}

/** What the containers would do if nobody stopped them, in the order that `dependsOn` gives. */
function undisturbed(task: TaskRecord, pullStoppedAt: number): readonly ContainerCourse[] {
  const definitions = task.definition.containerDefinitions;
  const courses = new Map<string, ContainerCourse>();
  const follow = (definition: ContainerDefinition): ContainerCourse => {
    const known = courses.get(definition.name);
    if (known !== undefined) return known;
    // Stands in while its dependencies are followed: in a circle nothing ever starts.
    courses.set(definition.name, { definition, ...NOT_STARTED, exit: NO_EXIT });
    const waits = (definition.dependsOn ?? []).flatMap(({ containerName, condition }) => {
      const target = definitions.find(({ name }) => name === containerName);
      return target === undefined ? [] : [waitFor(follow(target), condition)];
    });
    const readyAt = Math.max(pullStoppedAt, ...waits.map(({ metAt }) => metAt));
    const givenUpAt = Math.min(NEVER, ...waits.map((wait) => wait.givenUpAt));
    const course =
      givenUpAt === NEVER
        ? started(definition, task, readyAt + DURATIONS.start / task.speed)
        : { definition, ...NOT_STARTED, exit: { at: givenUpAt } };
    courses.set(definition.name, course);
    return course;
  };
  return definitions.map(follow);
}

/** When a dependency is as it has to be, or when it is clear that it never will: when it ends without. */
function waitFor(
  dependency: ContainerCourse,
  condition: string,
): { readonly metAt: number; readonly givenUpAt: number } {
  const metAt = CONDITIONS[condition]?.(dependency) ?? NEVER;
  return { metAt, givenUpAt: metAt === NEVER ? dependency.exit.at : NEVER };
}

const NOT_STARTED = {
  startedAt: NEVER,
  healthyAt: NEVER,
  unhealthyAt: NEVER,
  connectedAt: NEVER,
};

/** When a dependency's condition is met. */
const CONDITIONS: Readonly<Record<string, (dependency: ContainerCourse) => number>> = {
  START: ({ startedAt }) => startedAt,
  COMPLETE: ({ exit }) => exit.at,
  SUCCESS: ({ exit }) => (exit.code === 0 ? exit.at : NEVER),
  HEALTHY: ({ healthyAt }) => healthyAt,
};

function started(definition: ContainerDefinition, task: TaskRecord, startedAt: number): ContainerCourse {
  const { health, memory, exit: told } = task.behaviours[definition.name] ?? {};
  const planned = told ?? (overrideOf(task, definition.name)?.command === undefined ? undefined : ONE_OFF_EXIT);
  const later = (milliseconds: number): number => startedAt + milliseconds / task.speed;
  const checked = definition.healthCheck !== undefined;
  let exit = NO_EXIT;
  if (memory === 'exceeded') {
    exit = { at: later(planned?.after ?? DURATIONS.exhaustMemory), code: 137, reason: OUT_OF_MEMORY };
  } else if (planned !== undefined && !restarts(definition, planned)) {
    exit = { at: later(planned.after), code: planned.code };
  }
  const firstResult = (result: 'healthy' | 'unhealthy', delay: number): number => {
    const at = later(delay);
    return checked && (health ?? 'healthy') === result && at < exit.at ? at : NEVER;
  };
  return {
    definition,
    startedAt,
    healthyAt: firstResult('healthy', DURATIONS.becomeHealthy),
    unhealthyAt: firstResult('unhealthy', DURATIONS.becomeUnhealthy),
    connectedAt: later(DURATIONS.connect),
    exit,
  };
}

/** What of a container's definition its task has otherwise. */
export function overrideOf({ request }: TaskRecord, container: string): ContainerOverride | undefined {
  return request.overrides?.containerOverrides?.find(({ name }) => name === container);
}

/** Whether ECS starts a container again: one that ends within its restart period is left as it is. */
function restarts(
  { restartPolicy }: ContainerDefinition,
  exit: { readonly code: number; readonly after: number },
): boolean {
  if (restartPolicy?.enabled !== true || restartPolicy.ignoredExitCodes?.includes(exit.code)) return false;
  return exit.after >= (restartPolicy.restartAttemptPeriod ?? RESTART_ATTEMPT_PERIOD) * 1000;
}

/** All that would end the task, its StopTask included. */
function causes(task: TaskRecord, containers: readonly ContainerCourse[], provisionedAt: number): readonly Cause[] {
  const { speed, stop } = task;
  const found = containers.flatMap((container) => causeIn(container, task, provisionedAt) ?? []);
  if (stop !== undefined) {
    found.push({ stoppingAt: stop.at, stopCode: stop.stopCode, stoppedReason: stop.reason, speed: stop.speed });
  }
  if (task.lacksLogGroup) {
    found.push(failure(provisionedAt + DURATIONS.validateLogger / speed, NO_LOG_GROUP, speed));
  }
  return found;
}

/** How a container ends its task, if it does. */
function causeIn(container: ContainerCourse, task: TaskRecord, provisionedAt: number): Cause | undefined {
  const { definition, startedAt, exit } = container;
  const { speed } = task;
  const pull = task.behaviours[definition.name]?.pull;
  if (pull !== undefined) {
    return failure(provisionedAt + DURATIONS.failToPull / speed, cannotPull(pull, definition.image), speed);
  }
  if (definition.essential === false || exit.at === NEVER) return undefined;
  return startedAt === NEVER
    ? failure(exit.at, FAILED_TO_START, speed)
    : { stoppingAt: exit.at, stopCode: 'EssentialContainerExited', stoppedReason: ESSENTIAL_EXITED, speed };
}

function failure(stoppingAt: number, stoppedReason: string, speed: number): Cause {
  return { stoppingAt, stopCode: 'TaskFailedToStart', stoppedReason, speed };
}

const UNENDING: End = {
  stoppingAt: NEVER,
  deactivatedAt: NEVER,
  executionStoppedAt: NEVER,
  stoppedAt: NEVER,
  stopCode: '',
  stoppedReason: '',
};

/** The end that the earliest cause makes. A task none of whose containers started has nothing to deactivate. */
function endOf(found: readonly Cause[], containers: readonly ContainerCourse[]): End {
  const [first] = found.toSorted((a, b) => a.stoppingAt - b.stoppingAt);
  if (first === undefined) return UNENDING;
  const { stoppingAt, stopCode, stoppedReason, speed } = first;
  const anyStarted = containers.some(({ startedAt }) => startedAt <= stoppingAt);
  const deactivatedAt = stoppingAt + (anyStarted ? DURATIONS.deactivate : 0) / speed;
  const executionStoppedAt = deactivatedAt + (anyStarted ? DURATIONS.stopContainers : 0) / speed;
  const stoppedAt = executionStoppedAt + DURATIONS.deprovision / speed;
  return { stoppingAt, deactivatedAt, executionStoppedAt, stoppedAt, stopCode, stoppedReason };
}

/** What is left of a container's course when its task ends. */
function cutShort(container: ContainerCourse, end: End): ContainerCourse {
  if (container.exit.at <= end.stoppingAt) return container;
  if (container.startedAt > end.stoppingAt) {
    return { ...container, ...NOT_STARTED, exit: { at: end.executionStoppedAt, stopped: true } };
  }
  return {
    ...container,
    healthyAt: before(container.healthyAt, end.stoppingAt),
    unhealthyAt: before(container.unhealthyAt, end.stoppingAt),
    connectedAt: before(container.connectedAt, end.stoppingAt),
    exit: { at: end.executionStoppedAt, code: 0, stopped: true },
  };
}

function before(moment: number, limit: number): number {
  return moment <= limit ? moment : NEVER;
}
