import {
  execute,
  findService,
  foreignGroups,
  hasChanges,
  isOwn,
  type OwnRegistration,
  observeName,
  observeTasks,
  obstacleToService,
  type Plan,
  planServiceRemove,
  type ServiceState,
  serviceOf,
  taskId,
} from '../../../deployer.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import type { OnlineContext, ServiceRemoveOptions } from '../context.ts';
import { ownBalancer, removeOwn } from '../down.ts';
import { formatPlan, nothingLeft, summaries } from '../plan-text.ts';
import { findPurge, purgeRefused } from '../purge.ts';
import { remainsOf, tellRemains } from '../remains.ts';
import { nothingDone, serviceResult } from '../results.ts';
import { Blocked, inSession, type Session } from '../session.ts';
import { defaultTimeout, report } from '../verdict.ts';
import { sayNone } from './change.ts';

/**
 * `service rm`: stops the tasks of the service, deletes it, waits until it is gone, deletes what was made around it, and
 * says what stays; with `--purge` that goes too. What an interrupted removal has left goes as well.
 */
export function serviceRemove(given: OnlineContext, options: ServiceRemoveOptions): Promise<ExitCode> {
  const context: OnlineContext = { ...given, ofService: true };
  return inSession(context, async (session) => {
    const { account, emit, project, region } = session;
    const { force = false, purge: purges = false, timeout = defaultTimeout } = options;
    const found = await findService(account, session);
    const obstacle = obstacleToService({ ...session, adopt: false }, found);
    if (obstacle !== undefined) throw new Blocked(obstacle);
    const { service } = found;
    const name = await observeName(account, session, service, context.task.run.service ?? {});
    const balancer = await ownBalancer(context, session, service);
    const plan = planServiceRemove(context, service, { force, name, balancer });
    const nothing = service === undefined && !hasChanges(plan) && balancer?.group === undefined;
    if (nothing) sayNone(session);
    const { json } = context.options;
    const dry = (whole: Plan) => formatPlan(whole, context.task, context, session, nothingLeft);
    if (nothing && !purges) {
      const document = () => (options.dryRun ? dry(plan) : serviceResult(session, nothingDone, { remains: [] }));
      return { code: exitCode.done, ...(json ? { result: document() } : {}) };
    }
    sayNamespaceStays(session, name);
    if (purges) await refuseBesideTasks(session);
    const { operations: removal, ...around } = await removeOwn(context, session, balancer?.group);
    const purge = purges ? await findPurge(context, session, contentsOf(service)) : undefined;
    const whole = { ...plan, operations: [...plan.operations, ...removal, ...(purge?.operations ?? [])] };
    const leftovers =
      purge === undefined
        ? remainsOf(context, session, around, service === undefined ? [] : [service.revisionArn])
        : [...foreignGroups(around.groups, project, region), ...purge.leftovers];
    const tellWhatStays = () => tellRemains(context, session, leftovers, purges ? undefined : 'service rm');
    if (options.dryRun) {
      tellWhatStays();
      return { code: exitCode.done, result: dry(whole) };
    }
    const refused = purge && (await purgeRefused(session, purge, options));
    if (refused !== undefined) return { code: refused };
    if (hasChanges(whole)) {
      emit({ code: 'plan/made', level: 'info', data: { operations: summaries(whole), changes: true } });
    }
    const outcome = await execute(whole, { ...session, observed: [], timeout });
    const code = await report(session, context.task, undefined, outcome, timeout);
    if (code === exitCode.done) tellWhatStays();
    return { code, ...(json ? { result: serviceResult(session, outcome, { remains: leftovers }) } : {}) };
  });
}

/** Tasks that `up` has started need what a purge removes. */
async function refuseBesideTasks({ account, cluster, family, project }: Session): Promise<void> {
  const { tasks } = await observeTasks(account, { cluster, family }, 'RUNNING');
  const bare = tasks.filter((task) => serviceOf(task) === undefined && isOwn(task, project));
  if (bare.length === 0) return;
  throw new Blocked({ kind: 'purge-in-use', service: family, tasks: bare.map(({ arn }) => taskId(arn)) });
}

/** What of a cluster's contents goes with the service. */
function contentsOf(service: ServiceState | undefined): { readonly tasks: number; readonly services: number } {
  if (service === undefined) return { tasks: 0, services: 0 };
  const { status, runningCount, pendingCount } = service;
  return { tasks: runningCount + pendingCount, services: status === 'ACTIVE' ? 1 : 0 };
}

/** A namespace that others use is not deleted. */
function sayNamespaceStays({ emit }: Session, name: OwnRegistration | undefined): void {
  if (name === undefined || !name.namespace.own || name.others.length === 0) return;
  emit({ code: 'namespace/stays', level: 'info', data: { namespace: name.namespace.name, names: name.others } });
}
