import {
  type BalancerObservation,
  execute,
  findOwnRoles,
  findService,
  foreignGroups,
  hasChanges,
  type Leftover,
  type Operation,
  observeOwnBalancer,
  oneOffService,
  ownGroupName,
  ownRolesAmong,
  type PurgePlan,
  planDown,
  registryRoles,
  removeBalancer,
  removeOwnGroups,
  type SecurityGroup,
  type ServiceState,
  serviceOf,
  type TaskState,
  taskId,
} from '../../deployer.ts';
import type { NetworkSettings } from '../../transformer/task.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { jsonDocument } from '../render/json-document.ts';
import type { DownOptions, OnlineContext, StopOptions } from './context.ts';
import { inCluster } from './in-cluster.ts';
import { formatPlan, nothingLeft, summaries } from './plan-text.ts';
import { findPurge, purgeRefused } from './purge.ts';
import { type Around, remainsOf, tellRemains } from './remains.ts';
import { outcomeJson, subjectJson } from './results.ts';
import { Blocked, inSession, type Session } from './session.ts';
import { ownTasks } from './tasks.ts';
import { defaultTimeout, report } from './verdict.ts';

/** `stop`: stops the project's tasks, those of `run` among them, and waits until they have stopped. */
export function stop(context: OnlineContext, options: StopOptions): Promise<ExitCode> {
  return stopTasks(context, options, async () => ({ operations: [], leftovers: [] }));
}

/**
 * `down`: as `stop`, removes what `up` made around the tasks, and says what stays and how to remove it; with `--purge`
 * it removes that too.
 */
export function down(context: OnlineContext, options: DownOptions): Promise<ExitCode> {
  return stopTasks(context, options, (...found) => takeDown(options, ...found));
}

/** What is done once the tasks have stopped, and what stays then. */
interface Aftermath {
  readonly operations: readonly Operation[];
  readonly leftovers: readonly Leftover[];
  /** That part of it which cannot be undone. */
  readonly purge?: PurgePlan;
}

type FindAftermath = (
  context: OnlineContext,
  session: Session,
  tasks: readonly TaskState[],
  /** The service that has tasks beside them. */
  service: string | undefined,
) => Promise<Aftermath>;

function stopTasks(given: OnlineContext, options: DownOptions, findAftermath: FindAftermath): Promise<ExitCode> {
  return inSession(given, async (session) => {
    const context = await inCluster(given, session, { silent: true });
    const { emit, family, cluster } = session;
    const { timeout = defaultTimeout } = options;
    const own = await ownTasks(session, 'RUNNING');
    const observed = own.filter((task) => serviceOf(task) === undefined);
    const service = own.map(serviceOf).find((name) => name !== undefined);
    if (service !== undefined) emit({ code: 'tasks/of-service', level: 'warning', data: { service } });
    const { operations, leftovers, purge } = await findAftermath(context, session, observed, service);
    const plan = planDown({ tasks: observed }, operations);
    if (own.length === 0) emit({ code: 'tasks/none', level: 'info', data: { family, cluster } });
    const tellWhatStays = () => tellRemains(context, session, leftovers, purge === undefined ? 'down' : undefined);
    if (options.dryRun) {
      tellWhatStays();
      return { code: exitCode.done, result: formatPlan(plan, context.task, context, session, nothingLeft) };
    }
    const refused = purge && (await purgeRefused(session, purge, options));
    if (refused !== undefined) return { code: refused };
    if (hasChanges(plan))
      emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: true } });
    const oneOff = observed.filter((task) => oneOffService(task) !== undefined).map(({ arn }) => taskId(arn));
    if (oneOff.length > 0) emit({ code: 'tasks/one-off', level: 'info', data: { tasks: oneOff } });
    const outcome = await execute(plan, { ...session, observed, timeout });
    const code = await report(session, context.task, undefined, outcome, timeout);
    if (code === exitCode.done) tellWhatStays();
    const document = {
      ...subjectJson(session),
      outcome: outcomeJson(outcome.verdict),
      stopped: observed.map(({ arn }) => taskId(arn)),
      remains: leftovers,
    };
    return { code, ...(context.options.json ? { result: jsonDocument(document) } : {}) };
  });
}

