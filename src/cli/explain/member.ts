import { codeFrame } from '../../diagnostics/format/code-frame.ts';
import { locationJson } from '../../diagnostics/format/json.ts';
import { formatPlace } from '../../diagnostics/format/text.ts';
import { printable } from '../../diagnostics/printable.ts';
import { memberPath } from '../../fargate/member-path.ts';
import type { Source } from '../../source/source.ts';
import { annotateMember, type Member } from '../../transformer/annotate.ts';
import { type Origin, originOf, sourceOf, type Task } from '../../transformer/task.ts';
import { UsageError } from '../command.ts';
import { didYouMean } from '../did-you-mean.ts';
import { displayPath } from '../display-path.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { GlobalOptions } from '../global-options.ts';
import { validInput } from '../input.ts';
import type { Io } from '../io.ts';
import { jsonDocument } from '../render/json-document.ts';

/** The steps of a path, such as `containerDefinitions[db].memory`. */
export function stepsOf(path: string): readonly string[] {
  return path.split(/[.[\]]+/).filter((step) => step !== '');
}

/** Says where a member of the task definition came from. An item of a list may be named by its number or its name. */
export async function explainMember(io: Io, options: GlobalOptions, path: string): Promise<ExitCode> {
  const input = await validInput(io, options, 'error');
  if (input === undefined) return exitCode.findings;
  const found = stepsOf(path).reduce<Member>((at, step) => below(at, step), {
    path: '',
    value: input.task.definition,
  });
  io.out.write(options.json ? json(found, input.task, io) : text(found, input.task, io));
  return exitCode.done;
}

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
  const has = known.length === 0 ? 'There is nothing in it.' : `It has ${known.join(', ')}.`;
  const help = didYouMean(step, known, has);
  return new UsageError(`The task definition has no "${step}"${path === '' ? '' : ` in ${path}`}. ${help}`);
}

function text(member: Member, task: Task, io: Io): string {
  const { source, rule, related = [] }: Origin = originOf(task.origins, member.path) ?? {};
  const show = displayPath(io.host);
  const placed = source === undefined ? [] : [`  ${formatPlace(source, show)}`, ...frameOf(source, io)];
  const lines = [
    member.path,
    ...placed,
    ...related.map((one) => `  ${formatPlace(one.source, show)}: ${one.message}`),
    ...(rule === undefined ? [] : [`  ${rule}`]),
  ];
  return `${printable(lines.join('\n'))}\n\n${annotateMember(task, member, show)}`;
}

function frameOf(source: Source, io: Io): readonly string[] {
  return codeFrame(source, io.out.columns, (carets) => carets);
}

function json({ path, value }: Member, task: Task, io: Io): string {
  const source = sourceOf(task.origins, path);
  const rule = originOf(task.origins, path)?.rule;
  const location = source === undefined ? undefined : locationJson(source, displayPath(io.host));
  return jsonDocument({ path, value, location, rule });
}
