import { type Change, type Difference, type Json, revisionName } from '../../deployer.ts';
import { formatPlace } from '../../diagnostics/format/text.ts';
import { printable } from '../../diagnostics/printable.ts';
import type { Source } from '../../source/source.ts';
import { isCredential } from '../../transformer/credentials.ts';
import { originOf, sourceOf, type Task } from '../../transformer/task.ts';

/** What makes the files' definition another one, as it may be shown: secrets are masked. */
export interface ShownDifference {
  /** The revision, or the file, that the files were compared with. */
  readonly against: string;
  readonly changes: readonly ShownChange[];
  readonly settingsChanged: boolean;
  readonly restartsTasks: boolean;
}

export interface ShownChange {
  /** `containerDefinitions[web].image`. */
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
  /** The place in the user's files that the value comes from now. */
  readonly source?: Source;
  /** The rule that chose or changed it. */
  readonly rule?: string;
}

const mask = '********';

/** So many characters of a value are shown. */
const shownCharacters = 60;

/** A difference with the place of each change. */
export function shownDifference({ revision, changes, ...effects }: Difference, task: Task): ShownDifference {
  return { against: revisionName(revision.arn), changes: shownChanges(changes, task), ...effects };
}

/** Changes with their places in the files, their secrets masked. */
export function shownChanges(changes: readonly Change[], { origins }: Task): readonly ShownChange[] {
  return changes.map(({ path, place, before, after }) => {
    const source = sourceOf(origins, place);
    const rule = originOf(origins, place)?.rule;
    const variable = /\[([^\]]*)\]\.value$/.exec(path)?.[1] ?? '';
    return {
      path,
      ...(before === undefined ? {} : { before: masked(before, variable) }),
      ...(after === undefined ? {} : { after: masked(after, variable) }),
      ...(source === undefined ? {} : { source }),
      ...(rule === undefined ? {} : { rule }),
    };
  });
}

/** A value without what looks like a secret. `name` is that of the variable that it belongs to, if any. */
function masked(value: Json, name: string): Json {
  if (typeof value === 'string') return isCredential(name, value) ? mask : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => masked(item, ''));
  const members = value as { readonly [member: string]: Json };
  const variable = typeof members['name'] === 'string' ? members['name'] : '';
  return Object.fromEntries(
    Object.entries(members).map(([member, each]) => [member, masked(each, member === 'value' ? variable : '')]),
  );
}

/** A difference as lines for a person, the changes of each container below its name. */
export function differenceLines(
  { against, changes, settingsChanged, restartsTasks }: ShownDifference,
  displayPath: (path: string) => string,
): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const change of changes) {
    const [, container, member = change.path] = /^containerDefinitions\[([^\]]*)\]\.?(.*)$/.exec(change.path) ?? [];
    const group = container === undefined ? 'task' : `container ${container}`;
    const lines = groups.get(group) ?? [];
    groups.set(group, [...lines, changeLine(change, member, displayPath)]);
  }
  if (settingsChanged) groups.set('network and launch settings', ['    not those that the tasks were run with']);
  if (groups.size === 0) return [];
  const effect = restartsTasks ? 'tasks restart' : 'no task restarts';
  return [
    `Changes against ${against} (${effect}):`,
    ...[...groups].flatMap(([name, lines]) => [`  ${name}`, ...lines]),
  ];
}

function changeLine(
  { before, after, source, rule }: ShownChange,
  member: string,
  displayPath: (path: string) => string,
): string {
  const origin = [source && formatPlace(source, displayPath), rule].filter((part) => part !== undefined).join(', ');
  const name = member === '' ? '' : `${member.replace(/\]\.value$/, ']')}: `;
  const change =
    before === undefined
      ? `added ${inWords(after)}`
      : after === undefined
        ? `removed ${inWords(before)}`
        : `${inWords(before)} → ${inWords(after)}`;
  return printable(`    ${name}${change}${origin === '' ? '' : `  (${origin})`}`);
}

function inWords(value: Json | undefined): string {
  // Of a variable or a tag that is all new, its name stands in the path.
  const { value: own = value } = (typeof value === 'object' ? value : {}) as { readonly value?: Json };
  const text = (typeof own === 'string' ? own : JSON.stringify(own)).replaceAll('\n', ' ');
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters - 1)}…` : text;
}
