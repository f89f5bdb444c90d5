import { execute, hasChanges, isOwn, logGroups, observeTasks, planDown, serviceOf, taskId } from '../../deployer.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { DownOptions, OnlineContext } from './context.ts';
import { summaries } from './plan-text.ts';
import { inSession } from './session.ts';
import { defaultTimeout, report } from './verdict.ts';

/** `down`: stops the project's tasks, waits until they have stopped, and says what stays. */
export function down(context: OnlineContext, options: DownOptions): Promise<ExitCode> {
  return inSession(context, async (session) => {
    const { account, emit, family, cluster, project } = session;
    const { tasks } = await observeTasks(account, session, 'RUNNING');
    const service = tasks.map(serviceOf).find((name) => name !== undefined);
    if (service !== undefined) emit({ code: 'service/still-runs', level: 'info', data: { service } });
    const observed = tasks.filter((task) => isOwn(task, project) && serviceOf(task) === undefined);
    const plan = planDown({ tasks: observed });
    if (!hasChanges(plan)) emit({ code: 'tasks/none', level: 'info', data: { family, cluster } });
    else emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: true } });
    const { timeout = defaultTimeout } = options;
    const outcome = await execute(plan, { ...session, observed, timeout });
    const code = report(session, context.task, undefined, outcome, timeout);
    if (code === exitCode.done && observed.length > 0) {
      const groups = logGroups(context.task.definition).map(({ name }) => name);
      emit({ code: 'tasks/remains', level: 'info', data: { family, logGroups: groups } });
    }
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
