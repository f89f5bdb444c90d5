import {
  execute,
  hasChanges,
  type Leftover,
  type Outcome,
  oneOffService,
  type Plan,
  type PurgePlan,
  type TaskState,
  taskId,
} from '../../deployer.ts';
import { exitCode } from '../exit-code.ts';
import type { OnlineContext, RemovalOptions } from './context.ts';
import { formatPlan, nothingLeft, summaries } from './plan-text.ts';
import { purgeRefused } from './purge.ts';
import { tellRemains } from './remains.ts';
import type { Ended, Session } from './session.ts';
import { defaultTimeout, report } from './verdict.ts';

/** What a command has found out that takes down a project, or its service. */
interface Found {
  readonly plan: Plan;
  /** The tasks that are stopped by themselves. */
  readonly observed: readonly TaskState[];
  /** What stays then. */
  readonly leftovers: readonly Leftover[];
  /** That part of the plan which cannot be undone. */
  readonly purge: PurgePlan | undefined;
  /** What removes more with `--purge`. */
  readonly command: 'down' | 'service rm';
}

interface TakeDownOptions extends RemovalOptions {
  /** Milliseconds that each wait may last. */
  readonly timeout?: number;
}

/**
 * Executes the plan, or shows it where that is all that is asked for, and says what stays. It asks before it does what
 * cannot be undone. `document` makes the document of `--json` of how it ended.
 */
export async function takeDown(
  context: OnlineContext,
  session: Session,
  { plan, observed, leftovers, purge, command }: Found,
  options: TakeDownOptions,
  document: (outcome: Outcome) => string,
): Promise<Ended> {
  const { emit } = session;
  const { timeout = defaultTimeout } = options;
  const tellWhatStays = () => tellRemains(context, session, leftovers, purge === undefined ? command : undefined);
  if (options.dryRun) {
    tellWhatStays();
    return { code: exitCode.done, result: formatPlan(plan, context.task, context, session, nothingLeft) };
  }
  const refused = purge && (await purgeRefused(session, purge, options));
  if (refused !== undefined) return { code: refused };
  if (hasChanges(plan)) {
    emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: true } });
  }
  const oneOff = observed.filter((task) => oneOffService(task) !== undefined).map(({ arn }) => taskId(arn));
  if (oneOff.length > 0) emit({ code: 'tasks/one-off', level: 'info', data: { tasks: oneOff } });
  const outcome = await execute(plan, { ...session, observed, timeout });
  const code = await report(session, context.task, undefined, outcome, timeout);
  if (code === exitCode.done) tellWhatStays();
  return { code, ...(context.options.json ? { result: document(outcome) } : {}) };
}
