import type { Account } from './account.ts';
import { courseOf } from './course.ts';
import type { TaskRecord } from './records/tasks.ts';
import { statusAt } from './task.ts';

/** A task where a target group has it, and what its health is. */
export interface Target {
  readonly address: string;
  readonly port: number;
  readonly zone: string;
  readonly state: 'initial' | 'healthy' | 'unhealthy' | 'draining';
}

/** The targets of a target group at a moment: the tasks of services behind it that run, or have begun to stop. */
export function targetsAt(account: Account, targetGroupArn: string, now: number): readonly Target[] {
  return [...account.services.values()].flatMap(({ settings, deployments }) => {
    const ports = (settings.loadBalancers ?? [])
      .filter((one) => one.targetGroupArn === targetGroupArn)
      .map(({ containerPort = 0 }) => containerPort);
    const tasks = deployments.flatMap((deployment) => deployment.tasks);
    return tasks.flatMap((task) => {
      const state = healthAt(task, now);
      if (state === undefined) return [];
      const { privateAddress: address, subnet } = task.network;
      return ports.map((port) => ({ address, port, zone: subnet.availabilityZone, state }));
    });
  });
}

/** The health of a target follows that of its task; undefined for one that is not registered. */
function healthAt(task: TaskRecord, now: number): Target['state'] | undefined {
  const course = courseOf(task);
  const status = statusAt(course, now);
  if (status === 'DEACTIVATING' || status === 'STOPPING') return 'draining';
  if (status !== 'RUNNING') return undefined;
  if (now >= course.unhealthyAt) return 'unhealthy';
  return now >= course.settledAt ? 'healthy' : 'initial';
}
