import type { Tag } from '../../fargate/task-definition.ts';
import type { Capacity } from '../../transformer/capacity.ts';
import type { ScalingPolicy, ScheduledAction } from './scaling.ts';

/** One step of a plan for the auto scaling of a service. */
export type ScalingOperation =
  | {
      readonly kind: 'register-scalable-target';
      readonly service: string;
      readonly capacity: Capacity;
      /** Absent where nothing scaled it. */
      readonly before?: Capacity;
      /** Of a target that is made; one that is there keeps those that it has. */
      readonly tags: readonly Tag[];
    }
  | {
      readonly kind: 'put-scaling-policy';
      readonly service: string;
      readonly name: string;
      readonly policy: ScalingPolicy;
      /** Whose requests are counted, where the policy counts any. */
      readonly targetGroupArn?: string;
    }
  | { readonly kind: 'delete-scaling-policy'; readonly service: string; readonly name: string }
  | { readonly kind: 'put-scheduled-action'; readonly service: string; readonly action: ScheduledAction }
  | { readonly kind: 'delete-scheduled-action'; readonly service: string; readonly name: string }
  | { readonly kind: 'suspend-scaling'; readonly service: string }
  | { readonly kind: 'resume-scaling'; readonly service: string }
  /** With its policies and scheduled actions. */
  | { readonly kind: 'deregister-scalable-target'; readonly service: string; readonly serviceArn: string };

/** What an operation does, in a sentence without its full stop. */
export function scalingSentence(operation: ScalingOperation): string {
  const { service } = operation;
  switch (operation.kind) {
    case 'register-scalable-target': {
      const { capacity, before } = operation;
      const now = before === undefined ? '' : `, in place of ${span(before)}`;
      return `Let Application Auto Scaling keep ${span(capacity)} tasks of the service ${service}${now}`;
    }
    case 'put-scaling-policy':
      return `Scale the service ${service} to ${goal(operation.policy)}`;
    case 'delete-scaling-policy':
      return `No longer scale the service ${service} by ${operation.name}`;
    case 'put-scheduled-action': {
      const { scheduledActionName, schedule, timezone, minCapacity, maxCapacity } = operation.action;
      const limits = [
        ...(minCapacity === undefined ? [] : [`at least ${minCapacity}`]),
        ...(maxCapacity === undefined ? [] : [`at most ${maxCapacity}`]),
      ].join(' and ');
      return `Schedule ${scheduledActionName} of the service ${service}: ${limits} tasks from ${schedule}${timezone === undefined ? '' : ` ${timezone}`} on`;
    }
    case 'delete-scheduled-action':
      return `Take the schedule ${operation.name} from the service ${service}`;
    case 'suspend-scaling':
      return `Suspend the auto scaling of the service ${service}, which would start tasks again`;
    case 'resume-scaling':
      return `Resume the auto scaling of the service ${service}`;
    case 'deregister-scalable-target':
      return `End the auto scaling of the service ${service}`;
  }
}

function span({ minCapacity, maxCapacity }: Capacity): string {
  return minCapacity === maxCapacity ? String(minCapacity) : `${minCapacity} to ${maxCapacity}`;
}

const goals: Readonly<Record<string, (value: number) => string>> = {
  ECSServiceAverageCPUUtilization: (value) => `an average of ${value} % CPU`,
  ECSServiceAverageMemoryUtilization: (value) => `an average of ${value} % memory`,
  ALBRequestCountPerTarget: (value) => `${value} requests a minute for each task`,
};

function goal({ predefinedMetricType: metric, targetValue }: ScalingPolicy): string {
  return goals[metric]?.(targetValue) ?? `${metric} ${targetValue}`;
}
