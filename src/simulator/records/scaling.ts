/** A service that Application Auto Scaling looks after. */
export interface ScalableTarget {
  readonly dimension: {
    readonly ServiceNamespace: string;
    readonly ResourceId: string;
    readonly ScalableDimension: string;
  };
  readonly minCapacity: number;
  readonly maxCapacity: number;
  /** What of it rests. */
  readonly suspended: SuspendedState;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
  /** As they were put, by name. */
  readonly policies: Map<string, object>;
  readonly actions: Map<string, object>;
}

/** The parts of the scaling that can be suspended, by the names of the API. */
export type SuspendedState = Readonly<
  Record<'DynamicScalingInSuspended' | 'DynamicScalingOutSuspended' | 'ScheduledScalingSuspended', boolean>
>;
