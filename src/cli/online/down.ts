import {
  execute,
  hasChanges,
  logGroups,
  oneOffService,
  ownGroupName,
  planDown,
  revisionName,
  type SecurityGroup,
  serviceOf,
  type TaskState,
  taskId,
} from '../../deployer.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { DownOptions, OnlineContext } from './context.ts';
import { summaries } from './plan-text.ts';
import { inSession, type Session } from './session.ts';
import { ownTasks } from './tasks.ts';
import { defaultTimeout, report } from './verdict.ts';

/** `stop`: stops the project's tasks, those of `run` among them, and waits until they have stopped. */
export function stop(context: OnlineContext, options: DownOptions): Promise<ExitCode> {
  return stopTasks(context, options, { stopped: () => undefined });
}

/** `down`: as `stop`, removes what `up` made around the tasks, and says what stays and how to remove it. */
export function down(context: OnlineContext, options: DownOptions): Promise<ExitCode> {
  return stopTasks(context, options, {
    groups: (session) => ownGroups(context, session),
    stopped: (session, tasks) =>
      sayWhatStays(
        context,
        session,
        tasks.map(({ revisionArn }) => revisionArn),
      ),
  });
}

/** The security groups that have the name of the project's own; none where the files say where its tasks are. */
export async function ownGroups(
  { task }: OnlineContext,
  { account, project }: Session,
): Promise<readonly SecurityGroup[]> {
  const { subnets, securityGroups } = task.run.network;
  if (subnets !== undefined || securityGroups !== undefined) return [];
  return (await account.network()).securityGroupsNamed(ownGroupName(project));
}

interface Stop {
  /** The security groups to delete, as far as they are the project's own. */
  readonly groups?: (session: Session) => Promise<readonly SecurityGroup[]>;
  /** What is said once it has gone well. */
  readonly stopped: (session: Session, tasks: readonly TaskState[]) => void;
}

function stopTasks(
  context: OnlineContext,
  { timeout = defaultTimeout }: DownOptions,
  { groups = async () => [], stopped }: Stop,
): Promise<ExitCode> {
  return inSession(context, async (session) => {
    const { emit, family, cluster, project } = session;
    const own = await ownTasks(session, 'RUNNING');
    const observed = own.filter((task) => serviceOf(task) === undefined);
    const service = own.map(serviceOf).find((name) => name !== undefined);
    if (service !== undefined) emit({ code: 'tasks/of-service', level: 'warning', data: { service } });
    // The tasks of a service are in the same group.
    const plan = planDown({ tasks: observed }, project, service === undefined ? await groups(session) : []);
    if (own.length === 0) emit({ code: 'tasks/none', level: 'info', data: { family, cluster } });
    if (hasChanges(plan))
      emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: true } });
    const oneOff = observed.filter((task) => oneOffService(task) !== undefined).map(({ arn }) => taskId(arn));
    if (oneOff.length > 0) emit({ code: 'tasks/one-off', level: 'info', data: { tasks: oneOff } });
    const outcome = await execute(plan, { ...session, observed, timeout });
    const code = await report(session, context.task, undefined, outcome, timeout);
    if (code === exitCode.done && observed.length > 0) stopped(session, observed);
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

/** Says what is left when the tasks are gone. */
export function sayWhatStays({ task }: OnlineContext, session: Session, revisionArns: readonly string[]): void {
  const { emit, family, region, cluster } = session;
  const fileSystems = (task.definition.volumes ?? []).flatMap(
    ({ efsVolumeConfiguration }) => efsVolumeConfiguration?.fileSystemId ?? [],
  );
  const revisions = [...new Set(revisionArns.map(revisionName))];
  const data = { family, region, cluster, revisions, logGroups: logGroups(task.definition), fileSystems };
  emit({ code: 'tasks/remains', level: 'info', data });
}
