import type {
  Call,
  DockerError,
  Event,
  Leftover,
  LogEntry,
  LostVolume,
  RegistryRole,
  RolloutProgress,
  UnreachableRegistry,
  UseElsewhere,
} from '../../deployer.ts';
import type { Severity } from '../../diagnostics/diagnostic.ts';
import type { Source } from '../../source/source.ts';
import type { Capacity } from '../../transformer/capacity.ts';
import type { ShownDifference } from './difference.ts';
import type { Overruled } from './launch-options.ts';

/** The deployer's events, and those of the commands around it. */
export type OnlineEvent =
  | Event
  | Own<'simulated', 'info', Readonly<Record<never, never>>>
  | Own<'simulate/invalid', 'error', { readonly container: string; readonly problem: string; readonly source: Source }>
  | Own<'simulate/no-account', 'error', { readonly message: string }>
  | Own<'region/missing', 'error', Readonly<Record<never, never>>>
  | Own<'profile/of-ecs-cli', 'error', { readonly profile: string }>
  | Own<'service/unknown', 'error', { readonly service: string; readonly known: readonly string[] }>
  | Own<'cluster/used', 'info', { readonly stack: string; readonly uses: readonly string[] }>
  | Own<'cluster/unchanged', 'info', Readonly<Record<never, never>>>
  | Own<'cluster/ready', 'info', { readonly cluster: string }>
  | Own<'cluster/none', 'info', { readonly cluster: string; readonly stack: string }>
  | Own<'cluster/destroys', 'warning', { readonly changes: readonly string[] }>
  | Own<'cluster/unconfirmed', 'error', Readonly<Record<never, never>>>
  | Own<'cluster/declined', 'info', Readonly<Record<never, never>>>
  | Own<
      'cluster/remains',
      'info',
      { readonly cluster: string; readonly projects: readonly string[]; readonly vpc?: string }
    >
  | Own<'purge/destroys', 'warning', { readonly operations: readonly string[] }>
  | Own<'purge/unconfirmed', 'error', Readonly<Record<never, never>>>
  | Own<'purge/declined', 'info', Readonly<Record<never, never>>>
  | Own<'tasks/none', 'info', { readonly family: string; readonly cluster: string }>
  | Own<'tasks/still-running', 'info', { readonly tasks: readonly string[] }>
  | Own<'tasks/left-running', 'info', { readonly tasks: readonly string[]; readonly command: string }>
  | Own<'tasks/stop-with', 'info', { readonly command: string }>
  | Own<'option/overrules', 'info', Overruled>
  | Own<'plan/difference', 'info', ShownDifference>
  | Own<'plan/no-definition', 'error', { readonly file: string }>
  | Own<'volume/lost', 'warning', { readonly volumes: readonly LostVolume[] }>
  | Own<'up/declined', 'info', Readonly<Record<never, never>>>
  | Own<'price/estimated', 'info', Price>
  | Own<'log/line', 'info', LogEntry & { readonly label: string }>
  | Own<'follow/stopped', 'info', Readonly<Record<never, never>>>
  | Own<'follow/refused', 'warning', { readonly message: string; readonly help: string | undefined }>
  | Own<'tasks/of-service', 'warning', { readonly service: string }>
  | Own<'tasks/one-off', 'info', { readonly tasks: readonly string[] }>
  | Own<'tasks/remains', 'info', Remains>
  | Own<'transform/task-role-missing', Severity, Finding>
  | Own<'task/unknown', 'error', { readonly id: string; readonly tasks: readonly string[] }>
  | Own<'task/explained', 'info', { readonly task: string; readonly cause: string; readonly remedy?: string }>
  | Own<'run/restarts', 'warning', { readonly container: string; readonly seconds: number }>
  | Own<'run/started', 'info', { readonly task: string; readonly container: string }>
  | Own<'run/line', 'info', { readonly container: string; readonly time: string; readonly text: string }>
  | Own<'run/ended', 'info', RunEnd>
  | Own<'run/stopped', 'warning', { readonly task: string; readonly container: string }>
  | Own<'run/left', 'warning', { readonly task: string }>
  | Own<'exec/simulated', 'error', Readonly<Record<never, never>>>
  | Own<'exec/no-plugin', 'error', Readonly<Record<never, never>>>
  | Own<'exec/no-task', 'error', { readonly family: string; readonly cluster: string }>
  | Own<'exec/task', 'info', { readonly task: string; readonly others: readonly string[] }>
  | Own<'exec/not-enabled', 'error', { readonly task: string }>
  | Own<'exec/not-running', 'error', { readonly task: string; readonly container: string; readonly status: string }>
  | Own<'scale/no-revision', 'error', { readonly family: string }>
  | Own<'scale/service', 'error', { readonly service: string }>
  | Own<'scale/outside-capacity', 'warning', OutsideCapacity>
  | Own<'scale/unchanged', 'info', { readonly count: number; readonly family: string }>
  | Own<'aws/called', 'info', Call>
  | Own<'service/none', 'info', { readonly service: string; readonly cluster: string }>
  | Own<'service/bare-tasks', 'warning', { readonly family: string; readonly tasks: readonly string[] }>
  | Own<'service/stays', 'info', { readonly service: string }>
  | Own<'role/stays', 'info', { readonly role: string; readonly uses: readonly UseElsewhere[] }>
  | Own<'namespace/stays', 'info', { readonly namespace: string; readonly names: readonly string[] }>
  | Own<'rollout/failed', 'error', RolloutFailure>
  | Own<'rollout/timed-out', 'error', RolloutProgress & { readonly seconds: number }>
  | Own<'rollout/interrupted', 'warning', { readonly service: string }>
  | Own<'logs/missing', 'warning', { readonly container: string; readonly driver: string }>
  | Own<'port/closed', 'warning', ClosedPorts>
  | Own<'port/withheld', 'warning', WithheldPort>
  | Own<'registry/unreachable', 'warning', UnreachableRegistry>
  | Own<'task/addresses', 'info', { readonly task: string; readonly host: string; readonly privateHost: string }>
  | Own<'address/answers', 'info', { readonly address: string; readonly status?: number }>
  | Own<
      'address/silent',
      'warning',
      {
        readonly address: string;
        readonly reason: string;
        /** Whose address it is; absent: a task's. */
        readonly loadBalancer?: string;
      }
    >
  | Own<'address/private', 'info', { readonly task: string; readonly address: string }>
  | Own<'address/certificate', 'info', { readonly host: string }>
  | Own<'address/internal', 'info', { readonly loadBalancer: string; readonly address: string }>
  | Own<'build/unknown', 'error', { readonly service: string; readonly known: readonly string[] }>
  | Own<'build/none', 'info', Readonly<Record<never, never>>>
  | Own<'build/simulated', 'info', Readonly<Record<never, never>>>
  | Own<'build/assumed', 'info', Readonly<Record<never, never>>>
  | Own<'docker/output', 'info', { readonly line: string }>
  | Own<'docker/missing', 'error', Readonly<Record<never, never>>>
  | Own<'docker/failed', 'error', { readonly action: DockerError['action']; readonly detail: string }>
  | Own<'secret/sibling', 'warning', { readonly variables: readonly string[] }>
  | Own<'secret/unmentioned', 'info', { readonly variables: readonly string[] }>
  | Own<'registry/kept', 'warning', { readonly secrets: readonly string[] }>
  | Own<'registry/missing', 'error', { readonly secrets: readonly string[]; readonly region: string }>
  | Own<'registry/role', 'info', Readonly<Record<never, never>>>
  | Own<'registry/foreign-role', 'warning', { readonly role: string } & NonNullable<RegistryRole['foreign']>>
  | Own<'registry/unchanged', 'info', { readonly file: string }>
  | Own<'repository/missing', 'info', { readonly repository: string }>
  | Own<'address/missing', 'warning', { readonly tasks: readonly string[] }>
  | Own<'address/refused', 'warning', { readonly message: string; readonly help?: string }>;

