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
}

const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const operator = /:?[-?+]/y;

/**
 * Substitutes `$NAME`, `${NAME}` and `${NAME op word}` in a text, as Docker Compose does; `$$` stands for `$`. The
 * word is itself a template, and is evaluated only if it is used.
 */
export function substitute(template: string, scope: Scope, offset = 0): string {
  if (!template.includes('$')) return template;
  let result = '';
  let at = 0;
  while (at < template.length) {
    const dollar = template.indexOf('$', at);
    if (dollar === -1) break;
    result += template.slice(at, dollar);
    const found = variable(template, dollar, scope, offset);
    result += found.text;
    at = found.end;
  }
  return result + template.slice(at);
}

interface Substituted {
  readonly text: string;
  /** Where the template goes on. */
  readonly end: number;
}

function variable(template: string, dollar: number, scope: Scope, offset: number): Substituted {
  const next = template[dollar + 1];
  if (next === '$') return { text: '$', end: dollar + 2 };
  if (next === '{') return braced(template, dollar, scope, offset);
  const plain = match(name, template, dollar + 1);
  if (plain === undefined) return { text: '$', end: dollar + 1 };
  return { text: valueOrBlank(plain, scope, offset + dollar), end: dollar + 1 + plain.length };
}

function braced(template: string, dollar: number, scope: Scope, offset: number): Substituted {
  const key = match(name, template, dollar + 2);
  const afterKey = dollar + 2 + (key?.length ?? 0);
  if (key !== undefined && template[afterKey] === '}') {
    return { text: valueOrBlank(key, scope, offset + dollar), end: afterKey + 1 };
  }
  const op = key === undefined ? undefined : match(operator, template, afterKey);
  const close = op === undefined ? -1 : closingBrace(template, dollar, afterKey + (op?.length ?? 0));
  if (key === undefined || op === undefined || close === -1) {
    scope.malformed(template, offset + dollar);
    return { text: '', end: template.length };
  }
  const start = afterKey + op.length;
  const word = () => substitute(template.slice(start, close), scope, offset + start);
  return { text: operators[op as Operator](scope.value(key), word, key, scope, offset + dollar), end: close + 1 };
}

/**
 * The brace that closes the one after `dollar`: the one that balances it, and where counting does not find that one,
 * the last of the line. Docker Compose counts in the same way, without looking at the character after an opening
 * brace, and a word ends with its line.
 */
function closingBrace(template: string, dollar: number, from: number): number {
  const lineEnd = template.indexOf('\n', from);
  const last = template.lastIndexOf('}', lineEnd === -1 ? template.length : lineEnd);
  if (last < from) return -1;
  let open = 0;
  for (let at = dollar; at <= last; at += 1) {
    if (template[at] === '}') {
      open -= 1;
      if (open === 0) return at >= from ? at : last;
    } else if (template[at] === '{') {
      open += 1;
      at += 1;
    }
  }
  return last;
}

type Operator = ':-' | '-' | ':?' | '?' | ':+' | '+';
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
