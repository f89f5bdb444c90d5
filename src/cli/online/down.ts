import {
  clusterLogGroup,
  execute,
  findOwnRole,
  hasChanges,
  logGroups,
  type Operation,
  oneOffService,
  planDown,
  revisionName,
  serviceOf,
  type TaskState,
  taskId,
} from '../../deployer.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { DownOptions, OnlineContext } from './context.ts';
import { inCluster } from './in-cluster.ts';
import { summaries } from './plan-text.ts';
import { inSession, type Session } from './session.ts';
import { ownTasks } from './tasks.ts';
import { defaultTimeout, report } from './verdict.ts';

/** `stop`: stops the project's tasks, those of `run` among them, and waits until they have stopped. */
export function stop(context: OnlineContext, options: DownOptions): Promise<ExitCode> {
  return stopTasks(
    context,
    options,
    async () => [],
    () => undefined,
  );
}

/** `down`: as `stop`, and says what stays and how to remove it. */
export function down(given: OnlineContext, options: DownOptions): Promise<ExitCode> {
  return stopTasks(given, options, ownRoles, (context, session, tasks) =>
    sayWhatStays(
      context,
      session,
      tasks.map(({ revisionArn }) => revisionArn),
    ),
  );
}

function stopTasks(
  given: OnlineContext,
  { timeout = defaultTimeout }: DownOptions,
  around: (session: Session) => Promise<readonly Operation[]>,
  stopped: (context: OnlineContext, session: Session, tasks: readonly TaskState[]) => void,
): Promise<ExitCode> {
  return inSession(given, async (session) => {
    const context = await inCluster(given, session, { silent: true });
    const { emit, family, cluster, project } = session;
    const own = await ownTasks(session, 'RUNNING');
    const observed = own.filter((task) => serviceOf(task) === undefined);
    const service = own.map(serviceOf).find((name) => name !== undefined);
    if (service !== undefined) emit({ code: 'tasks/of-service', level: 'warning', data: { service } });
    const stop = planDown({ tasks: observed });
    // What the tasks of a service need stays with the service.
    const plan =
      service === undefined ? { ...stop, operations: [...stop.operations, ...(await around(session))] } : stop;
    if (own.length === 0) emit({ code: 'tasks/none', level: 'info', data: { family, cluster } });
    if (hasChanges(plan))
      emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: true } });
    const oneOff = observed.filter((task) => oneOffService(task) !== undefined).map(({ arn }) => taskId(arn));
    if (oneOff.length > 0) emit({ code: 'tasks/one-off', level: 'info', data: { tasks: oneOff } });
    const outcome = await execute(plan, { ...session, observed, timeout });
    const code = await report(session, context.task, undefined, outcome, timeout);
    if (code === exitCode.done && observed.length > 0) stopped(context, session, observed);
    const document = {
      project,
      family,
      cluster,
      outcome: outcome.verdict.kind,
      stopped: observed.map(({ arn }) => taskId(arn)),
    };
    return { code, ...(context.options.json ? { result: `${JSON.stringify(document, null, 2)}\n` } : {}) };
  });
}

/** What removes the role that the project has made. */
export async function ownRoles({ account, family, project, region }: Session): Promise<readonly Operation[]> {
  const role = await findOwnRole(account, { family, project, region });
  return role === undefined ? [] : [{ kind: 'delete-role', role }];
}

/** Says what is left when the tasks are gone. */
export function sayWhatStays({ task }: OnlineContext, session: Session, revisionArns: readonly string[]): void {
  const { emit, family, region, cluster } = session;
  const fileSystems = (task.definition.volumes ?? []).flatMap(
    ({ efsVolumeConfiguration }) => efsVolumeConfiguration?.fileSystemId ?? [],
  );
  // The cluster's own group goes with the cluster.
  const ownLogGroups = logGroups(task.definition).filter(({ name }) => name !== clusterLogGroup(cluster));
  const revisions = [...new Set(revisionArns.map(revisionName))];
  const data = { family, region, cluster, revisions, logGroups: ownLogGroups, fileSystems };
  emit({ code: 'tasks/remains', level: 'info', data });
}
