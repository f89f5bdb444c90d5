import type { Event, RolloutProgress } from '../../deployer.ts';
import type { Source } from '../../source/source.ts';

/** The deployer's events, and those of the commands around it. */
export type OnlineEvent =
  | Event
  | Own<'simulated', 'info', Readonly<Record<never, never>>>
  | Own<'simulate/invalid', 'error', { readonly container: string; readonly problem: string; readonly source: Source }>
  | Own<'simulate/no-account', 'error', { readonly message: string }>
  | Own<'region/missing', 'error', Readonly<Record<never, never>>>
  | Own<'service/unknown', 'error', { readonly service: string; readonly known: readonly string[] }>
  | Own<'tasks/none', 'info', { readonly family: string; readonly cluster: string }>
  | Own<'tasks/still-running', 'info', { readonly tasks: readonly string[] }>
  | Own<'tasks/remains', 'info', { readonly family: string; readonly logGroups: readonly string[] }>
  | Own<'service/none', 'info', { readonly service: string; readonly cluster: string }>
  | Own<'service/bare-tasks', 'warning', { readonly family: string; readonly tasks: readonly string[] }>
  | Own<'service/still-runs', 'info', { readonly service: string }>
  | Own<'service/stays', 'info', { readonly service: string }>
  | Own<'rollout/failed', 'error', RolloutFailure>
  | Own<'rollout/timed-out', 'error', RolloutProgress & { readonly seconds: number }>
  | Own<'rollout/interrupted', 'warning', { readonly service: string }>
  | Own<'logs/missing', 'warning', { readonly container: string; readonly driver: string }>
  | Own<'port/closed', 'warning', ClosedPort>
  | Own<'address/private', 'info', { readonly task: string; readonly address: string }>
  | Own<'address/missing', 'warning', { readonly tasks: readonly string[] }>;

interface Own<Code extends string, Level extends 'info' | 'warning' | 'error', Data> {
  readonly code: Code;
  readonly level: Level;
  readonly data: Data;
}

/** A published port that no security group of its task is known to admit. */
export interface ClosedPort {
  readonly task: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly securityGroups: readonly string[];
  readonly region: string;
}

export interface RolloutFailure {
  readonly service: string;
  readonly revision: string;
  /** FAILED where the circuit breaker has ended it. */
  readonly state?: string;
  /** ECS's own words. */
  readonly reason?: string;
  readonly failedTasks: number;
  readonly rollback?: { readonly revision: string; readonly done: boolean };
  /** The revision of somebody else's rollout. */
  readonly replacedBy?: string;
}
