import { type ContainerCourse, isChecked, NEVER, NOT_STARTED, undisturbed } from './container-course.ts';
import type { TaskRecord } from './records/tasks.ts';
import { cannotPull, ESSENTIAL_EXITED, FAILED_TO_START, NO_LOG_GROUP } from './stop-reasons.ts';

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
 * are short enough to be watched.
 */
const DURATIONS = {
  attach: 1000,
  provision: 1500,
  validateLogger: 500,
  pull: 2000,
  failToPull: 1000,
  settle: 2000,
  deactivate: 200,
  stopContainers: 600,
  deprovision: 1000,
} as const;

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
