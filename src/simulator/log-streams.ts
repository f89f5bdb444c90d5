import type { ContainerDefinition } from '../fargate/task-definition.ts';
import type { Account } from './account.ts';
import { type ContainerCourse, overrideOf } from './container-course.ts';
import { courseOf } from './course.ts';
import { arn, nameIn } from './identifiers.ts';
import type { TaskRecord } from './records/tasks.ts';

/** What the awslogs driver of a container is told. */
interface Awslogs {
  readonly group: string;
  readonly groupArn: string;
  readonly prefix: string;
  readonly createGroup: boolean;
}

export interface LogStream {
  readonly logStreamName: string;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  readonly events: readonly LogEvent[];
}

export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

/** How long after one line a container writes the next, in milliseconds at speed 1. */
const BETWEEN_LINES = 300;

/** The awslogs settings of a container; undefined when it logs elsewhere. */
export function awslogsOf({ logConfiguration }: ContainerDefinition): Awslogs | undefined {
  if (logConfiguration?.logDriver !== 'awslogs') return undefined;
  const options = logConfiguration.options ?? {};
  const group = options['awslogs-group'] ?? '';
  return {
    group,
    groupArn: logGroupArn(options['awslogs-region'] ?? '', group),
    prefix: options['awslogs-stream-prefix'] ?? '',
    createGroup: options['awslogs-create-group'] === 'true',
  };
}

export function logGroupArn(region: string, name: string): string {
  return arn('logs', region, `log-group:${name}`);
}

/** Adds an empty group that keeps its events for ever. */
export function createLogGroup(account: Account, groupArn: string, logGroupName: string, at: number, tags = {}): void {
  account.logGroups.set(groupArn, { arn: groupArn, logGroupName, creationTime: at, tags });
}

/** The streams of a group, one a container that has started, with what was written by now, oldest task first. */
export function streamsOf(account: Account, groupArn: string, now: number): readonly LogStream[] {
  const madeAt = account.logGroups.get(groupArn)?.creationTime ?? 0;
  return [...account.tasks.values()].flatMap((task) =>
    courseOf(task).containers.flatMap((container) => {
      const awslogs = awslogsOf(container.definition);
      if (awslogs?.groupArn !== groupArn || now < container.startedAt) return [];
      // A group that was deleted and made again has none of the streams that were in it.
      if (container.startedAt < madeAt) return [];
      return [
        {
          logStreamName: `${awslogs.prefix}/${container.definition.name}/${nameIn(task.taskArn)}`,
          creationTime: Math.floor(container.startedAt),
          events: linesOf(task, container).filter(({ timestamp }) => timestamp <= now),
        },
      ];
    }),
  );
}

/** All that a container ever writes. Its own lines say that nothing runs; those of its behaviour are the user's. */
function linesOf(task: TaskRecord, container: ContainerCourse): readonly LogEvent[] {
  const { definition, startedAt, healthyAt, unhealthyAt, exit } = container;
  const command = overrideOf(task, definition.name)?.command;
  const scripted = task.behaviours[definition.name]?.logs;
  const line = (at: number, message: string): LogEvent => ({ timestamp: Math.floor(at), message });
  const successive = (messages: readonly string[]): LogEvent[] =>
    messages.map((message, index) => line(startedAt + (index * BETWEEN_LINES) / task.speed, message));
  const own = (): LogEvent[] => [
    ...successive([
      `[simulated] ${definition.name} started; no container runs, these lines are the simulator's`,
      ...(definition.portMappings ?? []).map(
        ({ containerPort, protocol = 'tcp' }) =>
          `[simulated] ${definition.name} would listen on ${containerPort}/${protocol}`,
      ),
      ...(command === undefined ? [] : [`[simulated] ${definition.name} would run ${command.join(' ')}`]),
    ]),
    line(healthyAt, `[simulated] ${definition.name} passes its health check`),
    line(unhealthyAt, `[simulated] ${definition.name} fails its health check`),
    line(exit.at, `[simulated] ${definition.name} ${exit.stopped ? 'was stopped' : `exits with code ${exit.code}`}`),
  ];
  return (scripted === undefined ? own() : successive(scripted))
    .filter(({ timestamp }) => timestamp <= exit.at)
    .toSorted((a, b) => a.timestamp - b.timestamp);
}
