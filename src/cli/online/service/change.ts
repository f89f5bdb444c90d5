import {
  execute,
  findService,
  hasChanges,
  observeOwnScaling,
  obstacleToService,
  type Plan,
  planServiceScale,
  planServiceStop,
  type ServiceState,
} from '../../../deployer.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import type { OnlineContext, ServiceScaleOptions } from '../context.ts';
import { summaries } from '../plan-text.ts';
import { nothingDone, serviceResult } from '../results.ts';
import { Blocked, inSession, type Session } from '../session.ts';
import { defaultTimeout, report } from '../verdict.ts';
import { tellOutsideCapacity } from './capacity.ts';

/** `service scale`: brings the service to so many tasks, and waits until it is steady. */
export function serviceScale(context: OnlineContext, options: ServiceScaleOptions): Promise<ExitCode> {
  return change(context, options, {
    plan: async (service, session) => {
      if (service === undefined) return undefined;
      const scaling = await observeOwnScaling(session.account, session.cluster, service);
      const rests = scaling.suspended === true && options.count === 0;
      if (!rests) tellOutsideCapacity(session, scaling.capacity, options.count);
      return planServiceScale(context, service, options.count, scaling);
    },
    // There is nothing to scale.
    withoutService: ({ family: service, cluster }) => {
      throw new Blocked({ kind: 'no-service', service, cluster });
    },
  });
}

/**
 * `service stop`: stops the tasks of the service, and keeps the service; what scales it rests until `service up` or
 * `service scale`.
 */
export function serviceStop(context: OnlineContext, options: { readonly timeout?: number }): Promise<ExitCode> {
  return change(context, options, {
    plan: async (service, { account, cluster }) =>
      service && planServiceStop(context, service, await observeOwnScaling(account, cluster, service)),
    withoutService: sayNone,
    afterwards: ({ emit }, { name: service }) => emit({ code: 'service/stays', level: 'info', data: { service } }),
  });
}

interface Change {
  /** undefined where there is nothing to change. */
  readonly plan: (service: ServiceState | undefined, session: Session) => Promise<Plan | undefined>;
  /** Says that there is none; throws `Blocked` where there has to be one. */
  readonly withoutService: (session: Session) => void;
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
    if (obstacle !== undefined) throw new Blocked(obstacle);
    const { service } = found;
    const plan = await planFor(service, session);
    const { json } = context.options;
    if (plan === undefined) {
      withoutService(session);
      return { code: exitCode.done, ...(json ? { result: serviceResult(session, nothingDone) } : {}) };
    }
    if (hasChanges(plan)) {
      emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: true } });
    }
    const outcome = await execute(plan, { ...session, observed: [], timeout });
    const code = await report(session, context.task, undefined, outcome, timeout);
    if (code === exitCode.done && service !== undefined) afterwards?.(session, service);
    return { code, ...(json ? { result: serviceResult(session, outcome) } : {}) };
  });
}

/** Says that there is no service, which is all that is to be done then. */
export function sayNone({ emit, family: service, cluster }: Session): void {
  emit({ code: 'service/none', level: 'info', data: { service, cluster } });
}
