import {
  type Address,
  type Desired,
  execute,
  findAddresses,
  formatAddress,
  hasChanges,
  type Observation,
  type Outcome,
  observe,
  obstacleTo,
  offered,
  type Plan,
  planUp,
  revisionName,
  taskId,
  usualWait,
} from '../../deployer.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { OnlineContext, PlanOptions, UpOptions } from './context.ts';
import { formatPlan, summaries } from './plan-text.ts';
import { inSession, type Session } from './session.ts';
import { defaultTimeout, report } from './verdict.ts';

/** `up`: registers the definition where it has changed, runs it, waits for a verdict, prints the addresses. */
export function up(context: OnlineContext, options: UpOptions): Promise<ExitCode> {
  return inSession(context, async (session) => {
    const desired = desiredBy(context, session, options);
    const found = await findPlan(session, desired);
    if (found === undefined) return { code: exitCode.refused };
    const { plan, observed } = found;
    if (options.dryRun) return { code: exitCode.done, result: formatPlan(plan, context.options) };

    const { emit, project } = session;
    emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: hasChanges(plan) } });
    const { timeout = defaultTimeout } = options;
    const outcome = await execute(plan, { ...session, project, observed: observed.tasks, timeout });
    const code = report(session, context.task, desired, outcome, timeout);
    sayWhatStillRuns(session, observed, outcome);
    const settled = code === exitCode.done && desired.waitFor !== 'completed' && desired.waitFor !== 'none';
    const addresses = settled ? await reachable(context, session, outcome) : [];
    return { code, result: formatResult(context, session, outcome, addresses) };
  });
}

/** `plan`: prints what `up` would do, and does nothing. */
export function plan(context: OnlineContext, options: PlanOptions): Promise<ExitCode> {
  return inSession(context, async (session) => {
    const found = await findPlan(session, desiredBy(context, session, {}));
    if (found === undefined) return { code: exitCode.refused };
    const code = options.exitCode && hasChanges(found.plan) ? exitCode.changes : exitCode.done;
    return { code, result: formatPlan(found.plan, context.options) };
  });
}

function desiredBy({ task }: OnlineContext, { project, cluster }: Session, options: UpOptions): Desired {
  return {
    project,
    cluster,
    task,
    count: options.count ?? task.run.count,
    waitFor: options.waitFor ?? usualWait(task.definition),
    force: options.force ?? false,
    createLogGroups: options.createLogGroups ?? true,
  };
}

/** Observes and plans; undefined where something stands in the way, which has been said then. */
async function findPlan(
  session: Session,
  desired: Desired,
): Promise<{ readonly plan: Plan; readonly observed: Observation } | undefined> {
  const { account, family, cluster, emit } = session;
  emit({ code: 'plan/reading', level: 'info', data: { family, cluster } });
  const observed = await observe(account, session);
  const obstacle = obstacleTo(desired, observed);
  if (obstacle !== undefined) {
    emit({ code: 'plan/blocked', level: 'error', data: obstacle });
    return undefined;
  }
  return { plan: planUp(desired, observed), observed };
}

/** After a plan that did not get to its end, the tasks that were to be replaced are still there. */
function sayWhatStillRuns({ emit }: Session, observed: Observation, { verdict, tasks }: Outcome): void {
  if (verdict.kind !== 'failed' && verdict.kind !== 'timed-out' && verdict.kind !== 'lost') return;
  const old = observed.tasks.filter(({ arn }) => !tasks.some((task) => task.arn === arn));
  if (old.length === 0) return;
  emit({ code: 'tasks/still-running', level: 'info', data: { tasks: old.map(({ arn }) => taskId(arn)) } });
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
  for (const address of addresses) {
    if (!address.open) emit({ code: 'port/closed', level: 'warning', data: { ...address, region } });
    else if (!address.public) {
      emit({ code: 'address/private', level: 'info', data: { task: address.task, address: formatAddress(address) } });
    }
  }
  return addresses.filter(({ open }) => open);
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
