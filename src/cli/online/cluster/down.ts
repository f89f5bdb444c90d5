import {
  clusterName,
  type DeletionPlan,
  executeDeletion,
  observeCluster,
  obstacleToDeletion,
  occupation,
  planDeletion,
  projectsIn,
  stackName,
} from '../../../deployer.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { jsonDocument } from '../../render/json-document.ts';
import { refusedBy } from '../consent.ts';
import type { AccountContext, ClusterDownOptions } from '../context.ts';
import { outcomeJson } from '../results.ts';
import { inAccount } from '../session.ts';
import { formatStackPlan, stackSummaries } from './plan.ts';
import { reportStack, stackTimeout } from './verdict.ts';

/** `cluster down`: deletes the stack that `cluster up` made and, forced, what projects still have in the cluster. */
export function clusterDown(context: AccountContext, options: ClusterDownOptions): Promise<ExitCode> {
  const { dryRun, yes = false, force = false, timeout = stackTimeout } = options;
  const { json } = context.options;
  return inAccount(context, async (session) => {
    const { account, emit } = session;
    const cluster = clusterName(session.cluster);
    const stack = stackName(cluster);
    emit({ code: 'stack/reading', level: 'info', data: { cluster, stack } });
    const observed = await observeCluster(account, cluster);
    const obstacle = obstacleToDeletion(observed) ?? occupation(observed, force);
    if (obstacle !== undefined) {
      emit({ code: 'stack/blocked', level: 'error', data: obstacle });
      return { code: exitCode.refused };
    }
    if (observed.stack === undefined) {
      emit({ code: 'cluster/none', level: 'info', data: { cluster, stack } });
      if (dryRun) return { code: exitCode.done, result: formatStackPlan({ cluster, stack }, [], context.options) };
      return { code: exitCode.done, ...(json ? { result: jsonDocument({ cluster, stack, outcome: 'ready' }) } : {}) };
    }
    const plan = await planDeletion(account, observed.stack, observed);
    if (dryRun)
      return { code: exitCode.done, result: formatStackPlan({ cluster, stack }, plan.operations, context.options) };
    const refused = await refusedBy(
      session,
      `Delete the cluster ${cluster} with all that its stack made?`,
      yes || force,
    );
    if (refused !== undefined) return { code: refused };
    const told = stackSummaries(plan.operations);
    emit({ code: 'plan/made', level: 'info', data: { operations: told, changes: told.length > 0 } });
    const following = { ...session, cluster, stacks: await account.stacks(), timeout };
    const verdict = await executeDeletion(plan, following);
    const code = reportStack(session, stack, verdict, timeout);
    if (code === exitCode.done) {
      const data = { cluster, projects: projectsIn(observed), ...vpcThatStays(plan) };
      emit({ code: 'cluster/remains', level: 'info', data });
    }
    const document = { cluster, stack, outcome: outcomeJson(verdict) };
    return { code, ...(json ? { result: jsonDocument(document) } : {}) };
  });
}

/** The VPC that the stack used and did not make. */
function vpcThatStays({ stack, operations }: DeletionPlan): { readonly vpc?: string } {
  const vpc = stack.outputs.get('Vpc');
  const isOwn = operations.some((one) => one.kind === 'change-resource' && one.change.physicalId === vpc);
  return vpc === undefined || isOwn ? {} : { vpc };
}
