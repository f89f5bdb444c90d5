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
    const { account, emit, family, project, region } = session;
    const { force = false, purge: purges = false, timeout = defaultTimeout } = options;
    const found = await findService(account, session);
    const obstacle = obstacleToService({ ...session, adopt: false }, found);
    if (obstacle !== undefined) throw new Blocked(obstacle);
    const { service } = found;
    const name = await observeName(account, session, service, context.task.run.service ?? {});
    const balancer = await ownBalancer(context, session, service);
    const plan = planServiceRemove(context, service, { force, name, balancer });
    const { operations, ...around } = await removeOwn(context, session, {
      ofBalancer: balancer?.group,
      purges,
    });
    const bare = purges || operations.length > 0 ? await bareTasks(session) : [];
    if (purges && bare.length > 0) throw new Blocked({ kind: 'purge-in-use', service: family, tasks: bare });
    // What tasks beside the service need stays with them.
    const removal = bare.length === 0 ? operations : [];
    const nothing = service === undefined && !hasChanges(plan) && removal.length === 0;
    if (nothing) sayNone(session);
    const { json } = context.options;
    const dry = (whole: Plan) => formatPlan(whole, context.task, context, session, nothingLeft);
    if (nothing && !purges) {
      const document = () => (options.dryRun ? dry(plan) : serviceResult(session, nothingDone, { remains: [] }));
      return { code: exitCode.done, ...(json ? { result: document() } : {}) };
    }
    sayNamespaceStays(session, name);
    if (bare.length > 0) emit({ code: 'service/bare-tasks', level: 'warning', data: { family, tasks: bare } });
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

/** The ids of the tasks that run beside the service: `up` has started them, or `run`. */
async function bareTasks({ account, cluster, family, project }: Session): Promise<readonly string[]> {
  const { tasks } = await observeTasks(account, { cluster, family }, 'RUNNING');
  return tasks.filter((task) => serviceOf(task) === undefined && isOwn(task, project)).map(({ arn }) => taskId(arn));
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
