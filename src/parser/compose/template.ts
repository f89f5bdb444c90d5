import { limits } from '../../source/limits.ts';

/** What a template asks of its surroundings. Offsets count from the start of the whole template. */
export interface Scope {
  /** The value of a variable, undefined where it is not set. */
  value(name: string): string | undefined;
  /** A variable without a value was used without a default, and became "". */
  unset(name: string, offset: number): void;
  /** `${NAME:?word}`, and NAME has no value. */
  required(name: string, message: string, offset: number): void;
  /** A `$` that begins nothing known. */
  malformed(text: string, offset: number): void;
  /** A word within more words than the limit of depth allows. */
  tooDeep(offset: number): void;
}

const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const operator = /:?[-?+]/y;

/** A use of a variable in a template: `$NAME`, `${NAME}` or `${NAME op word}`. */
export interface Use {
  readonly name: string;
  readonly operator?: Operator;
  /** What follows the operator, itself a template; "" where there is no operator. */
  readonly word: string;
  /** Where the use stands, and where its word does. */
  readonly offset: number;
  readonly wordOffset: number;
}

/** A template in its parts: texts as they stand, uses of variables, and a `$` that begins nothing known, which ends it. */
type Part = string | Use | { readonly malformed: number };

/**
 * Substitutes `$NAME`, `${NAME}` and `${NAME op word}` in a text, as Docker Compose does; `$$` stands for `$`. The
 * word is itself a template, and is evaluated only if it is used.
 */
export function substitute(template: string, scope: Scope): string {
  return template.includes('$') ? substituteAt(template, scope, 0, 0) : template;
}

/**
 * @param offset where the template stands in the whole one
 * @param depth within how many words
 */
function substituteAt(template: string, scope: Scope, offset: number, depth: number): string {
  let result = '';
  for (const part of partsOf(template)) {
    if (typeof part === 'string') result += part;
    else if ('malformed' in part) scope.malformed(template, offset + part.malformed);
    else result += valueOfUse(part, scope, offset, depth);
  }
  return result;
}

/** Every use of a variable in a template, those in the words of others after them. */
export function usesOf(template: string, depth = 0): readonly Use[] {
  if (depth > limits.depth) return [];
  return partsOf(template).flatMap((part) =>
    typeof part === 'string' || 'malformed' in part ? [] : [part, ...usesOf(part.word, depth + 1)],
  );
}

function partsOf(template: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (let dollar = template.indexOf('$'); dollar !== -1; dollar = template.indexOf('$', at)) {
    if (dollar > at) parts.push(template.slice(at, dollar));
    const { part, end } = partAt(template, dollar);
    parts.push(part);
    at = end;
  }
  if (at < template.length) parts.push(template.slice(at));
  return parts;
}

/** The part that begins with a `$`, and where the template goes on. */
function partAt(template: string, dollar: number): { readonly part: Part; readonly end: number } {
  const next = template[dollar + 1];
  if (next === '$') return { part: '$', end: dollar + 2 };
  if (next === '{') return braced(template, dollar);
  const plain = match(name, template, dollar + 1);
  const end = dollar + 1 + (plain?.length ?? 0);
  if (plain === undefined) return { part: '$', end };
  return { part: { name: plain, word: '', offset: dollar, wordOffset: end }, end };
}

function braced(template: string, dollar: number): { readonly part: Part; readonly end: number } {
  const malformed = { part: { malformed: dollar }, end: template.length };
  const key = match(name, template, dollar + 2);
  if (key === undefined) return malformed;
  const afterKey = dollar + 2 + key.length;
  if (template[afterKey] === '}') {
    return { part: { name: key, word: '', offset: dollar, wordOffset: afterKey }, end: afterKey + 1 };
  }
  const found = match(operator, template, afterKey) as Operator | undefined;
  if (found === undefined) return malformed;
  const wordOffset = afterKey + found.length;
  const close = closingBrace(template, dollar, wordOffset);
  if (close === -1) return malformed;
  const word = template.slice(wordOffset, close);
  return { part: { name: key, operator: found, word, offset: dollar, wordOffset }, end: close + 1 };
}

function valueOfUse(use: Use, scope: Scope, offset: number, depth: number): string {
  const { name: key, operator: found } = use;
  if (found === undefined) return valueOrBlank(key, scope, offset + use.offset);
  const word = () => {
    if (depth < limits.depth) return substituteAt(use.word, scope, offset + use.wordOffset, depth + 1);
    scope.tooDeep(offset + use.wordOffset);
    return '';
  };
  return operators[found](scope.value(key), word, key, scope, offset + use.offset);
}

/**
 * The brace that closes the one after `dollar`: the one that balances it, and where counting does not find that one,
 * the last of the line. Docker Compose counts in the same way, without looking at the character after an opening
 * brace, and a word ends with its line.
 */
function closingBrace(template: string, dollar: number, from: number): number {
  let open = 0;
  let last = -1;
  let counted = dollar;
  for (let at = dollar; at < template.length; at += 1) {
    const character = template[at];
    if (character === '\n' && at >= from) break;
    if (character === '}' && at >= from) last = at;
    if (at < counted) continue;
    counted = character === '{' ? at + 2 : at + 1;
    if (character === '{') open += 1;
    if (character === '}') open -= 1;
    if (character === '}' && open === 0) return at;
  }
  return last;
}

export type Operator = ':-' | '-' | ':?' | '?' | ':+' | '+';
type Apply = (value: string | undefined, word: () => string, key: string, scope: Scope, offset: number) => string;

const operators: Readonly<Record<Operator, Apply>> = {
  ':-': (value, word) => value || word(),
  '-': (value, word) => value ?? word(),
  ':?': (value, word, key, scope, offset) => value || required(word, key, scope, offset),
  '?': (value, word, key, scope, offset) => value ?? required(word, key, scope, offset),
  ':+': (value, word) => (value ? word() : (value ?? '')),
  '+': (value, word) => (value === undefined ? '' : word()),
};

function required(word: () => string, key: string, scope: Scope, offset: number): string {
  scope.required(key, word(), offset);
  return '';
}

function valueOrBlank(key: string, scope: Scope, offset: number): string {
  const value = scope.value(key);
  if (value === undefined) scope.unset(key, offset);
  return value ?? '';
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
