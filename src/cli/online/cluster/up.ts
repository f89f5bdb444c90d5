import {
  destroys,
  discard,
  executeProposal,
  observeCluster,
  obstacleToChange,
  type Proposal,
  proposeChange,
  type StackState,
  stackName,
  stackSentence,
} from '../../../deployer.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { jsonDocument } from '../../render/json-document.ts';
import { formatTable } from '../../render/table.ts';
import { refusedBy } from '../consent.ts';
import type { AccountContext, ClusterUpOptions } from '../context.ts';
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
      return { code: exitCode.done, result: formatStackPlan(operations, context.options) };
    }
    if (proposed.kind === 'unchanged') emit({ code: 'cluster/unchanged', level: 'info', data: {} });
    else {
      const code = await carryOut(proposed.proposal, session, { stack, cluster, yes, timeout });
      if (code !== 'done') return { code };
    }
    const made = await (await account.stacks()).stack(stack);
    return { code: exitCode.done, result: formatCluster(cluster, made, context) };
  });
}

interface CarryingOut {
  readonly stack: string;
  readonly cluster: string;
  readonly yes: boolean;
  readonly timeout: number;
}

/** Executes a proposal, after a question where it takes something away; else gives the exit code to end with. */
async function carryOut(
  proposal: Proposal,
  session: AccountSession,
  { stack, cluster, yes, timeout }: CarryingOut,
): Promise<ExitCode | 'done'> {
  const { account, emit } = session;
  const lost = proposal.operations.filter((one) => one.kind === 'change-resource' && destroys(one.change));
  if (lost.length > 0) {
    emit({ code: 'cluster/destroys', level: 'warning', data: { changes: lost.map(stackSentence) } });
    const code = await refusedBy(session, 'Go on?', yes);
    if (code !== undefined) {
      await discard(account, proposal, { ...session, timeout });
      return code;
    }
  }
  const told = stackSummaries(proposal.operations);
  emit({ code: 'plan/made', level: 'info', data: { operations: told, changes: true } });
  const verdict = await executeProposal(proposal, { ...session, cluster, stacks: await account.stacks(), timeout });
  const code = reportStack(session, stack, verdict, timeout);
  if (code !== exitCode.done) return code;
  emit({ code: 'cluster/ready', level: 'info', data: { cluster } });
  return 'done';
}

/** The outputs of a cluster's stack: what they are called, and their values. */
function formatCluster(cluster: string, stack: StackState | undefined, { options }: AccountContext): string {
  const outputs = [...(stack?.outputs ?? [])];
  if (options.json) {
    const document = { cluster, stack: stack?.name, status: stack?.status, outputs: Object.fromEntries(outputs) };
    return jsonDocument(document);
  }
  return formatTable(['OUTPUT', 'VALUE'], [['Cluster', cluster], ...outputs]);
}
