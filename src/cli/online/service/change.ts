import {
  execute,
  findService,
  hasChanges,
  type Operation,
  type Outcome,
  obstacleToService,
  type Plan,
  planServiceRemove,
  planServiceScale,
  type ServiceState,
} from '../../../deployer.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import type { OnlineContext, ServiceRemoveOptions, ServiceScaleOptions } from '../context.ts';
import { removeOwn, sayWhatStays } from '../down.ts';
import { summaries } from '../plan-text.ts';
import { inSession, type Session } from '../session.ts';
import { defaultTimeout, report } from '../verdict.ts';

/** `service scale`: brings the service to so many tasks, and waits until it is steady. */
export function serviceScale(context: OnlineContext, options: ServiceScaleOptions): Promise<ExitCode> {
  return change(context, options, {
    plan: (service) => planServiceScale(context, service, options.count),
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
    plan: (service) => planServiceScale(context, service, 0),
    withoutService: sayNone,
    afterwards: ({ emit }, { name: service }) => emit({ code: 'service/stays', level: 'info', data: { service } }),
  });
}

/** `service rm`: stops the tasks of the service, deletes it, waits until it is gone, and says what stays. */
export function serviceRemove(context: OnlineContext, options: ServiceRemoveOptions): Promise<ExitCode> {
  return change(context, options, {
    plan: (service, around) => planServiceRemove(context, service, options.force ?? false, around),
    around: (session) => removeOwn(context, session),
    withoutService: sayNone,
    afterwards: (session, { revisionArn }) => sayWhatStays(context, session, [revisionArn]),
  });
}

interface Change {
  readonly plan: (service: ServiceState, around: readonly Operation[]) => Plan;
  /** What is done after it, for what stands around the service. */
  readonly around?: (session: Session) => Promise<readonly Operation[]>;
  readonly withoutService: (session: Session) => ExitCode;
  /** What is said once it has gone well. */
  readonly afterwards?: (session: Session, service: ServiceState) => void;
}

/** Changes the service of the project, where there is one. */
function change(
  context: OnlineContext,
  { timeout = defaultTimeout }: { readonly timeout?: number },
  { plan: planFor, around = async () => [], withoutService, afterwards }: Change,
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
    if (service === undefined) return { code: withoutService(session) };
    const plan = planFor(service, await around(session));
    if (hasChanges(plan)) {
      emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: true } });
    }
    const outcome = await execute(plan, { ...session, observed: [], timeout });
    const code = await report(session, context.task, undefined, outcome, timeout);
    if (code === exitCode.done) afterwards?.(session, service);
    return { code, ...(context.options.json ? { result: document(session, service, outcome) } : {}) };
  });
}

function sayNone({ emit, family: service, cluster }: Session): ExitCode {
  emit({ code: 'service/none', level: 'info', data: { service, cluster } });
  return exitCode.done;
}

function document({ project, cluster }: Session, before: ServiceState, { verdict, service }: Outcome): string {
  const result = {
    project,
    cluster,
    service: before.name,
    outcome: verdict.kind,
    status: service?.status ?? 'INACTIVE',
    desiredCount: service?.members.desiredCount ?? 0,
    runningCount: service?.runningCount ?? 0,
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}
