import type { Tag } from '../../fargate/task-definition.ts';
import type { Capacity } from '../../transformer/capacity.ts';
import { type Comparison, type Json, normalise } from '../normal-form.ts';
import type { ServiceMembers } from '../service/service-account.ts';
import type { ScalingOperation } from './operation.ts';
import type { AutoScaling, ScalingPolicy, ScalingState } from './scaling.ts';

/** Source: Application Auto Scaling API Reference, TargetTrackingScalingPolicyConfiguration, PutScheduledAction. */
const comparison: Comparison = { defaults: { disableScaleIn: false, timezone: 'UTC' }, sets: {}, spellings: {} };

/** What counts the requests of a target group. */
const requestCount = 'ALBRequestCountPerTarget';

export interface DesiredScaling {
  readonly service: string;
  /** Absent for a service that is only to be made. */
  readonly serviceArn?: string | undefined;
  /** Absent: nothing is to scale it. */
  readonly autoScaling?: AutoScaling | undefined;
  readonly loadBalancers: NonNullable<ServiceMembers['loadBalancers']>;
  readonly tags: readonly Tag[];
  /** Whether what is there was made by the project, so that what is too much may go. */
  readonly own: boolean;
}

/** The steps that make the auto scaling of a service as desired; none where it is, and none that touch another's. */
export function planScaling(desired: DesiredScaling, observed: ScalingState): readonly ScalingOperation[] {
  const { service, serviceArn, autoScaling, own } = desired;
  if (autoScaling === undefined) {
    return own && serviceArn !== undefined ? [{ kind: 'deregister-scalable-target', service, serviceArn }] : [];
  }
  const { minCapacity, maxCapacity } = autoScaling;
  return [
    ...targets(desired, { minCapacity, maxCapacity }, observed.capacity),
    ...(observed.suspended ? [{ kind: 'resume-scaling', service } as const] : []),
    ...policies(desired, autoScaling, observed),
    ...scheduledActions(desired, autoScaling, observed),
  ];
}

function targets(
  { service, tags }: DesiredScaling,
  capacity: Capacity,
  before: Capacity | undefined,
): readonly ScalingOperation[] {
  if (before !== undefined && same(capacity, before)) return [];
  return [
    before === undefined
      ? { kind: 'register-scalable-target', service, capacity, tags }
      : { kind: 'register-scalable-target', service, capacity, tags: [], before },
  ];
}

/** A policy has the name of its metric, of which a service takes one. */
function policies(
  { service, loadBalancers, own }: DesiredScaling,
  { targetTracking = [] }: AutoScaling,
  observed: ScalingState,
): readonly ScalingOperation[] {
  const [first] = loadBalancers;
  const wanted = targetTracking.map((policy) => {
    const targetGroupArn = policy.predefinedMetricType === requestCount ? first?.targetGroupArn : undefined;
    return { policy, name: policy.predefinedMetricType, ...(targetGroupArn === undefined ? {} : { targetGroupArn }) };
  });
  const surplus = own ? [...observed.policies.keys()].filter((name) => !wanted.some((one) => one.name === name)) : [];
  return [
    ...wanted
      .filter(({ name, policy, targetGroupArn }) => !hasPolicy(observed.policies.get(name), policy, targetGroupArn))
      .map((one) => ({ kind: 'put-scaling-policy', service, ...one }) as const),
    ...surplus.map((name) => ({ kind: 'delete-scaling-policy', service, name }) as const),
  ];
}

/** The label ends with the target group; the load balancer before it is found out when the policy is made. */
function hasPolicy(
  observed: ScalingPolicy | undefined,
  policy: ScalingPolicy,
  targetGroupArn: string | undefined,
): boolean {
  if (observed === undefined) return false;
  const { resourceLabel = '', ...rest } = observed;
  const group = targetGroupArn?.slice(targetGroupArn.lastIndexOf(':') + 1);
  return same(rest, policy) && (group === undefined || resourceLabel.endsWith(`/${group}`));
}

function scheduledActions(
  { service, own }: DesiredScaling,
  { scheduledActions: wanted = [] }: AutoScaling,
  { scheduledActions: observed }: ScalingState,
): readonly ScalingOperation[] {
  const names = wanted.map(({ scheduledActionName }) => scheduledActionName);
  return [
    ...wanted
      .filter((action) => !observed.some((one) => same(one, action)))
      .map((action) => ({ kind: 'put-scheduled-action', service, action }) as const),
    ...observed
      .filter(({ scheduledActionName: name }) => own && !names.includes(name))
      .map(({ scheduledActionName: name }) => ({ kind: 'delete-scheduled-action', service, name }) as const),
  ];
}

function same(one: object, other: object): boolean {
  const text = (value: object) => JSON.stringify(normalise(value as unknown as Json, comparison));
  return text(one) === text(other);
}
