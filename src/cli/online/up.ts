import {
  type Address,
  execute,
  findAddresses,
  formatAddress,
  hasChanges,
  hasEnded,
  type Observation,
  type Outcome,
  offered,
  revisionName,
  taskId,
} from '../../deployer.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { commandLine, tellPriceAndEnd } from './closing-lines.ts';
import type { OnlineContext, UpOptions } from './context.ts';
import { mayDiscard } from './data-guard.ts';
import type { ClosedPorts } from './event.ts';
import { followLogs } from './follow.ts';
import { formatPlan, summaries } from './plan-text.ts';
import { findPlan, isRefusedByFiles, type Planned, tellDifference } from './planning.ts';
import { inSession, type Session } from './session.ts';
import { defaultTimeout, report } from './verdict.ts';

/** `up`: registers the definition where it has changed, runs it, waits for a verdict, prints the addresses. */
export async function up(context: OnlineContext, options: UpOptions): Promise<ExitCode> {
  if (isRefusedByFiles(context, options)) return exitCode.findings;
  const command = async (session: Session) => {
    const found = await findPlan(context, session, options);
    if (found === undefined) return { code: exitCode.refused };
    const { plan, desired, observed } = found;
    if (options.dryRun) return { code: exitCode.done, result: formatPlan(plan, desired.task, context) };

    const { emit } = session;
    tellDifference(session, found);
    if (!(await mayDiscard(context, session, plan, options))) return { code: exitCode.interrupted };
    emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: hasChanges(plan) } });
    const { timeout = defaultTimeout } = options;
    const outcome = await carryOut(found, session, options, timeout);
    const code = await report(session, desired.task, desired, outcome, timeout);
    sayWhatStillRuns(context, session, observed, outcome);
    const lasts = code === exitCode.done && desired.waitFor !== 'completed';
    const addresses = lasts && desired.waitFor !== 'none' ? await reachable(context, session, outcome) : [];
    if (lasts) tellPriceAndEnd(context, session, desired);
    return { code, result: formatResult(context, session, outcome, addresses) };
  };
  // Lines of logs would tear a live view.
  return inSession(context, command, { live: options.follow !== true });
}

async function carryOut(
  { plan, desired, observed }: Planned,
  session: Session,
  { follow }: UpOptions,
  timeout: number,
): Promise<Outcome> {
  const before = [...observed.tasks, ...observed.foreign];
  if (!follow) return execute(plan, { ...session, observed: before, timeout });
  const following = followLogs(session, desired.task.definition, before);
  try {
    return await execute(plan, { ...following.session, observed: before, timeout });
  } finally {
    await following.end();
  }
}

/** After a plan that did not get to its end, the tasks that were to be replaced are still there, and new ones may be. */
function sayWhatStillRuns(
  { options }: OnlineContext,
  { emit }: Session,
  observed: Observation,
  { verdict, tasks }: Outcome,
): void {
  if (verdict.kind !== 'failed' && verdict.kind !== 'timed-out' && verdict.kind !== 'lost') return;
  const old = [...observed.tasks, ...observed.foreign].filter(({ arn }) => !tasks.some((task) => task.arn === arn));
  if (old.length > 0) {
    emit({ code: 'tasks/still-running', level: 'info', data: { tasks: old.map(({ arn }) => taskId(arn)) } });
  }
  const left = tasks.filter((task) => !hasEnded(task) && task.desiredStatus !== 'STOPPED');
  if (left.length > 0) {
    const data = { tasks: left.map(({ arn }) => taskId(arn)), command: commandLine('down', options) };
    emit({ code: 'tasks/left-running', level: 'info', data });
  }
}

/** The addresses to print; says why one is not among them. */
export async function reachable(
  { task }: OnlineContext,
  session: Session,
  outcome: Outcome,
): Promise<readonly Address[]> {
  const { account, emit, region } = session;
  const addresses = await findAddresses(account, task.published, outcome.tasks, outcome.securityGroups);
  const found = new Set(addresses.map((address) => address.task));
  const missing = outcome.tasks.map(({ arn }) => taskId(arn)).filter((id) => !found.has(id));
  if (missing.length > 0 && offered(task.published).length > 0) {
    emit({ code: 'address/missing', level: 'warning', data: { tasks: missing } });
  }
  for (const ports of closedPorts(addresses)) {
    emit({ code: 'port/closed', level: 'warning', data: { ...ports, region } });
  }
  for (const address of addresses) {
    if (address.open && !address.public) {
      emit({ code: 'address/private', level: 'info', data: { task: address.task, address: formatAddress(address) } });
    }
  }
  return addresses.filter(({ open }) => open);
}

/** The addresses that are not open, by the security groups of their tasks; each port once. */
function closedPorts(addresses: readonly Address[]): readonly Omit<ClosedPorts, 'region'>[] {
  const groups = new Map<string, Address[]>();
  for (const address of addresses.filter(({ open }) => !open)) {
    const key = address.securityGroups.join();
    groups.set(key, [...(groups.get(key) ?? []), address]);
  }
  return [...groups.values()].map((closed) => ({
    ports: [
      ...new Map(closed.map(({ port, protocol }) => [`${port}/${protocol}`, { port, protocol }] as const)).values(),
    ],
    tasks: [...new Set(closed.map(({ task }) => task))],
    securityGroups: closed[0]?.securityGroups ?? [],
  }));
}

function formatResult(
  { options }: OnlineContext,
  { cluster, family, project }: Session,
  { verdict, revision, tasks }: Outcome,
  addresses: readonly Address[],
): string {
  if (!options.json) return addresses.map((address) => `${formatAddress(address)}\n`).join('');
  const document = {
    project,
    family,
    cluster,
    outcome: verdict.kind,
    revision: revision && revisionName(revision.arn),
    tasks: tasks.map(({ arn, revisionArn, lastStatus, healthStatus }) => ({
      id: taskId(arn),
      arn,
      revision: revisionName(revisionArn),
      lastStatus,
      healthStatus,
    })),
    addresses: addresses.map(({ task, container, host, port, protocol }) => ({
      task,
      container,
      host,
      port,
      protocol,
      address: formatAddress({ host, port, protocol }),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
