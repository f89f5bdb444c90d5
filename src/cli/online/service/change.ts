import {
  execute,
  findService,
  hasChanges,
  type Outcome,
  type OwnRegistration,
  observeName,
  obstacleToService,
  type Plan,
  planServiceRemove,
  planServiceScale,
  type ServiceState,
} from '../../../deployer.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { jsonDocument } from '../../render/json-document.ts';
import type { OnlineContext, ServiceRemoveOptions, ServiceScaleOptions } from '../context.ts';
import { ownBalancer, removeOwn, sayWhatStays } from '../down.ts';
import { summaries } from '../plan-text.ts';
import { inSession, type Session } from '../session.ts';
import { defaultTimeout, report } from '../verdict.ts';

/** `service scale`: brings the service to so many tasks, and waits until it is steady. */
export function serviceScale(context: OnlineContext, options: ServiceScaleOptions): Promise<ExitCode> {
  return change(context, options, {
    plan: (service) => service && planServiceScale(context, service, options.count),
    // There is nothing to scale.
    withoutService: ({ emit, family: service, cluster }) => {
      emit({ code: 'plan/blocked', level: 'error', data: { kind: 'no-service', service, cluster } });
      return exitCode.refused;
    },
  });
}

/** `service stop`: stops the tasks of the service, and keeps the service. */
export function serviceStop(context: OnlineContext, options: { readonly timeout?: number }): Promise<ExitCode> {
  return change(context, options, {
    plan: (service) => service && planServiceScale(context, service, 0),
    withoutService: sayNone,
    afterwards: ({ emit }, { name: service }) => emit({ code: 'service/stays', level: 'info', data: { service } }),
  });
}

/**
 * `service rm`: stops the tasks of the service, deletes it, waits until it is gone, deletes what was made around it, and
 * says what stays. What an interrupted removal has left goes, too.
 */
export function serviceRemove(context: OnlineContext, options: ServiceRemoveOptions): Promise<ExitCode> {
  return change(context, options, {
    plan: async (service, session) => {
      const name = await observeName(session.account, session, service, context.task.run.service ?? {});
      sayNamespaceStays(session, name);
      const balancer = await ownBalancer(context, session, service);
      const plan = planServiceRemove(context, service, { force: options.force ?? false, name, balancer });
      if (service === undefined && !hasChanges(plan) && balancer?.group === undefined) return undefined;
      return { ...plan, operations: [...plan.operations, ...(await removeOwn(context, session, balancer?.group))] };
    },
    withoutService: sayNone,
    afterwards: (session, { revisionArn }) => sayWhatStays(context, session, [revisionArn]),
  });
}

/** A namespace that others use is not deleted. */
function sayNamespaceStays({ emit }: Session, name: OwnRegistration | undefined): void {
  if (name === undefined || !name.namespace.own || name.others.length === 0) return;
  emit({ code: 'namespace/stays', level: 'info', data: { namespace: name.namespace.name, names: name.others } });
}

interface Change {
  /** undefined where there is nothing to change. */
  readonly plan: (service: ServiceState | undefined, session: Session) => Plan | undefined | Promise<Plan | undefined>;
  readonly withoutService: (session: Session) => ExitCode;
  /** What is said once it has gone well. */
  readonly afterwards?: (session: Session, service: ServiceState) => void;
}

/** Changes the service of the project, where there is one. */
function change(
  context: OnlineContext,
  { timeout = defaultTimeout }: { readonly timeout?: number },
  { plan: planFor, withoutService, afterwards }: Change,
): Promise<ExitCode> {
  return inSession({ ...context, ofService: true }, async (session) => {
    const { account, emit } = session;
    const found = await findService(account, session);
    const obstacle = obstacleToService({ ...session, adopt: false }, found);
    if (obstacle !== undefined) {
      emit({ code: 'plan/blocked', level: 'error', data: obstacle });
      return { code: exitCode.refused };
    }
    const { service } = found;
    const plan = await planFor(service, session);
    if (plan === undefined) return { code: withoutService(session) };
    if (hasChanges(plan)) {
      emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: true } });
    }
    const outcome = await execute(plan, { ...session, observed: [], timeout });
    const code = await report(session, context.task, undefined, outcome, timeout);
    if (code === exitCode.done && service !== undefined) afterwards?.(session, service);
    return { code, ...(context.options.json ? { result: document(session, outcome) } : {}) };
  });
}

function sayNone({ emit, family: service, cluster }: Session): ExitCode {
  emit({ code: 'service/none', level: 'info', data: { service, cluster } });
  return exitCode.done;
}

function document({ project, cluster, family }: Session, { verdict, service }: Outcome): string {
  const result = {
    project,
    cluster,
    service: family,
    outcome: verdict.kind,
    status: service?.status ?? 'INACTIVE',
    desiredCount: service?.members.desiredCount ?? 0,
    runningCount: service?.runningCount ?? 0,
  };
  return jsonDocument(result);
}
