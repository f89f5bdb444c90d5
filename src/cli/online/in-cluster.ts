import { clusterOffer, leavesToCluster, withOffer } from '../../deployer.ts';
import type { OnlineContext } from './context.ts';
import type { AccountSession } from './session.ts';

/**
 * The context of a command with what the cluster's stack offers in place of what the files leave open: subnets, security
 * groups, execution role, log group. Commands that run tasks and those that look at them later agree in this way.
 */
export async function inCluster(
  context: OnlineContext,
  { account, cluster, emit }: Pick<AccountSession, 'account' | 'cluster' | 'emit'>,
  { silent = false }: { readonly silent?: boolean } = {},
): Promise<OnlineContext> {
  const { task } = context;
  if (!leavesToCluster(task)) return context;
  const offer = await clusterOffer(account, cluster);
  if (offer === undefined) return context;
  const { task: completed, uses } = withOffer(task, offer);
  if (uses.length === 0) return context;
  if (!silent) emit({ code: 'cluster/used', level: 'info', data: { stack: offer.stack, uses } });
  return { ...context, task: completed };
}
