import {
  type Address,
  type ContainerState,
  type Entrance,
  explainFailure,
  formatAddress,
  isBalanced,
  oneOffService,
  revisionName,
  type TaskState,
  taskId,
} from '../../deployer.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { Output } from '../io.ts';
import { jsonDocument } from '../render/json-document.ts';
import { formatTable } from '../render/table.ts';
import { addressesOf } from './addresses.ts';
import type { OnlineContext, PsOptions } from './context.ts';
import { type Answer, isProbeable, probeOnce, type Tried } from './probe.ts';
import { type AddressJson, addressJson, subjectJson } from './results.ts';
import { entrancesOf, targetsOf, withoutBalanced } from './service/entrances.ts';
import { inSession, type Session } from './session.ts';
import { ownTasks } from './tasks.ts';

/** A container of a task, as `ps` shows it. */
interface ContainerRow {
  readonly container: string;
  readonly task: string;
  /** The service whose command the task was run once for. */
  readonly oneOff?: string;
  readonly lastStatus: string;
  readonly healthStatus: string;
  /** Where its published ports are reached, by a load balancer or at the task; those that are closed too. */
  readonly addresses: readonly AddressJson[];
  /** Where its task is reached within its VPC; absent before it has an address, and after. */
  readonly privateHost?: string;
  readonly revision: string;
  /** Seconds for which the task has run; absent before it did, and after. */
  readonly uptime?: number;
  readonly exitCode?: number;
  /** Why it stopped. */
  readonly reason?: string;
}

/** `ps`: the containers of the project's tasks; with `-q` the ids of the tasks alone. */
export function ps(context: OnlineContext, options: PsOptions): Promise<ExitCode> {
  return inSession(context, async (session) => {
    const { emit, family, cluster } = session;
    const { json, quiet } = context.options;
    const { all, desiredStatus = 'RUNNING' } = options;
    const statuses = all ? (['RUNNING', 'STOPPED'] as const) : [desiredStatus];
    const lists = await Promise.all(statuses.map((one) => ownTasks(session, one)));
    const tasks = lists.flat();
    if (tasks.length === 0) emit({ code: 'tasks/none', level: 'info', data: { family, cluster } });
    if (quiet && !json) return { code: exitCode.done, result: lines(tasks.map(({ arn }) => taskId(arn))) };
    if (options.services && !json) {
      const names = new Set(tasks.flatMap(({ containers }) => containers.map(({ name }) => name)));
      return { code: exitCode.done, result: lines([...names]) };
    }
    if (!json) explain(context, session, tasks);
    const rows = await describe(context, session, tasks, options);
    const result = json
      ? jsonDocument({ ...subjectJson(session), containers: rows })
      : rows.length === 0
        ? ''
        : table(rows, statuses.includes('STOPPED'), session.io.out);
    return { code: exitCode.done, result };
  });
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}

/** Says why tasks failed and what to do, each cause once: for the newest task that has it. */
function explain({ task }: OnlineContext, { emit }: Session, tasks: readonly TaskState[]): void {
  const failures = tasks.filter(hasFailed).map((state) => explainFailure(state, task));
  const byCause = new Map(failures.map((failure) => [failure.cause, failure]));
  for (const { task: id, cause, remedy } of byCause.values()) {
    const data = { task: id, cause, ...(remedy === undefined ? {} : { remedy }) };
    emit({ code: 'task/explained', level: 'info', data });
  }
}

/** Whether a task stopped otherwise than by somebody's wish, or with its work done. */
function hasFailed({ stopCode, containers }: TaskState): boolean {
  if (stopCode === undefined || stopCode === 'UserInitiated' || stopCode === 'ServiceSchedulerInitiated') return false;
  return stopCode !== 'EssentialContainerExited' || containers.some(({ exitCode: code }) => code !== 0);
}

async function describe(
  context: OnlineContext,
  session: Session,
  tasks: readonly TaskState[],
  options: PsOptions,
): Promise<readonly ContainerRow[]> {
  const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const targets = await targetsNow(context, session, running);
  const entrances = await entrancesOf(session, targets);
  const directly = withoutBalanced(context, targets);
  const addresses = (await addressesOf(directly, session, { tasks: running, securityGroups: [] })) ?? [];
  const answers = options.probe ? await answersOf([...entrances, ...addresses], session) : undefined;
  return tasks.flatMap((state) => {
    const own = addresses.filter((address) => address.task === taskId(state.arn));
    const ways = running.includes(state) ? [...entrances, ...own] : own;
    return state.containers.map((container) => row(state, container, ways, session.io.host.now(), answers));
  });
}

