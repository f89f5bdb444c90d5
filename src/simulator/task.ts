import { parseTaskCpu, parseTaskMemory } from '../fargate/sizes.ts';
import { containerAt, containerHealthAt } from './container.ts';
import { isChecked, overrideOf } from './container-course.ts';
import { type Course, courseOf } from './course.ts';
import type { TaskOverride, TaskRecord } from './records/tasks.ts';
import { epochSeconds } from './wire.ts';

type TaskStatus = 'PROVISIONING' | 'PENDING' | 'RUNNING' | 'DEACTIVATING' | 'STOPPING' | 'DEPROVISIONING' | 'STOPPED';

/** How long ECS still shows a stopped task, in milliseconds. */
const SHOWN_AFTER_STOP = 60 * 60 * 1000;

/** What a task is at a moment: its last status. */
export function statusAt({ provisionedAt, runningAt, end }: Course, now: number): TaskStatus {
  if (now >= end.stoppedAt) return 'STOPPED';
  if (now >= end.executionStoppedAt) return 'DEPROVISIONING';
  if (now >= end.deactivatedAt) return 'STOPPING';
  if (now >= end.stoppingAt) return 'DEACTIVATING';
  if (now >= runningAt) return 'RUNNING';
  return now >= provisionedAt ? 'PENDING' : 'PROVISIONING';
}

/** Whether ECS still knows the task; it forgets a stopped one after an hour. */
export function isShown(task: TaskRecord, now: number): boolean {
  return now < courseOf(task).end.stoppedAt + SHOWN_AFTER_STOP;
}

/** What the task is wanted to be: STOPPED from the moment that its end has begun. */
export function desiredStatusAt(task: TaskRecord, now: number): 'RUNNING' | 'STOPPED' {
  return now >= courseOf(task).end.stoppingAt ? 'STOPPED' : 'RUNNING';
}

/** Whether the task has its network interface, and with it its addresses. */
export function isAttached(task: TaskRecord, now: number): boolean {
  const { attachedAt, end } = courseOf(task);
  return now >= attachedAt && now < end.stoppedAt;
}

/** The task as DescribeTasks shows it at a moment, times in seconds since 1970; its tags stand in it. */
export function taskAt(task: TaskRecord, now: number): object {
  const course = courseOf(task);
  const { definition, network, request } = task;
  const status = statusAt(course, now);
  const ended = now >= course.end.stoppingAt;
  return {
    attachments: [attachmentAt(task, course, now)],
    attributes: [{ name: 'ecs.cpu-architecture', value: cpuArchitecture(task) }],
    availabilityZone: network.subnet.availabilityZone,
    clusterArn: task.clusterArn,
    ...(now >= course.attachedAt ? { connectivity: 'CONNECTED' } : {}),
    ...time('connectivityAt', course.attachedAt, now),
    containers: course.containers.map((container) => containerAt(task, container, course, now)),
    cpu: sizeOf(task).cpu,
    createdAt: epochSeconds(task.createdAt),
    desiredStatus: ended ? 'STOPPED' : 'RUNNING',
    enableExecuteCommand: request.enableExecuteCommand ?? false,
    ephemeralStorage: request.overrides?.ephemeralStorage ?? definition.ephemeralStorage ?? { sizeInGiB: 20 },
    ...time('executionStoppedAt', course.end.executionStoppedAt, now),
    group: request.group ?? `family:${definition.family}`,
    healthStatus: healthAt(course, now),
    lastStatus: status,
    ...(task.capacityProviderName === undefined
      ? { launchType: 'FARGATE' }
      : { capacityProviderName: task.capacityProviderName }),
    memory: sizeOf(task).memory,
    overrides: {
      ...request.overrides,
      containerOverrides: definition.containerDefinitions.map(({ name }) => ({
        ...overrideOf(task, name),
        name,
      })),
      inferenceAcceleratorOverrides: [],
    },
    platformFamily: definition.runtimePlatform?.operatingSystemFamily ?? 'Linux',
    platformVersion:
      !request.platformVersion || request.platformVersion === 'LATEST' ? '1.4.0' : request.platformVersion,
    ...time('pullStartedAt', course.pullStartedAt, now),
    ...time('pullStoppedAt', course.pullStoppedAt, now),
    ...time('startedAt', course.runningAt, now),
    ...(request.startedBy === undefined ? {} : { startedBy: request.startedBy }),
    ...(ended ? { stopCode: course.end.stopCode, stoppedReason: course.end.stoppedReason } : {}),
    ...time('stoppingAt', course.end.stoppingAt, now),
    ...time('stoppedAt', course.end.stoppedAt, now),
    tags: task.tags,
    taskArn: task.taskArn,
    taskDefinitionArn: definition.taskDefinitionArn,
    version: versionAt(course, now),
  };
}

/** UNHEALTHY when one essential container with a check is, HEALTHY when all of them are. */
function healthAt(course: Course, now: number): string {
  const results = course.containers.filter(isChecked).map((container) => containerHealthAt(container, now));
  if (results.includes('UNHEALTHY')) return 'UNHEALTHY';
  return results.length === 0 || results.includes('UNKNOWN') ? 'UNKNOWN' : 'HEALTHY';
}

function attachmentAt({ network }: TaskRecord, course: Course, now: number): object {
  const attached = now >= course.attachedAt;
  const details = {
    subnetId: network.subnet.subnetId,
    ...(attached
      ? {
          networkInterfaceId: network.networkInterfaceId,
          macAddress: network.macAddress,
          privateDnsName: privateDnsName(network.privateAddress),
          privateIPv4Address: network.privateAddress,
        }
      : {}),
  };
  return {
    id: network.attachmentId,
    type: 'ElasticNetworkInterface',
    status: now >= course.end.stoppedAt ? 'DELETED' : attached ? 'ATTACHED' : 'PRECREATED',
    details: Object.entries(details).map(([name, value]) => ({ name, value })),
  };
}

/** The name that a VPC's resolver gives a private address. */
export function privateDnsName(address: string): string {
  return `ip-${address.replaceAll('.', '-')}.ec2.internal`;
}

/** How often the task's state has changed so far; ECS counts from 1. */
function versionAt({ provisionedAt, runningAt, end }: Course, now: number): number {
  const changes = [provisionedAt, runningAt, end.stoppingAt, end.deactivatedAt, end.executionStoppedAt, end.stoppedAt];
  return 1 + changes.filter((at) => now >= at).length;
}

/** The task's size in integers: that of its overrides, else the definition's. */
function sizeOf({ definition, request: { overrides = {} } }: TaskRecord): Pick<TaskOverride, 'cpu' | 'memory'> {
  const cpu = overrides.cpu ?? definition.cpu ?? '';
  const memory = overrides.memory ?? definition.memory ?? '';
  return { cpu: String(parseTaskCpu(cpu) ?? cpu), memory: String(parseTaskMemory(memory) ?? memory) };
}

function cpuArchitecture({ definition }: TaskRecord): string {
  return (definition.runtimePlatform?.cpuArchitecture ?? 'X86_64').toLowerCase();
}

function time(name: string, at: number, now: number): object {
  return now >= at ? { [name]: epochSeconds(at) } : {};
}
