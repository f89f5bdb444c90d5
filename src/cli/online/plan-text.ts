import { hasChanges, type OperationSummary, type Plan, sentenceOf } from '../../deployer.ts';
import { locationJson } from '../../diagnostics/format/json.ts';
import { printable } from '../../diagnostics/printable.ts';
import type { Task } from '../../transformer/task.ts';
import { displayPath } from '../display-path.ts';
import { jsonDocument } from '../render/json-document.ts';
import type { OnlineContext } from './context.ts';
import { differenceLines, type ShownDifference, shownDifference } from './difference.ts';
import { type Subject, subjectJson } from './results.ts';

/** The steps of a plan as they are told. */
export function summaries({ operations }: Plan): readonly OperationSummary[] {
  return operations.map((operation, index) => ({ index, kind: operation.kind, sentence: sentenceOf(operation) }));
}

/** Why there may be nothing to take down. */
export const nothingLeft = 'nothing of the project is left';

/**
 * A plan as `plan` and `--dry-run` print it: a line a step, then what differs; with `--json` one document. `unchanged` says
 * why there may be nothing to do.
 */
export function formatPlan(
  plan: Plan,
  task: Task,
  { io, options }: OnlineContext,
  subject: Subject,
  unchanged = 'everything is as the files say',
): string {
  const changes = hasChanges(plan);
  const difference = changes && plan.difference !== undefined ? shownDifference(plan.difference, task) : undefined;
  const show = displayPath(io.host);
  if (options.json) {
    const operations = changes ? summaries(plan) : [];
    return jsonDocument({ ...subjectJson(subject), changes, operations, ...differenceJson(difference, show) });
  }
  if (!changes) return `Nothing to do: ${unchanged}.\n`;
  const steps = summaries(plan).map(({ sentence }) => `${printable(sentence)}.`);
  const differing = difference === undefined ? [] : differenceLines(difference, show);
  return `${[...steps, ...(differing.length === 0 ? [] : ['', ...differing])].join('\n')}\n`;
}

/** A difference from a definition that is not in AWS, as `plan --against` prints it. */
export function formatDifference(difference: ShownDifference, context: OnlineContext): string {
  const { io, options, project, task } = context;
  const show = displayPath(io.host);
  const changes = difference.changes.length > 0;
  const { family } = task.definition;
  if (options.json)
    return jsonDocument({ project: project.name, family, changes, ...differenceJson(difference, show) });
  if (!changes) return `Nothing differs: the files make the task definition of ${printable(difference.against)}.\n`;
  return `${differenceLines(difference, show).join('\n')}\n`;
}

/** `differences`: the path of each, its values before and after, its effect and its place. */
function differenceJson(difference: ShownDifference | undefined, show: (path: string) => string): object {
  if (difference === undefined) return { differences: [] };
  const { against, changes, settingsChanged, restartsTasks } = difference;
  const effect = restartsTasks ? 'restarts tasks' : 'no change';
  return {
    against,
    settingsChanged,
    differences: changes.map(({ path, before, after, source, rule }) => ({
      path,
      before,
      after,
      effect,
      location: source && locationJson(source, show),
      rule,
    })),
  };
}
