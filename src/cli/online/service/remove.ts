import {
  findService,
  hasChanges,
  isOwn,
  type OwnRegistration,
  observeName,
  observeTasks,
  obstacleToService,
  planServiceRemove,
  type ServiceState,
  serviceOf,
  taskId,
  withLast,
} from '../../../deployer.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import type { OnlineContext, ServiceRemoveOptions } from '../context.ts';
import { formatPlan, nothingLeft } from '../plan-text.ts';
import { aftermathOf, ownBalancer, removeOwn } from '../removal.ts';
import { nothingDone, serviceResult } from '../results.ts';
import { Blocked, inSession, type Session } from '../session.ts';
import { takeDown } from '../take-down.ts';
import { sayNone } from './change.ts';

/**
 * `service rm`: stops the tasks of the service, deletes it, waits until it is gone, deletes what was made around it, and
 * says what stays; with `--purge` that goes too. What an interrupted removal has left goes as well.
 */
export function serviceRemove(given: OnlineContext, options: ServiceRemoveOptions): Promise<ExitCode> {
  const context: OnlineContext = { ...given, ofService: true };
  return inSession(context, async (session) => {
    const { account, emit, family } = session;
    const { force = false, purge: purges = false } = options;
    const standing = await findService(account, session);
    const obstacle = obstacleToService({ ...session, adopt: false }, standing);
    if (obstacle !== undefined) throw new Blocked(obstacle);
    const { service } = standing;
    const name = await observeName(account, session, service, context.task.run.service ?? {});
    const balancer = await ownBalancer(context, session, service);
    const plan = planServiceRemove(context, service, { force, name, balancer });
    const around = await removeOwn(context, session, { ofBalancer: balancer?.group, purges });
    const bare = purges || around.operations.length > 0 ? await bareTasks(session) : [];
    if (purges && bare.length > 0) throw new Blocked({ kind: 'purge-in-use', service: family, tasks: bare });
    // What tasks beside the service need stays with them.
    const removal = bare.length === 0 ? around : { ...around, operations: [] };
    const nothing = service === undefined && !hasChanges(plan) && removal.operations.length === 0;
    if (nothing) sayNone(session);
    if (nothing && !purges) {
      const document = () =>
        options.dryRun
          ? formatPlan(plan, context.task, context, session, nothingLeft)
          : serviceResult(session, nothingDone, { remains: [] });
      return { code: exitCode.done, ...(context.options.json ? { result: document() } : {}) };
    }
    sayNamespaceStays(session, name);
    if (bare.length > 0) emit({ code: 'service/bare-tasks', level: 'warning', data: { family, tasks: bare } });
    const revisions = service === undefined ? [] : [service.revisionArn];
    const known = { removal, revisions, own: contentsOf(service), purges };
    const { operations, leftovers, purge } = await aftermathOf(context, session, known);
    const whole = withLast(operations, plan);
    const found = { plan: whole, observed: [], leftovers, purge, command: 'service rm' } as const;
    return takeDown(context, session, found, options, (outcome) =>
      serviceResult(session, outcome, { remains: leftovers }),
    );
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
