import {
  type DesiredService,
  execute,
  hasChanges,
  type Outcome,
  observeService,
  observeTasks,
  obstacleToDiscovery,
  obstacleToOwnBalancer,
  obstacleToService,
  type Plan,
  planServiceUp,
  revisionName,
  taskId,
} from '../../../deployer.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { addressLines } from '../addresses.ts';
import { tellPriceAndEnd } from '../closing-lines.ts';
import type { OnlineContext, ServiceUpOptions } from '../context.ts';
import { mayDiscard } from '../data-guard.ts';
import { executeFollowing } from '../follow.ts';
import { inCluster } from '../in-cluster.ts';
import { withServiceOptions } from '../launch-options.ts';
import { tellClosedPorts, tellRegistry } from '../network.ts';
import { formatPlan, summaries } from '../plan-text.ts';
import { isRefusedByFiles, sharedDesire, tellDifference } from '../planning.ts';
import { reachable } from '../reachable.ts';
import { addressJson, priceJson, serviceResult, taskJson } from '../results.ts';
import { findRoles, withRoles } from '../roles.ts';
import { Blocked, inSession, type Session } from '../session.ts';
import { defaultTimeout, report } from '../verdict.ts';
import { tellOutsideCapacity } from './capacity.ts';
import { entrancesOf, targetsOf, tellCertificates, tellInternal, withoutBalanced } from './entrances.ts';
import { isRefusedByTargets } from './target-groups.ts';

/** `service up`: creates the project's service or makes it as the files say, and ends by the rollout's verdict. */
export async function serviceUp(given: OnlineContext, options: ServiceUpOptions): Promise<ExitCode> {
  if ((await isRefusedByFiles(given, options)) || (await isRefusedByTargets(given, options))) return exitCode.findings;
  const command = async (session: Session) => {
    const context = await inCluster(given, session);
    const { account, emit, family, cluster } = session;
    const asked = desiredBy(context, session, options);
    emit({ code: 'plan/reading', level: 'info', data: { family, cluster } });
    const observed = await observeService(account, session, asked);
    const { serviceDiscovery } = asked.task.run.service ?? {};
    const obstacle =
      obstacleToService(asked, observed) ??
      obstacleToDiscovery(serviceDiscovery, observed.around.discovery) ??
      obstacleToOwnBalancer(asked, observed);
    if (obstacle !== undefined) throw new Blocked(obstacle);
    if (observed.bare.length > 0) {
      const tasks = observed.bare.map(({ arn }) => taskId(arn));
      emit({ code: 'service/bare-tasks', level: 'warning', data: { family, tasks } });
    }
    const roles = await findRoles(context, session, asked.task, observed.revisions, options);
    const desired = { ...asked, task: roles.task };
    const { task } = desired;
    const plan = await withRoles(session, roles, planServiceUp(desired, observed));
    tellRegistry(session, task, observed.network, plan);
    const isBalanced = task.run.service?.applicationLoadBalancer !== undefined;
    // Behind a load balancer that cannot reach its tasks a rollout fails.
    if (options.dryRun || isBalanced) tellClosedPorts(session, plan);
    if (options.count !== undefined) tellOutsideCapacity(session, task.run.service?.autoScaling, options.count);
    if (options.dryRun) return { code: exitCode.done, result: formatPlan(plan, task, context, session) };

    tellDifference(session, plan, task);
    if (!(await mayDiscard(context, session, plan, options))) return { code: exitCode.interrupted };
    emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: hasChanges(plan) } });
    const { timeout = defaultTimeout } = options;
    const outcome = await carryOut(plan, desired, session, options, timeout);
    const code = await report(session, task, undefined, outcome, timeout);
    const isDone = code === exitCode.done;
    const targets = targetsOf(outcome.service);
    const entrances = isDone ? await entrancesOf(session, targets) : [];
    tellInternal(session, entrances);
    tellCertificates(session, entrances, plan);
    const directly = withoutBalanced(context, targets);
    const addresses = isDone ? await reachable(directly, session, outcome, options, entrances) : [];
    const balancer = isBalanced ? entrances.at(-1) : undefined;
    const { desiredCount: count = 0, networkConfiguration } = outcome.service?.members ?? {};
    const placement = networkConfiguration?.awsvpcConfiguration;
    const running = { task, count, placement, addresses, balancer };
    const price = isDone ? tellPriceAndEnd(context, session, running) : undefined;
    const result = context.options.json
      ? serviceResult(session, outcome, {
          revision: outcome.revision && revisionName(outcome.revision.arn),
          tasks: outcome.tasks.map(taskJson),
          addresses: [...entrances, ...addresses].map((address) => addressJson(address)),
          price: price && priceJson(price),
        })
      : addressLines([...entrances, ...addresses]);
    return { code, result };
  };
  // Lines of logs would tear a live view.
  return inSession({ ...given, ofService: true }, command, { live: options.follow !== true });
}

async function carryOut(
  plan: Plan,
  { task }: DesiredService,
  session: Session,
  { follow }: ServiceUpOptions,
  timeout: number,
): Promise<Outcome> {
  const options = { observed: [], timeout };
  if (!follow) return execute(plan, { ...session, ...options });
  const { tasks: before } = await observeTasks(session.account, session, 'RUNNING');
  return executeFollowing(plan, session, { definition: task.definition, before }, options);
}

function desiredBy(context: OnlineContext, session: Session, options: ServiceUpOptions): DesiredService {
  const shared = sharedDesire(context, session, options, withServiceOptions(context.task, options));
  const { task } = shared;
  // Where the service is scaled, the count of the files is what it begins with.
  const isScaled = task.run.service?.autoScaling !== undefined;
  const isCounted = options.count !== undefined || (!isScaled && task.origins.has('run.count'));
  return {
    ...shared,
    region: session.region,
    force: options.forceNewDeployment ?? options.forceDeployment ?? false,
    // Nobody says how many: the service keeps as many as it has.
    ...(isCounted ? { count: task.run.count } : {}),
  };
}
