import type { ContainerDefinition } from '../fargate/task-definition.ts';
import type { ContainerOverride, TaskRecord } from './records/tasks.ts';
import { OUT_OF_MEMORY } from './stop-reasons.ts';

/** What becomes of a container: moments in milliseconds since 1970, Infinity for what never comes. */
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

/**
 * How long the steps of a container's life take, in milliseconds at speed 1. Health checks are compressed, too: a result
 * comes at once, whatever the interval.
 */
const DURATIONS = {
  start: 400,
  becomeHealthy: 1200,
  becomeUnhealthy: 3000,
  connect: 1000,
  exhaustMemory: 2000,
} as const;

/** A command given to RunTask is a job: it is done soon, and well, unless `x-simulate` says otherwise. */
const ONE_OFF_EXIT = { code: 0, after: 2000 };

/** ECS's default of `restartAttemptPeriod`, in seconds. */
const RESTART_ATTEMPT_PERIOD = 300;

/** A moment that never comes. */
export const NEVER: number = Number.POSITIVE_INFINITY;

const NO_EXIT: Exit = { at: NEVER };

/** The moments of a container that never starts. */
export const NOT_STARTED: Omit<ContainerCourse, 'definition' | 'exit'> = {
  startedAt: NEVER,
  healthyAt: NEVER,
  unhealthyAt: NEVER,
  connectedAt: NEVER,
};

/** Whether a container's health is the task's. */
export function isChecked({ definition }: ContainerCourse): boolean {
  return definition.essential !== false && definition.healthCheck !== undefined;
}

/** What of a container's definition its task has otherwise. */
export function overrideOf({ request }: TaskRecord, container: string): ContainerOverride | undefined {
  return request.overrides?.containerOverrides?.find(({ name }) => name === container);
}

/** What the containers would do if nobody stopped them, in the order that `dependsOn` gives. */
export function undisturbed(task: TaskRecord, pullStoppedAt: number): readonly ContainerCourse[] {
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

/** Whether ECS starts a container again: one that ends within its restart period is left as it is. */
function restarts(
  { restartPolicy }: ContainerDefinition,
  exit: { readonly code: number; readonly after: number },
): boolean {
  if (restartPolicy?.enabled !== true || restartPolicy.ignoredExitCodes?.includes(exit.code)) return false;
  return exit.after >= (restartPolicy.restartAttemptPeriod ?? RESTART_ATTEMPT_PERIOD) * 1000;
}
