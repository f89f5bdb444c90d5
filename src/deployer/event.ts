import type { ContainerState } from './account.ts';
import type { FailedResource, StackFailure } from './cluster/follow-stack.ts';
import type { ClusterObstacle } from './cluster/observe-cluster.ts';
import type { StackOperation } from './cluster/stack-operation.ts';
import type { WaitFor } from './desired.ts';
import type { Failure } from './failure.ts';
import type { Operation } from './operation.ts';
import type { Obstacle } from './plan.ts';
import type { RolloutProgress } from './service/rollout.ts';

/** Everything that the deployer says while a plan is made and runs; whoever shows it turns it into words. */
export type Event =
  | Is<'plan/reading', 'info', { readonly family: string; readonly cluster: string }>
  | Is<'plan/made', 'info', { readonly operations: readonly OperationSummary[]; readonly changes: boolean }>
  | Is<'plan/blocked', 'error', Obstacle>
  | Is<'operation/started', 'info', OperationSummary>
  | Is<'operation/done', 'info', OperationSummary & { readonly result: string }>
  | Is<'task/changed', 'info', TaskProgress>
  | Is<'task/failed', 'error', Failure>
  | Is<'task/lost', 'error', { readonly tasks: readonly string[]; readonly cluster: string }>
  | Is<'wait/timed-out', 'error', TimedOut>
  | Is<'wait/interrupted', 'warning', { readonly tasks: readonly string[] }>
  | Is<'network/group-left', 'warning', { readonly group: string; readonly name: string }>
  | Is<'service/event', 'info', { readonly service: string; readonly message: string }>
  | Is<'rollout/changed', 'info', RolloutProgress>
  | Is<'cluster/left', 'warning', { readonly cluster: string }>
  | Is<'stack/reading', 'info', { readonly stack: string; readonly cluster: string }>
  | Is<'stack/blocked', 'error', ClusterObstacle>
  | Is<'stack/refused', 'error', { readonly stack: string; readonly reason: string }>
  | Is<'stack/rolling-back', 'warning', Partial<FailedResource>>
  | Is<'stack/failed', 'error', StackFailure>
  | Is<'stack/timed-out', 'error', { readonly stack: string; readonly status: string; readonly seconds: number }>
  | Is<'stack/interrupted', 'warning', { readonly stack: string }>
  | Is<
      'aws/refused',
      'error',
      { readonly action: string; readonly error: string; readonly message: string; readonly help?: string }
    >;

interface Is<Code extends string, Level extends 'info' | 'warning' | 'error', Data> {
  readonly code: Code;
  readonly level: Level;
  readonly data: Data;
}

/** Takes an event. */
export type Emit = (event: Event) => void;

/** A step of a plan as it is told. */
export interface OperationSummary {
  /** Its place in the plan, from 0. */
  readonly index: number;
  readonly kind: Operation['kind'] | StackOperation['kind'];
  /** What it does, without a full stop. */
  readonly sentence: string;
}

/** How far a task has come. */
export interface TaskProgress {
  readonly task: string;
  readonly status: string;
  readonly containers: readonly Pick<ContainerState, 'name' | 'lastStatus' | 'healthStatus'>[];
}

export interface TimedOut {
  /** Absent where tasks were to stop. */
  readonly waitFor?: WaitFor;
  readonly tasks: readonly TaskProgress[];
  readonly seconds: number;
}
