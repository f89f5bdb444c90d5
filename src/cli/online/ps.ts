import {
  type Address,
  type ContainerState,
  findHosts,
  formatAddress,
  isOwn,
  observeTasks,
  revisionName,
  type TaskHost,
  type TaskState,
  taskId,
} from '../../deployer.ts';
import type { TaskDefinition } from '../../fargate/task-definition.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { formatTable } from '../render/table.ts';
import type { OnlineContext, PsOptions } from './context.ts';
import { inSession, type Session } from './session.ts';

/** A container of a task, as `ps` shows it. */
interface ContainerRow {
  readonly container: string;
  readonly task: string;
  readonly state: string;
  readonly health: string;
  readonly addresses: readonly string[];
  readonly revision: string;
  /** Seconds for which the task has run; absent before it did, and after. */
  readonly uptime?: number;
  readonly exitCode?: number;
  /** Why it stopped. */
  readonly reason?: string;
}

/** `ps`: the containers of the project's tasks. */
export function ps(context: OnlineContext, options: PsOptions): Promise<ExitCode> {
  return inSession(context, async (session) => {
    const { emit, family, cluster } = session;
    const tasks = await ownTasks(session, options.all === true);
    if (tasks.length === 0) emit({ code: 'tasks/none', level: 'info', data: { family, cluster } });
    const rows = await describe(session, tasks);
    const result = context.options.json
      ? `${JSON.stringify(rows, null, 2)}\n`
      : rows.length === 0
        ? ''
        : format(rows, options.all === true);
    return { code: exitCode.done, result };
  });
}

async function ownTasks(session: Session, all: boolean): Promise<readonly TaskState[]> {
  const { account, project } = session;
  const desired = all ? (['RUNNING', 'STOPPED'] as const) : (['RUNNING'] as const);
  const found = await Promise.all(desired.map((status) => observeTasks(account, session, status)));
  return found.flatMap(({ tasks }) => tasks).filter((task) => isOwn(task, project));
}

async function describe(session: Session, tasks: readonly TaskState[]): Promise<readonly ContainerRow[]> {
  const { account, io } = session;
  const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const revisions = [...new Set(running.map(({ revisionArn }) => revisionArn))];
  const [hosts, definitions] = await Promise.all([
    findHosts(account, running),
    Promise.all(revisions.map(async (arn) => [arn, (await account.revision(arn)).definition] as const)),
  ]);
  const known = new Map(definitions);
  return tasks.flatMap((task) =>
    task.containers.map((container) =>
      row(task, container, hosts.get(task.arn), known.get(task.revisionArn), io.host.now()),
    ),
  );
}

function row(
  task: TaskState,
  { name, lastStatus, healthStatus, exitCode: code, reason }: ContainerState,
  host: TaskHost | undefined,
  definition: TaskDefinition | undefined,
  now: number,
): ContainerRow {
  const ports = definition?.containerDefinitions.find((one) => one.name === name)?.portMappings ?? [];
  const stopped = reason ?? task.stoppedReason;
  const runs = lastStatus === 'RUNNING' && task.startedAt !== undefined;
  return {
    container: name,
    task: taskId(task.arn),
    state: lastStatus,
    health: healthStatus,
    addresses:
      host === undefined ? [] : ports.flatMap(({ containerPort, protocol }) => address(host, containerPort, protocol)),
    revision: revisionName(task.revisionArn),
    ...(runs ? { uptime: Math.max(0, Math.floor((now - (task.startedAt as number)) / 1000)) } : {}),
    ...(code === undefined ? {} : { exitCode: code }),
    ...(stopped === undefined ? {} : { reason: stopped }),
  };
}

function address({ host }: TaskHost, port: number | undefined, protocol = 'tcp'): readonly string[] {
  if (port === undefined) return [];
  return [formatAddress({ host, port, protocol: protocol as Address['protocol'] })];
}

function format(rows: readonly ContainerRow[], all: boolean): string {
  const head = ['CONTAINER', 'TASK', 'STATE', 'HEALTH', 'ADDRESS', 'REVISION', 'UPTIME'];
  const cells = rows.map((one) => [
    one.container,
    one.task,
    one.exitCode === undefined ? one.state : `${one.state} (${one.exitCode})`,
    one.health === 'UNKNOWN' ? '-' : one.health,
    one.addresses.join(', ') || '-',
    one.revision,
    one.uptime === undefined ? '-' : formatUptime(one.uptime),
  ]);
  if (!all) return formatTable(head, cells);
  return formatTable(
    [...head, 'REASON'],
    cells.map((row, index) => [...row, rows[index]?.reason ?? '-']),
  );
}

/** The two largest units of a time in seconds: `3d 4h`, `5m 10s`, `12s`. */
function formatUptime(seconds: number): string {
  const amounts = [
    `${Math.floor(seconds / 86_400)}d`,
    `${Math.floor(seconds / 3_600) % 24}h`,
    `${Math.floor(seconds / 60) % 60}m`,
    `${seconds % 60}s`,
  ];
  const first = amounts.findIndex((amount) => !amount.startsWith('0'));
  return first < 0 ? '0s' : amounts.slice(first, first + 2).join(' ');
}
