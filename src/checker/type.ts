import type { MemberType } from '../fargate/member.ts';
import type { Find } from './finding.ts';
import { isObject } from './readable.ts';

/** Whether a value is of a member's type; what stands in lists, objects and maps is not looked at. */
export function isOfType(value: unknown, type: MemberType): boolean {
  switch (type) {
    case 'string':
    case 'boolean':
      return typeof value === type;
    case 'integer':
      return Number.isInteger(value);
    case 'list':
      return Array.isArray(value);
    default:
      return isObject(value);
  }
}

/** Reports a value that is not of the type that its member takes. */
export function reportType(value: unknown, type: MemberType, path: string, subject: string, find: Find): void {
  const expected = types[type];
  const written = asType(value, type);
  const instead =
    path === ''
      ? 'an object with family, containerDefinitions and so on'
      : ((written && inQuotes(written)) ?? expected);
  const correction = written === undefined ? undefined : { written: JSON.stringify(value), meant: written };
  find('fargate/type', path, { subject, expected, actual: inWords(value), instead, correction });
}

const types: Readonly<Record<MemberType, string>> = {
  string: 'a string',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  list: 'an array',
  map: 'an object of strings',
};

function inWords(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return `the string ${JSON.stringify(value)}`;
  return String(value);
}

/** The value as JSON writes it in the type that was meant, where only the quotes are wrong. */
function asType(value: unknown, type: MemberType): string | undefined {
  if (type === 'string') return ['number', 'boolean'].includes(typeof value) ? JSON.stringify(`${value}`) : undefined;
  if (typeof value !== 'string') return undefined;
  const isRight = type === 'integer' ? /^(?:0|[1-9]\d*)$/ : type === 'boolean' ? /^(?:true|false)$/ : undefined;
  return isRight?.test(value) ? value : undefined;
}

function inQuotes(written: string): string {
  return written.startsWith('"') ? written : `${written}, without quotes`;
}