/** What `down` does beside stopping tasks. Throws `Blocked` where a purge would take away what a service needs. */
async function takeDown(
  { purge: purges = false }: DownOptions,
  ...[context, session, tasks, running]: Parameters<FindAftermath>
): Promise<Aftermath> {
  const { account, project, region, emit } = session;
  const revisions = tasks.map(({ revisionArn }) => revisionArn);
  const { operations, ...around } =
    running === undefined ? await removeAround(context, session, purges) : nothingAround;
  // One without tasks is not seen by them.
  const looks = running === undefined && (purges || operations.length > 0);
  const found = looks ? (await findService(account, session)).service : undefined;
  // One that is being deleted needs nothing any more once it is gone.
  const going: readonly Operation[] =
    found?.status === 'DRAINING' ? [{ kind: 'wait-deleted', service: found.name }] : [];
  const service = running ?? (going.length === 0 ? found?.name : undefined);
  if (service !== undefined && purges) throw new Blocked({ kind: 'purge-in-use', service, tasks: [] });
  if (service !== undefined) {
    if (running === undefined) emit({ code: 'service/stays', level: 'info', data: { service } });
    // What it needs stays with it.
    return { operations: [], leftovers: tasks.length === 0 ? [] : remainsOf(context, session, around, revisions) };
  }
  if (!purges) {
    return { operations: [...going, ...operations], leftovers: remainsOf(context, session, around, revisions) };
  }
  const purge = await findPurge(context, session, { tasks: tasks.length, services: 0 });
  return {
    operations: [...going, ...operations, ...purge.operations],
    leftovers: [...foreignGroups(around.groups, project, region), ...purge.leftovers],
    purge,
  };
}

/** What removes all that the project has made around its tasks, what a cut short removal of its service left among it. */
async function removeAround(context: OnlineContext, session: Session, purges: boolean): Promise<Removal> {
  const balancer = await ownBalancer(context, session, undefined);
  const removal = await removeOwn(context, session, { ofBalancer: balancer?.group, purges });
  return { ...removal, operations: [...removeBalancer(balancer), ...removal.operations] };
}

/** The load balancer of the project's service, where it may have one. */
export function ownBalancer(
  { task }: OnlineContext,
  session: Session,
  service: ServiceState | undefined,
): Promise<BalancerObservation | undefined> {
  return observeOwnBalancer(session.account, session, service, task.run.service?.applicationLoadBalancer !== undefined);
}

/** What stands around the tasks, and what removes that of it which the project has made. */
interface Removal extends Around {
  readonly operations: readonly Operation[];
}

const nothingAround: Removal = { operations: [], latest: undefined, groups: [], roles: [] };

/** How what stands around the tasks is looked for. */
interface Looking {
  /** The security group of the load balancer. */
  readonly ofBalancer: SecurityGroup | undefined;
  /** Whether what is kept otherwise goes too. */
  readonly purges: boolean;
}

/** The project's security groups and roles. That of its load balancer comes last, since the tasks' own names it. */
export async function removeOwn(
  { task }: OnlineContext,
  session: Session,
  { ofBalancer, purges }: Looking,
): Promise<Removal> {
  const { account, family, project, region } = session;
  const [ofTasks, latest] = await Promise.all([ownGroups(task.run.network, session), account.latestRevision(family)]);
  const roles = await findOwnRoles(account, { family, project, region, task, latest, thoroughly: purges });
  const definitions = [task.definition, ...(latest === undefined ? [] : [latest.definition])];
  const others = registryRoles(definitions).filter((role) => !roles.includes(role));
  const ofRegistries = await ownRolesAmong(account, others, project);
  const groups = ofBalancer === undefined ? ofTasks : [...ofTasks, ofBalancer];
  const operations = [
    ...removeOwnGroups(groups, project),
    ...[...roles, ...(purges ? ofRegistries : [])].map((role) => ({ kind: 'delete-role', role }) as const),
  ];
  return { operations, latest, groups, roles: purges ? [] : ofRegistries };
}

/** The security groups that have the name of the project's own; none where the files say where its tasks are. */
async function ownGroups(
  { subnets, securityGroups }: NetworkSettings,
  { account, project }: Session,
): Promise<readonly SecurityGroup[]> {
  if (subnets !== undefined || securityGroups !== undefined) return [];
  return (await account.network()).securityGroupsNamed(ownGroupName(project));
}
