import type { Tag } from '../../fargate/task-definition.ts';
import type { Capacity } from '../../transformer/capacity.ts';
import type { ServiceSettings } from '../../transformer/service-settings.ts';

export type AutoScaling = NonNullable<ServiceSettings['autoScaling']>;

/** A measure that is kept near a value; `resourceLabel` says whose requests are counted. */
export type ScalingPolicy = NonNullable<AutoScaling['targetTracking']>[number] & { readonly resourceLabel?: string };

export type ScheduledAction = NonNullable<AutoScaling['scheduledActions']>[number];

/** What Application Auto Scaling does with a service. */
export interface ScalingState {
  /** Absent where it leaves the service alone. */
  readonly capacity?: Capacity;
  /** It lets the service alone for a while, whatever its policies and schedules say. */
  readonly suspended?: true;
  /** By name. */
  readonly policies: ReadonlyMap<string, ScalingPolicy>;
  readonly scheduledActions: readonly ScheduledAction[];
}

/** A service as Application Auto Scaling knows it. */
export interface ScaledService {
  /** Name or ARN. */
  readonly cluster: string;
  readonly service: string;
}

/** What the deployer asks of Application Auto Scaling. Every method may throw an `AwsError`. */
export interface Scaling {
  describe(service: ScaledService): Promise<ScalingState>;
  /** Makes a target or changes its capacity. Only one that is made takes tags. */
  registerTarget(service: ScaledService, capacity: Capacity, tags: readonly Tag[]): Promise<void>;
  /** Lets policies and schedules rest, or work again. */
  suspend(service: ScaledService, suspended: boolean): Promise<void>;
  /** With the target go its policies and scheduled actions. One that is gone already is no error. */
  deregisterTarget(service: ScaledService): Promise<void>;
  putPolicy(service: ScaledService, name: string, policy: ScalingPolicy): Promise<void>;
  deletePolicy(service: ScaledService, name: string): Promise<void>;
  putScheduledAction(service: ScaledService, action: ScheduledAction): Promise<void>;
  deleteScheduledAction(service: ScaledService, name: string): Promise<void>;
}

/** The state of a service that nothing scales. */
export const unscaled: ScalingState = { policies: new Map(), scheduledActions: [] };