interface Own<Code extends string, Level extends 'info' | 'warning' | 'error', Data> {
  readonly code: Code;
  readonly level: Level;
  readonly data: Data;
}

/** A finding about the files that holds as the account is. */
interface Finding {
  readonly message: string;
  readonly help: string | undefined;
  readonly source: Source | undefined;
}

/** How the container of a one-off task ended. */
interface RunEnd {
  readonly task: string;
  readonly container: string;
  readonly exitCode: number;
  /** Why, where ECS says it. */
  readonly reason?: string;
}

/** What is still there when the tasks have stopped. */
interface Remains {
  readonly leftovers: readonly Leftover[];
  /** The command that removes what is the project's of it; absent where it has just run. */
  readonly purge?: string;
}

/** A number of tasks that auto scaling does not keep. */
export interface OutsideCapacity extends Capacity {
  readonly service: string;
  readonly count: number;
  /** How many it leaves. */
  readonly left: number;
}

/** Published ports that none of these security groups, those of their tasks, is known to admit. */
export interface ClosedPorts {
  readonly ports: readonly {
    readonly port: number;
    readonly protocol: 'tcp' | 'udp';
    /** The security group of the load balancer that is before it: its id, or its name before it is made. */
    readonly from?: string;
  }[];
  /** None before they run. */
  readonly tasks: readonly string[];
  readonly securityGroups: readonly string[];
  readonly region: string;
}

/** A published port of a database or cache, which the project's own security group keeps closed. */
export interface WithheldPort {
  readonly container: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly source: Source;
}

/** What all tasks of a project cost. */
export interface Price {
  /** Absent where the price of the tasks is not known, in the region or for the platform. */
  readonly dollarsPerHour?: number;
  /** What costs, and is not in it, for its price in the region is not known: storage above 20 GiB, the load balancer with its addresses. */
  readonly without: readonly ('storage' | 'load-balancer')[];
  /** The day to which the price belongs. */
  readonly asOf: string;
  readonly region: string;
  readonly tasks: number;
  /** Whether each task has a public address, the price of which is included. */
  readonly publicAddresses: boolean;
  /** Whether a load balancer of the project's own is before them, the price of which counts without traffic. */
  readonly loadBalancer: boolean;
  /** Whether they run on Fargate Spot, whose price changes, and is lower. */
  readonly spot: boolean;
  readonly simulated: boolean;
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
