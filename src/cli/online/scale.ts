import {
  type Desired,
  execute,
  findService,
  hasChanges,
  isOwnRevision,
  type Observation,
  observe,
  observeNetwork,
  obstacleInNetwork,
  planScale,
  type Revision,
  revisionName,
  type ServiceState,
  serviceOf,
  usualWait,
} from '../../deployer.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { jsonDocument } from '../render/json-document.ts';
import type { OnlineContext, ScaleOptions } from './context.ts';
import { inCluster } from './in-cluster.ts';
import { withTags } from './launch-options.ts';
import { summaries } from './plan-text.ts';
import { outcomeJson, subjectJson, taskJson } from './results.ts';
import { Blocked, inSession, type Session } from './session.ts';
import { defaultTimeout, report } from './verdict.ts';

/** `scale`: brings the number of the project's tasks to N, with the revision that they run; it registers none. */
export function scale(given: OnlineContext, options: ScaleOptions): Promise<ExitCode> {
  return inSession(given, async (session) => {
    const context = await inCluster(given, session, { silent: true });
    const { account, emit, family, cluster, project } = session;
    const { count, timeout = defaultTimeout } = options;
    const [observed, found] = await Promise.all([observe(account, session), findService(account, session)]);
    const service = serviceInCharge(observed, found.service);
    if (service !== undefined) {
      emit({ code: 'scale/service', level: 'error', data: { service } });
      return { code: exitCode.refused };
    }
    if (!observed.clusterExists) throw new Blocked({ kind: 'missing-cluster', cluster });
    const revision = revisionToRun(observed, project);
    if (revision === undefined) {
      emit({ code: 'scale/no-revision', level: 'error', data: { family } });
      return { code: exitCode.refused };
    }
    const desired = desiredBy(context, session, revision, options);
    const { run, published } = context.task;
    const network =
      count > observed.tasks.length
        ? await observeNetwork(account, { network: run.network, published }, session)
        : undefined;
    const inTheWay = obstacleInNetwork(desired, network);
    if (inTheWay !== undefined) throw new Blocked(inTheWay);
    const plan = planScale(desired, revision, observed.tasks, network);
    if (hasChanges(plan))
      emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: true } });
    else if (count === 0) emit({ code: 'tasks/none', level: 'info', data: { family, cluster } });
    else emit({ code: 'scale/unchanged', level: 'info', data: { count, family } });
    const outcome = await execute(plan, { ...session, observed: observed.tasks, timeout });
    const code = await report(session, context.task, count === 0 ? undefined : desired, outcome, timeout);
    const document = {
      ...subjectJson(session),
      outcome: outcomeJson(outcome.verdict),
      revision: revisionName(revision.arn),
      tasks: outcome.tasks.map(taskJson),
    };
    return { code, ...(context.options.json ? { result: jsonDocument(document) } : {}) };
  });
}

/** The service that decides how many tasks there are; one without tasks leaves it to those that were run by themselves. */
function serviceInCharge({ tasks, foreign }: Observation, service: ServiceState | undefined): string | undefined {
  const keeper = foreign.map(serviceOf).find((name) => name !== undefined);
  if (keeper !== undefined || service === undefined) return keeper;
  return service.members.desiredCount > 0 || tasks.length === 0 ? service.name : undefined;
}

/** The newest revision that a task of the project runs, or else its newest one. */
function revisionToRun({ revisions, tasks }: Observation, project: string): Revision | undefined {
  const running = revisions.find(({ arn }) => tasks.some(({ revisionArn }) => revisionArn === arn));
  return running ?? revisions.find((revision) => isOwnRevision(revision, project));
}

function desiredBy(
  { task }: OnlineContext,
  { project, cluster }: Session,
  { definition }: Revision,
  { count, waitFor, tags }: ScaleOptions,
): Desired {
  return {
    project,
    cluster,
    task: withTags(task, tags),
    count,
    waitFor: waitFor ?? usualWait(definition),
    namedVolumes: [],
    force: false,
    adopt: false,
    createLogGroups: false,
  };
}
