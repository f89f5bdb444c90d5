import {
  destroys,
  discard,
  executeProposal,
  observeCluster,
  obstacleToChange,
  type Proposal,
  proposeChange,
  type StackState,
  type StackVerdict,
  stackName,
  stackSentence,
} from '../../../deployer.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { jsonDocument } from '../../render/json-document.ts';
import { formatTable } from '../../render/table.ts';
import { refusedBy } from '../consent.ts';
import type { AccountContext, ClusterUpOptions } from '../context.ts';
import { outcomeJson } from '../results.ts';
import { type AccountSession, inAccount } from '../session.ts';
import { formatStackPlan, stackSummaries } from './plan.ts';
import { reportStack, stackTimeout } from './verdict.ts';

/** `cluster up`: makes a cluster with its network as one stack, or changes it, and prints the stack's outputs. */
export function clusterUp(context: AccountContext, options: ClusterUpOptions): Promise<ExitCode> {
  const { settings, dryRun, yes = false, timeout = stackTimeout } = options;
  const { cluster } = settings;
  const stack = stackName(cluster);
  return inAccount(context, async (session) => {
    const { account, emit } = session;
    emit({ code: 'stack/reading', level: 'info', data: { cluster, stack } });
    const observed = await observeCluster(account, cluster);
    const obstacle = obstacleToChange(observed);
    if (obstacle !== undefined) {
      emit({ code: 'stack/blocked', level: 'error', data: obstacle });
      return { code: exitCode.refused };
    }
    const proposed = await proposeChange(account, settings, observed.stack, { ...session, timeout });
    if (proposed.kind === 'refused') {
      emit({ code: 'stack/refused', level: 'error', data: { stack, reason: proposed.reason } });
      return { code: exitCode.refused };
    }
    if (proposed.kind === 'interrupted') {
      emit({ code: 'cluster/declined', level: 'info', data: {} });
      return { code: exitCode.interrupted };
    }
    const operations = proposed.kind === 'changes' ? proposed.proposal.operations : [];
    if (dryRun) {
      if (proposed.kind === 'changes') await discard(account, proposed.proposal, { ...session, timeout });
      return { code: exitCode.done, result: formatStackPlan({ cluster, stack }, operations, context.options) };
    }
    let end: CarriedOut = { code: exitCode.done, verdict: { kind: 'done' } };
    if (proposed.kind === 'unchanged') emit({ code: 'cluster/unchanged', level: 'info', data: {} });
    else end = await carryOut(proposed.proposal, session, { stack, cluster, yes, timeout });
    const { code, verdict } = end;
    if (verdict === undefined || (code !== exitCode.done && !context.options.json)) return { code };
    const made = await (await account.stacks()).stack(stack);
    return { code, result: formatCluster({ cluster, stack, outcome: outcomeJson(verdict) }, made, context) };
  });
}

interface CarryingOut {
  readonly stack: string;
  readonly cluster: string;
  readonly yes: boolean;
  readonly timeout: number;
}

interface CarriedOut {
  readonly code: ExitCode;
  /** Absent where nobody agreed. */
  readonly verdict?: StackVerdict;
}

/** Executes a proposal, after a question where it takes something away. */
async function carryOut(
  proposal: Proposal,
  session: AccountSession,
  { stack, cluster, yes, timeout }: CarryingOut,
): Promise<CarriedOut> {
  const { account, emit } = session;
  const lost = proposal.operations.filter((one) => one.kind === 'change-resource' && destroys(one.change));
  if (lost.length > 0) {
    emit({ code: 'cluster/destroys', level: 'warning', data: { changes: lost.map(stackSentence) } });
    const code = await refusedBy(session, 'Go on?', yes);
    if (code !== undefined) {
      await discard(account, proposal, { ...session, timeout });
      return { code };
    }
  }
  const told = stackSummaries(proposal.operations);
  emit({ code: 'plan/made', level: 'info', data: { operations: told, changes: true } });
  const verdict = await executeProposal(proposal, { ...session, cluster, stacks: await account.stacks(), timeout });
  const code = reportStack(session, stack, verdict, timeout);
  if (code === exitCode.done) emit({ code: 'cluster/ready', level: 'info', data: { cluster } });
  return { code, verdict };
}

/** The outputs of a cluster's stack: what they are called, and their values. */
function formatCluster(
  told: { readonly cluster: string; readonly stack: string; readonly outcome: string },
  made: StackState | undefined,
  { options }: AccountContext,
): string {
  const outputs = [...(made?.outputs ?? [])];
  if (options.json) return jsonDocument({ ...told, status: made?.status, outputs: Object.fromEntries(outputs) });
  return formatTable(['OUTPUT', 'VALUE'], [['Cluster', told.cluster], ...outputs]);
}
