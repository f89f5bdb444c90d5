import {
  type Address,
  execute,
  hasChanges,
  hasEnded,
  type Observation,
  type Outcome,
  revisionName,
  taskId,
} from '../../deployer.ts';
import { commandLine } from '../command-line.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { jsonDocument } from '../render/json-document.ts';
import { addressLines } from './addresses.ts';
import { tellPriceAndEnd } from './closing-lines.ts';
import type { OnlineContext, UpOptions } from './context.ts';
import { mayDiscard } from './data-guard.ts';
import type { Price } from './event.ts';
import { executeFollowing } from './follow.ts';
import { inCluster } from './in-cluster.ts';
import { tellClosedPorts, tellRegistry } from './network.ts';
import { formatPlan, summaries } from './plan-text.ts';
import { findPlan, isRefusedByFiles, type Planned, tellDifference } from './planning.ts';
import { reachable } from './reachable.ts';
import { addressJson, outcomeJson, priceJson, subjectJson, taskJson } from './results.ts';
import { inSession, type Session } from './session.ts';
import { defaultTimeout, report } from './verdict.ts';

/** `up`: registers the definition where it has changed, runs it, waits for a verdict, prints the addresses. */
export async function up(given: OnlineContext, options: UpOptions): Promise<ExitCode> {
  if (await isRefusedByFiles(given, options)) return exitCode.findings;
  const command = async (session: Session) => {
    const context = await inCluster(given, session);
    const found = await findPlan(context, session, options);
    const { plan, desired, observed } = found;
    tellRegistry(session, desired.task, observed.network, plan);
    if (options.dryRun) tellClosedPorts(session, plan);
    if (options.dryRun) return { code: exitCode.done, result: formatPlan(plan, desired.task, context, session) };

    const { emit } = session;
    tellDifference(session, plan, desired.task);
    if (!(await mayDiscard(context, session, plan, options))) return { code: exitCode.interrupted };
    emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: hasChanges(plan) } });
    const { timeout = defaultTimeout } = options;
    const outcome = await carryOut(found, session, options, timeout);
    const code = await report(session, desired.task, desired, outcome, timeout);
    sayWhatStillRuns(context, session, observed, outcome);
    const lasts = code === exitCode.done && desired.waitFor !== 'completed';
    const addresses = lasts && desired.waitFor !== 'none' ? await reachable(context, session, outcome, options) : [];
    const placement = plan.network?.placement;
    const price = lasts ? tellPriceAndEnd(context, session, { ...desired, placement, addresses }) : undefined;
    return { code, result: formatResult(context, session, outcome, { addresses, price }) };
  };
  // Lines of logs would tear a live view.
  return inSession(given, command, { live: options.follow !== true });
}

async function carryOut(
  { plan, desired, observed }: Planned,
  session: Session,
  { follow }: UpOptions,
  timeout: number,
): Promise<Outcome> {
  const before = [...observed.tasks, ...observed.foreign];
  const options = { observed: before, timeout };
  if (!follow) return execute(plan, { ...session, ...options });
  return executeFollowing(plan, session, { definition: desired.task.definition, before }, options);
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

function formatResult(
  { options }: OnlineContext,
  session: Session,
  { verdict, revision, tasks }: Outcome,
  { addresses, price }: { readonly addresses: readonly Address[]; readonly price: Price | undefined },
): string {
  if (!options.json) return addressLines(addresses);
  const document = {
    ...subjectJson(session),
    outcome: outcomeJson(verdict),
    revision: revision && revisionName(revision.arn),
    tasks: tasks.map(taskJson),
    addresses: addresses.map((address) => addressJson(address)),
    price: price && priceJson(price),
  };
  return jsonDocument(document);
}
