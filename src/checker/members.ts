import type { Member, MemberTable } from '../fargate/member.ts';
import { memberPath, parentPath } from '../fargate/member-path.ts';
import { members } from '../fargate/members.ts';
import { responseMembers } from '../fargate/task-members.ts';
import { misspeltNames } from '../source/slip.ts';
import { suggest } from '../source/suggest.ts';
import { type ConstraintAt, checkConstraint, fill } from './constraint.ts';
import type { Find } from './finding.ts';
import { isObject, isWindows, type ReadableDefinition } from './readable.ts';
import { isOfType, reportType } from './type.ts';

/** Where the walk is, and what it must know of the way. */
interface At {
  /** The row: `containerDefinitions[].name`. */
  readonly pattern: string;
  /** The value's path: `containerDefinitions[0].name`. */
  readonly path: string;
  /** The container around it, as a message calls it. */
  readonly container: string | undefined;
}

interface Walk {
  readonly windows: boolean;
  readonly find: Find;
}

const root: Member = { type: 'object' };
const namesBelow = memberNames(members);

function memberNames(table: MemberTable): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const path of Object.keys(table)) {
    if (path.endsWith('[]')) continue;
    const parent = parentPath(path);
    names.set(parent, [...(names.get(parent) ?? []), path.slice(parent.length).replace(/^\./, '')]);
  }
  return names;
}

/**
 * Checks each member by its own row of the table, and gives what the rules can read: the definition without what is of
 * a wrong type; undefined where it is no object.
 */
export function checkMembers(definition: unknown, find: Find): ReadableDefinition | undefined {
  const walk = { windows: isWindows(definition), find };
  const at = { pattern: '', path: '', container: undefined };
  return checkMember(definition, root, at, walk) as ReadableDefinition | undefined;
}

function checkMember(value: unknown, member: Member, at: At, walk: Walk): unknown {
  if (!isOfType(value, member.type)) {
    reportType(value, member.type, at.path, subject(at), walk.find);
    return undefined;
  }
  if (member.unsupported !== undefined) {
    const { instead, aws } = member.unsupported;
    if (!isEmpty(value)) walk.find('fargate/unsupported', at.path, { subject: subject(at), instead, aws });
    return undefined;
  }
  if (member.linuxOnly && walk.windows && !isEmpty(value)) {
    walk.find('fargate/linux-only', at.path, { subject: subject(at) });
  }
  if (member.notEmpty !== undefined && isBlank(value)) {
    walk.find('fargate/empty', at.path, { subject: subject(at), aws: member.notEmpty.aws });
  }
  checkConstraints(value, member, at, walk.find);
  if (Array.isArray(value)) return checkElements(value, at, walk);
  if (member.type === 'object') return checkObject(value as Record<string, unknown>, at, walk);
  if (member.type === 'map') return checkMap(value as Record<string, unknown>, at, walk);
  return value;
}

function checkConstraints(value: unknown, member: Member, at: At, find: Find): void {
  // An empty value has been reported as missing.
  if ((member.required ?? member.expected) !== undefined && isBlank(value)) return;
  const where: ConstraintAt = { path: at.path, subject: subject(at), container: at.container ?? '' };
  for (const constraint of member.constraints ?? []) {
    if (checkConstraint(constraint, value, where, find)) return;
  }
}

function checkElements(list: readonly unknown[], at: At, walk: Walk): unknown[] {
  const pattern = `${at.pattern}[]`;
  const member = members[pattern] as Member;
  return list.map((value, index) => {
    const path = `${at.path}[${index}]`;
    const container = at.pattern === 'containerDefinitions' ? containerName(value, path) : at.container;
    return checkMember(value, member, { pattern, path, container }, walk);
  });
}

function checkObject(value: Readonly<Record<string, unknown>>, at: At, walk: Walk): Record<string, unknown> {
  const names = namesBelow.get(at.pattern) ?? [];
  const meant = reportUnknown(Object.keys(value), names, at, walk.find);
  const readable: Record<string, unknown> = {};
  for (const name of names) {
    const below = { ...at, pattern: memberPath(at.pattern, name), path: memberPath(at.path, name) };
    const member = members[below.pattern] as Member;
    const own = Object.hasOwn(value, name) ? value[name] : undefined;
    // In the API's JSON, null says that a member is not there.
    const missing = own === undefined || own === null;
    if (missing ? !meant.has(name) : isBlank(own) && isOfType(own, member.type)) {
      reportMissing(name, member, missing, below, walk.find);
    }
    if (!missing) readable[name] = checkMember(own, member, below, walk);
    else if (meant.has(name)) readable[name] = undefined;
  }
  return readable;
}

function reportMissing(name: string, member: Member, missing: boolean, at: At, find: Find): void {
  const wanted = member.required ?? member.expected;
  if (wanted === undefined) return;
  find(member.required === undefined ? 'fargate/incomplete' : 'fargate/required', at.path, {
    subject: subject(at),
    missing,
    example: `${JSON.stringify(name)}: ${wanted.example}`,
    aws: fill(wanted.aws, { container: at.container ?? '' }),
  });
}

function checkMap(value: Readonly<Record<string, unknown>>, at: At, walk: Walk): Record<string, unknown> {
  const entries = Object.entries(value).filter(([name, own]) => {
    if (typeof own === 'string') return true;
    const below = { ...at, path: memberPath(at.path, name) };
    reportType(own, 'string', below.path, subject(below), walk.find);
    return false;
  });
  return Object.fromEntries(entries);
}

/** Reports members that the API does not know, and gives those that were probably meant. */
function reportUnknown(names: readonly string[], known: readonly string[], at: At, find: Find): Set<string> {
  const meant = new Set<string>();
  const unknown = names.filter((name) => !known.includes(name));
  const misspelt = unknown.length === 0 ? undefined : misspeltNames(names, known);
  const returned = at.path === '' ? unknown.filter((name) => responseMembers.includes(name)) : [];
  const [first, ...others] = returned;
  if (first !== undefined) {
    const related = others.map((name) => ({ message: name, path: name }));
    find('fargate/response-members', first, { members: returned.join(', ') }, related);
  }
  for (const name of unknown.filter((each) => !returned.includes(each))) {
    const path = memberPath(at.path, name);
    const suggestion = suggest(name, known);
    if (suggestion !== undefined) meant.add(suggestion);
    const correction = misspelt?.get(name);
    find('fargate/unknown-member', path, { subject: subject({ ...at, path }), suggestion, correction });
  }
  return meant;
}

/** How a message calls a member: `healthCheck.interval of container web`. */
function subject({ path, container }: At): string {
  if (path === '') return 'The task definition';
  const [, place, member] = /^(containerDefinitions\[\d+\])\.(.+)$/s.exec(path) ?? [];
  if (place === undefined || member === undefined) return path;
  return `${member} of ${container === place ? place : `container ${container}`}`;
}

function containerName(value: unknown, path: string): string {
  const name = isObject(value) ? value['name'] : undefined;
  return typeof name === 'string' && name !== '' ? name : path;
}

function isBlank(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}

/** Whether a value says nothing: AWS returns such values itself, and takes them back. */
function isEmpty(value: unknown): boolean {
  return value === false || isBlank(value) || (isObject(value) && Object.keys(value).length === 0);
}
