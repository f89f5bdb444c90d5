import { type ContainerCourse, overrideOf } from './container-course.ts';
import type { Course } from './course.ts';
import { arn, hexadecimal, nameIn } from './identifiers.ts';
import type { TaskRecord } from './records/tasks.ts';
import { cannotPull } from './stop-reasons.ts';
import { epochSeconds } from './wire.ts';

interface Agent {
  readonly lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED';
  /** Seconds since 1970. */
  readonly lastStartedAt?: number;
}

/** The container as DescribeTasks shows it at a moment. */
export function containerAt(task: TaskRecord, container: ContainerCourse, course: Course, now: number): object {
  const { definition, startedAt, exit } = container;
  const pull = task.behaviours[definition.name]?.pull;
  const size = { ...definition, ...overrideOf(task, definition.name) };
  const over = now >= exit.at;
  const reason =
    exit.reason ?? (pull === undefined || startedAt < Infinity ? undefined : cannotPull(pull, definition.image));
  return {
    containerArn: containerArn(task, definition.name),
    cpu: String(size.cpu ?? 0),
    ...(over && exit.code !== undefined ? { exitCode: exit.code } : {}),
    healthStatus: containerHealthAt(container, now),
    image: definition.image,
    lastStatus: over ? 'STOPPED' : now >= startedAt ? 'RUNNING' : 'PENDING',
    managedAgents: task.request.enableExecuteCommand
      ? [{ name: 'ExecuteCommandAgent', ...agentAt(container, now) }]
      : [],
    ...text('memory', size.memory),
    ...text('memoryReservation', size.memoryReservation),
    name: definition.name,
    networkBindings: [],
    networkInterfaces:
      now >= course.attachedAt
        ? [{ attachmentId: task.network.attachmentId, privateIpv4Address: task.network.privateAddress }]
        : [],
    ...(over && reason !== undefined ? { reason } : {}),
    ...(now >= startedAt
      ? { runtimeId: `${nameIn(task.taskArn)}-${containerId(task, definition.name).slice(0, 10)}` }
      : {}),
    taskArn: task.taskArn,
  };
}

/** The agent that takes ExecuteCommand's sessions, in a container of a task that has it. */
export function agentAt({ connectedAt, exit }: ContainerCourse, now: number): Agent {
  if (now >= exit.at) return { lastStatus: 'STOPPED' };
  return now >= connectedAt
    ? { lastStatus: 'RUNNING', lastStartedAt: epochSeconds(connectedAt) }
    : { lastStatus: 'PENDING' };
}

/** What its health check says by a moment. */
export function containerHealthAt({ healthyAt, unhealthyAt }: ContainerCourse, now: number): string {
  if (now >= healthyAt) return 'HEALTHY';
  return now >= unhealthyAt ? 'UNHEALTHY' : 'UNKNOWN';
}

/** The ARN of a task's container of that name. */
export function containerArn(task: TaskRecord, name: string): string {
  const { region, clusterArn, taskArn } = task;
  return arn('ecs', region, `container/${nameIn(clusterArn)}/${nameIn(taskArn)}/${containerId(task, name)}`);
}

function containerId({ taskArn }: TaskRecord, name: string): string {
  return hexadecimal(32, `container:${taskArn}:${name}`);
}

function text(name: string, value: number | undefined): object {
  return value === undefined ? {} : { [name]: String(value) };
}
