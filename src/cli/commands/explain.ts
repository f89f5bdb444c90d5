import { taskMembers } from '../../fargate/task-members.ts';

import { suggest } from '../../source/suggest.ts';
import { type CommandDefinition, UsageError } from '../command.ts';
import { explainMember, stepsOf } from '../explain/member.ts';
import { explainRule } from '../explain/rule.ts';
import { printStopReason } from '../explain/stop-reason.ts';

type StopReasons = typeof import('../../fargate/stop-reasons.ts');

export const explain: CommandDefinition = {
  name: 'explain',
  summary: 'say what a finding or a stop reason means, or where a member of the task definition came from',
  arguments: [
    {
      usage: '<what...>',
      summary:
        'a code (fargate/task-size), a stop reason ("CannotPullContainerError: …") or a path (containerDefinitions[0].memory)',
    },
  ],
  evenMisconfigured: true,
  async run(io, options, words) {
    const what = words.join(' ');
    if (/^[\w-]+\/[\w-]+$/.test(what)) return explainRule(io, options, what);
    const { explainStopReason }: StopReasons = await import('../../fargate/stop-reasons.ts');
    const reason = explainStopReason(what);
    if (reason !== undefined) return printStopReason(io, options, what, reason);
    if (isPath(what)) return explainMember(io, options, what);
    throw new UsageError(nothingOf(what));
  },
};

/** Whether it begins with a member that a task definition may have; "." is the whole of it. */
function isPath(what: string): boolean {
  const [first] = stepsOf(what);
  return first === undefined || Object.hasOwn(taskMembers, first);
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
