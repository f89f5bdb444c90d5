import type { ScalarNode } from './node.ts';

type Resolved = Pick<ScalarNode, 'type' | 'value'>;

const words: ReadonlyMap<string, Resolved> = new Map<string, Resolved>([
  ...['', '~', 'null', 'Null', 'NULL'].map((text): [string, Resolved] => [text, { type: 'null', value: null }]),
  ...['true', 'True', 'TRUE'].map((text): [string, Resolved] => [text, { type: 'bool', value: true }]),
  ...['false', 'False', 'FALSE'].map((text): [string, Resolved] => [text, { type: 'bool', value: false }]),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((text): [string, Resolved] => [
    text,
    { type: 'float', value: Number.POSITIVE_INFINITY },
  ]),
  ...['-.inf', '-.Inf', '-.INF'].map((text): [string, Resolved] => [
    text,
    { type: 'float', value: Number.NEGATIVE_INFINITY },
  ]),
  ...['.nan', '.NaN', '.NAN'].map((text): [string, Resolved] => [text, { type: 'float', value: Number.NaN }]),
]);

const integer = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9]\d*)$/;
const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const timestamp =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]| +)(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?(?: *Z|[-+]\d\d:\d\d)?)?$/;

/**
 * What a plain YAML scalar is to go-yaml v4, and so to Docker Compose. It is neither YAML 1.2's core schema nor 1.1:
 * `010` is 8 and `0b11` is 3, but `yes` and `22:22` are strings.
 */
export function resolvePlain(text: string): Resolved {
  const word = words.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  const numeric = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e;
  if (!numeric) return { type: 'string', value: text };
  if (isTimestamp(text)) return { type: 'timestamp', value: text };
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  if (integer.test(digits) && digits !== '-0') return resolveInteger(digits);
  // What is too large for a float, such as 1e999, is no number at all.
  if (float.test(digits) && Number.isFinite(Number(digits))) return { type: 'float', value: Number(digits) };
  return { type: 'string', value: text };
}

function resolveInteger(digits: string): Resolved {
  const negative = digits.startsWith('-');
  const magnitude = digits.replace(/^[-+]/, '');
  const value = BigInt(/^0[0-7]+$/.test(magnitude) ? `0o${magnitude.slice(1)}` : magnitude);
  const signed = negative ? -value : value;
  const fits = signed >= -(2n ** 63n) && signed < 2n ** 64n;
  if (!fits) return { type: 'float', value: Number(signed) };
  return { type: 'int', value: Number.isSafeInteger(Number(signed)) ? Number(signed) : signed };
}

function isTimestamp(text: string): boolean {
  const match = timestamp.exec(text);
  if (match === null) return false;
  const [year, month, day, hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isDate = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isDate && hour < 24 && minute < 60 && second < 60;
}
