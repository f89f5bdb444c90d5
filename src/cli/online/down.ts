import {
  findService,
  type Operation,
  planDown,
  removeBalancer,
  serviceOf,
  type TaskState,
  taskId,
} from '../../deployer.ts';
import type { ExitCode } from '../exit-code.ts';
import { jsonDocument } from '../render/json-document.ts';
import type { DownOptions, OnlineContext, StopOptions } from './context.ts';
import { inCluster } from './in-cluster.ts';
import { remainsOf } from './remains.ts';
import { type Aftermath, aftermathOf, nothingAround, ownBalancer, type Removal, removeOwn } from './removal.ts';
import { outcomeJson, subjectJson } from './results.ts';
import { Blocked, inSession, type Session } from './session.ts';
import { takeDown } from './take-down.ts';
import { ownTasks } from './tasks.ts';

/** `stop`: stops the project's tasks, those of `run` among them, and waits until they have stopped. */
export function stop(context: OnlineContext, options: StopOptions): Promise<ExitCode> {
  return stopTasks(context, options, async () => ({ operations: [], leftovers: [] }));
}

/**
 * `down`: as `stop`, removes what `up` made around the tasks, and says what stays and how to remove it; with `--purge`
 * it removes that too.
 */
export function down(context: OnlineContext, options: DownOptions): Promise<ExitCode> {
  return stopTasks(context, options, (...found) => aftermathOfDown(options, ...found));
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
    const own = await ownTasks(session, 'RUNNING');
    const observed = own.filter((task) => serviceOf(task) === undefined);
    const service = own.map(serviceOf).find((name) => name !== undefined);
    if (service !== undefined) emit({ code: 'tasks/of-service', level: 'warning', data: { service } });
    const { operations, leftovers, purge } = await findAftermath(context, session, observed, service);
    const plan = planDown({ tasks: observed }, operations);
    if (own.length === 0) emit({ code: 'tasks/none', level: 'info', data: { family, cluster } });
    const found = { plan, observed, leftovers, purge, command: 'down' } as const;
    return takeDown(context, session, found, options, ({ verdict }) =>
      jsonDocument({
        ...subjectJson(session),
        outcome: outcomeJson(verdict),
        stopped: observed.map(({ arn }) => taskId(arn)),
        remains: leftovers,
      }),
    );
  });
}

/** What `down` does beside stopping tasks. Throws `Blocked` where a purge would take away what a service needs. */
async function aftermathOfDown(
  { purge: purges = false }: DownOptions,
  ...[context, session, tasks, running]: Parameters<FindAftermath>
): Promise<Aftermath> {
  const { account, emit } = session;
  const revisions = tasks.map(({ revisionArn }) => revisionArn);
  const removal = running === undefined ? await removeAround(context, session, purges) : nothingAround;
  // One without tasks is not seen by them.
  const looks = running === undefined && (purges || removal.operations.length > 0);
  const found = looks ? (await findService(account, session)).service : undefined;
  // One that is being deleted needs nothing any more once it is gone.
  const going: readonly Operation[] =
    found?.status === 'DRAINING' ? [{ kind: 'wait-deleted', service: found.name }] : [];
  const service = running ?? (going.length === 0 ? found?.name : undefined);
  if (service !== undefined && purges) throw new Blocked({ kind: 'purge-in-use', service, tasks: [] });
  if (service !== undefined) {
    if (running === undefined) emit({ code: 'service/stays', level: 'info', data: { service } });
    // What it needs stays with it.
    return { operations: [], leftovers: tasks.length === 0 ? [] : remainsOf(context, session, removal, revisions) };
  }
  const own = { tasks: tasks.length, services: 0 };
  const aftermath = await aftermathOf(context, session, { removal, revisions, own, purges });
  return { ...aftermath, operations: [...going, ...aftermath.operations] };
}

/** What removes all that the project has made around its tasks, what a cut short removal of its service left among it. */
async function removeAround(context: OnlineContext, session: Session, purges: boolean): Promise<Removal> {
  const balancer = await ownBalancer(context, session, undefined);
  const removal = await removeOwn(context, session, { ofBalancer: balancer?.group, purges });
  return { ...removal, operations: [...removeBalancer(balancer), ...removal.operations] };
}
