import { taskMembers } from '../../fargate/task-members.ts';
import { suggest } from '../../source/suggest.ts';
import { UsageError } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { explainMember, stepsOf } from '../explain/member.ts';
import { explainRule } from '../explain/rule.ts';
import { printStopReason } from '../explain/stop-reason.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Io } from '../io.ts';

type StopReasons = typeof import('../../fargate/stop-reasons.ts');

/** Explains what the words name: a finding, a stop reason or a member of the task definition. */
export async function explain(io: Io, options: GlobalOptions, words: readonly string[]): Promise<ExitCode> {
  const what = words.join(' ');
  if (/^[\w-]+\/[\w-]+$/.test(what)) return explainRule(io, options, what);
  const { explainStopReason }: StopReasons = await import('../../fargate/stop-reasons.ts');
  const reason = explainStopReason(what);
  if (reason !== undefined) return printStopReason(io, options, what, reason);
  if (isPath(what)) return explainMember(io, options, what);
  throw new UsageError(nothingOf(what));
}

/** Whether it begins with a member that a task definition may have; "." is the whole of it. */
function isPath(what: string): boolean {
  const [first = ''] = stepsOf(what);
  return what === '.' || Object.hasOwn(taskMembers, first);
}

function nothingOf(what: string): string {
  const meant = suggest(stepsOf(what)[0] ?? '', Object.keys(taskMembers));
  if (meant !== undefined) return `The task definition has no "${what}". Did you mean "${meant}"?`;
  return [
    `"${what}" is nothing that can be explained. Name`,
    '  the code of a finding:            transform/host-port-dropped',
    '  a stop reason, as ECS gives it:   "CannotPullContainerError: …"',
    '  a member of the task definition:  containerDefinitions[web].memory',
  ].join('\n');
}
