<<<<<<< HEAD

import { codeFrame } from '../../diagnostics/format/code-frame.ts';
import { locationJson } from '../../diagnostics/format/json.ts';
import { formatPlace } from '../../diagnostics/format/text.ts';
import { printable } from '../../diagnostics/printable.ts';
import { memberPath } from '../../fargate/member-path.ts';

=======

import { taskMembers } from '../../fargate/task-members.ts';

>>>>>>> pages-a

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

<<<<<<< HEAD
function below({ path, value }: Member, step: string): Member {
  if (Array.isArray(value)) {
    const index = /^\d+$/.test(step) ? Number(step) : value.findIndex((item) => nameOf(item) === step);
    if (index in value) return { path: `${path}[${index}]`, value: value[index] };
    throw notThere(path, step, value.map(nameOf));
  }
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const member = members.find(([name]) => name === step);
  if (member === undefined)
    throw notThere(
      path,
      step,
      members.map(([name]) => name),
    );
  return { path: memberPath(path, step), value: member[1] };
}

/** What tells the items of a list of the definition apart. */
function nameOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { name, containerName, sourceVolume } = item as Record<string, string | undefined>;
  return name ?? containerName ?? sourceVolume;
}

function notThere(path: string, step: string, names: readonly (string | undefined)[]): UsageError {
  const known = names.filter((name) => name !== undefined);
  const meant = suggest(step, known);
  const has = known.length === 0 ? 'There is nothing in it.' : `It has ${known.join(', ')}.`;
  const help = meant === undefined ? has : `Did you mean "${meant}"?`;
  return new UsageError(`The task definition has no "${step}"${path === '' ? '' : ` in ${path}`}. ${help}`);
}

function text(member: Member, task: Task, io: Io): string {
  const { source, rule, related = [] }: Origin = originOf(task.origins, member.path) ?? {};
  const show = displayPath(io.host);
  const lines = [
    member.path,
    ...(source === undefined
      ? []
      : [`  ${formatPlace(source, show)}`, ...codeFrame(source, io.out.columns, (carets) => carets)]),
    ...related.map((one) => `  ${formatPlace(one.source, show)}: ${one.message}`),
    ...(rule === undefined ? [] : [`  ${rule}`]),
  ];
  return `${printable(lines.join('\n'))}\n\n${annotateMember(task, member, show)}`;
}

function json({ path, value }: Member, task: Task, io: Io): string {
  const source = sourceOf(task.origins, path);
  const rule = originOf(task.origins, path)?.rule;
  const location = source === undefined ? undefined : locationJson(source, displayPath(io.host));
  return `${JSON.stringify({ path, value, location, rule }, null, 2)}\n`;
=======
function nothingOf(what: string): string {
  const meant = suggest(stepsOf(what)[0] ?? '', Object.keys(taskMembers));
  if (meant !== undefined) return `The task definition has no "${what}". Did you mean "${meant}"?`;
  return [
    `"${what}" is nothing that can be explained. Name`,
    '  the code of a finding:            transform/host-port-dropped',
    '  a stop reason, as ECS gives it:   "CannotPullContainerError: …"',
    '  a member of the task definition:  containerDefinitions[web].memory',
  ].join('\n');
>>>>>>> pages-a
}