/** The target groups that the service stands behind, where the files or the tags of its tasks say that there are any. */
async function targetsNow(
  { task, ofService }: OnlineContext,
  { account, cluster, family }: Session,
  running: readonly TaskState[],
): Promise<ReturnType<typeof targetsOf>> {
  if (!ofService || running.length === 0) return [];
  const { loadBalancers = [], applicationLoadBalancer } = task.run.service ?? {};
  const isSaid = loadBalancers.length > 0 || applicationLoadBalancer !== undefined;
  return isSaid || running.some(isBalanced) ? targetsOf(await account.describeService(cluster, family)) : [];
}

/** What somebody gets who tries the addresses that can be tried from here, once and all at once. */
async function answersOf(addresses: readonly Tried[], { endpoint }: Session): Promise<ReadonlyMap<string, Answer>> {
  const tried = addresses.filter((address) => isProbeable(address, endpoint));
  return new Map(
    await Promise.all(
      tried.map(async (address) => [formatAddress(address), await probeOnce(address, endpoint)] as const),
    ),
  );
}

function row(
  task: TaskState,
  { name, lastStatus, healthStatus, exitCode: code, reason }: ContainerState,
  addresses: readonly (Address | Entrance)[],
  now: number,
  answers: ReadonlyMap<string, Answer> | undefined,
): ContainerRow {
  const oneOff = oneOffService(task);
  const own = addresses.filter(({ container }) => container === name);
  const stopped = reason ?? task.stoppedReason;
  const runs = lastStatus === 'RUNNING' && task.startedAt !== undefined;
  return {
    container: name,
    task: taskId(task.arn),
    ...(oneOff === undefined ? {} : { oneOff }),
    lastStatus,
    healthStatus,
    addresses: own.map((address) => addressJson(address, answers?.get(formatAddress(address)))),
    ...(runs && task.privateAddress !== undefined ? { privateHost: task.privateAddress } : {}),
    revision: revisionName(task.revisionArn),
    ...(runs ? { uptime: Math.max(0, Math.floor((now - (task.startedAt as number)) / 1000)) } : {}),
    ...(code === undefined ? {} : { exitCode: code }),
    ...(stopped === undefined ? {} : { reason: stopped }),
  };
}

/** The table; on a terminal that it is too wide for with ids as short as elsewhere, and then without private addresses. */
function table(rows: readonly ContainerRow[], stopped: boolean, { isTerminal, columns }: Output): string {
  const short = rows.map((row) => ({ ...row, task: row.task.slice(0, 8) }));
  const narrow = heads.filter((head) => head !== 'PRIVATE ADDRESS');
  const fits = (text: string) => !isTerminal || text.split('\n').every((line) => line.length <= columns);
  return [format(rows, stopped), format(short, stopped)].find(fits) ?? format(short, stopped, narrow);
}

const cells = {
  CONTAINER: ({ container }) => container,
  TASK: ({ task, oneOff }) => (oneOff === undefined ? task : `${task} (one-off)`),
  STATE: ({ lastStatus, exitCode: code }) => (code === undefined ? lastStatus : `${lastStatus} (${code})`),
  HEALTH: ({ healthStatus }) => (healthStatus === 'UNKNOWN' ? '-' : healthStatus),
  ADDRESS: ({ addresses }) => addresses.map(tried).join(', ') || '-',
  'PRIVATE ADDRESS': ({ privateHost }) => privateHost ?? '-',
  REVISION: ({ revision }) => revision,
  UPTIME: ({ uptime }) => (uptime === undefined ? '-' : formatUptime(uptime)),
  REASON: ({ reason }) => reason ?? '-',
} satisfies Readonly<Record<string, (row: ContainerRow) => string>>;

type Head = keyof typeof cells;

const heads = Object.keys(cells) as readonly Head[];

function format(rows: readonly ContainerRow[], stopped: boolean, shown: readonly Head[] = heads): string {
  const told = shown.filter((head) => stopped || head !== 'REASON');
  return formatTable(
    told,
    rows.map((row) => told.map((head) => cells[head](row))),
  );
}

/** An address, and what came of trying it, or that no security group is known to admit it. */
function tried({ address, open, answer }: AddressJson): string {
  if (open === false) return `${address} (closed)`;
  if (answer === undefined) return address;
  if (answer.kind === 'silent') return `${address} (no answer)`;
  return `${address} (${answer.kind === 'http' ? `HTTP ${answer.httpStatus}` : 'connects'})`;
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
