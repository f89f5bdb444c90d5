import {
  type BalancerObservation,
  clusterLogGroup,
  execute,
  findOwnRole,
  hasChanges,
  logGroups,
  type Operation,
  observeOwnBalancer,
  oneOffService,
  ownGroupName,
  planDown,
  removeBalancer,
  removeOwnGroups,
  revisionName,
  type SecurityGroup,
  type ServiceState,
  serviceOf,
  type TaskState,
  taskId,
} from '../../deployer.ts';
import type { NetworkSettings } from '../../transformer/task.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { jsonDocument } from '../render/json-document.ts';
import type { DownOptions, OnlineContext } from './context.ts';
import { inCluster } from './in-cluster.ts';
import { summaries } from './plan-text.ts';
import { inSession, type Session } from './session.ts';
import { ownTasks } from './tasks.ts';
import { defaultTimeout, report } from './verdict.ts';

/** `stop`: stops the project's tasks, those of `run` among them, and waits until they have stopped. */
export function stop(context: OnlineContext, options: DownOptions): Promise<ExitCode> {
  return stopTasks(context, options, { stopped: () => undefined });
}

/** `down`: as `stop`, removes what `up` made around the tasks, and says what stays and how to remove it. */
export function down(given: OnlineContext, options: DownOptions): Promise<ExitCode> {
  return stopTasks(given, options, {
    around: async (context, session) => {
      // What a removal of the service that was cut short has left.
      const balancer = await ownBalancer(context, session, undefined);
      return [...removeBalancer(balancer), ...(await removeOwn(context, session, balancer?.group))];
    },
    stopped: (context, session, tasks) =>
      sayWhatStays(
        context,
        session,
        tasks.map(({ revisionArn }) => revisionArn),
      ),
  });
}

interface Stop {
  /** What is done after it, for what stands around the tasks. */
  readonly around?: (context: OnlineContext, session: Session) => Promise<readonly Operation[]>;
  /** What is said once it has gone well. */
  readonly stopped: (context: OnlineContext, session: Session, tasks: readonly TaskState[]) => void;
}

function stopTasks(
  given: OnlineContext,
  { timeout = defaultTimeout }: DownOptions,
  { around = async () => [], stopped }: Stop,
): Promise<ExitCode> {
  return inSession(given, async (session) => {
    const context = await inCluster(given, session, { silent: true });
    const { emit, family, cluster, project } = session;
    const own = await ownTasks(session, 'RUNNING');
    const observed = own.filter((task) => serviceOf(task) === undefined);
    const service = own.map(serviceOf).find((name) => name !== undefined);
    if (service !== undefined) emit({ code: 'tasks/of-service', level: 'warning', data: { service } });
    // What the tasks of a service need stays with the service.
    const plan = planDown({ tasks: observed }, service === undefined ? await around(context, session) : []);
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
    return { code, ...(context.options.json ? { result: jsonDocument(document) } : {}) };
  });
}

/** The load balancer of the project's service, where it may have one. */
export function ownBalancer(
  { task }: OnlineContext,
  session: Session,
  service: ServiceState | undefined,
): Promise<BalancerObservation | undefined> {
  return observeOwnBalancer(session.account, session, service, task.run.service?.applicationLoadBalancer !== undefined);
}

/**
 * What removes that which the project has made around its tasks: its security groups and its role. That of its load
 * balancer comes last, since the tasks' own names it.
 */
export async function removeOwn(
  { task }: OnlineContext,
  session: Session,
  ofBalancer: SecurityGroup | undefined,
): Promise<readonly Operation[]> {
  const { account, family, project, region } = session;
  const [groups, role] = await Promise.all([
    ownGroups(task.run.network, session),
    findOwnRole(account, { family, project, region }),
  ]);
  const all = ofBalancer === undefined ? groups : [...groups, ofBalancer];
  return [...removeOwnGroups(all, project), ...(role === undefined ? [] : [{ kind: 'delete-role', role } as const])];
}

/** The security groups that have the name of the project's own; none where the files say where its tasks are. */
async function ownGroups(
  { subnets, securityGroups }: NetworkSettings,
  { account, project }: Session,
): Promise<readonly SecurityGroup[]> {
  if (subnets !== undefined || securityGroups !== undefined) return [];
  return (await account.network()).securityGroupsNamed(ownGroupName(project));
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
