import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { Allowance } from '../../source/allowance.ts';
import { limits } from '../../source/limits.ts';
import type { Source, SourceFile } from '../../source/source.ts';
import { placesOfUses, restOf } from './interpolation.ts';
import { substitute } from './template.ts';
import type { Variable } from './variables.ts';

/** Finds the value of a variable outside the file. */
export type Lookup = (name: string) => string | undefined;

/**
 * The variables of a `.env` file or an `env_file`, in Docker Compose's dialect. Each knows its line. A name alone on
 * a line takes its value from outside, and is left out where there is none. Undefined after reporting a syntax error.
 * @param lookup values that win over the file's own where a line refers to a variable
 */
export function parseDotenv(file: SourceFile, lookup: Lookup, report: Report): Map<string, Variable> | undefined {
  const variables = new Map<string, Variable>();
  const characters = new Allowance(limits.substituted);
  const text = file.text;
  for (let at = skipBlank(text, 0); at < text.length; at = skipBlank(text, at)) {
    const statement = readKey(file, at, report);
    if (statement === undefined) return undefined;
    const { key, keyStart, end, inherits } = statement;
    if (inherits) {
      const value = lookup(key);
      if (value !== undefined)
        variables.set(key, inherited(value, { file, start: keyStart, end: keyStart + key.length }));
      at = end;
      continue;
    }
    const value = readValue(file, end, report);
    if (value === undefined) return undefined;
    const source = { file, start: keyStart, end: Math.max(value.end, end) };
    const expanded = value.expand
      ? expand(value.text, source, (name) => lookup(name) ?? variables.get(name)?.value, characters, report)
      : value.text;
    if (expanded === undefined) return undefined;
    variables.set(key, { value: expanded, source, valueSource: { file, start: end, end: source.end } });
    at = value.next;
  }
  return variables;
}

/** The variables of an `env_file` of `format: raw`: the text after `=` as it is, comments only on lines of their own. */
export function parseRawEnv(file: SourceFile, lookup: Lookup, report: Report): Map<string, Variable> | undefined {
  const variables = new Map<string, Variable>();
  let next = 0;
  for (const line of file.text.split('\n')) {
    const whole = line.replace(/\r$/, '');
    const text = whole.trimStart();
    const start = next + whole.length - text.length;
    const source = { file, start, end: start + text.length };
    next += line.length + 1;
    if (text === '' || text.startsWith('#')) continue;
    const equals = text.indexOf('=');
    const key = equals === -1 ? text : text.slice(0, equals);
    if (key === '' || /\s/.test(key)) {
      report(diagnostic('compose/env-file-syntax', { problem: `"${key}" is no variable name` }, source));
      return undefined;
    }
    const value = equals === -1 ? lookup(key.trim()) : text.slice(equals + 1);
    if (value === undefined) continue;
    const valueSource = { ...source, start: start + equals + 1 };
    variables.set(key, equals === -1 ? inherited(value, source) : { value, source, valueSource });
  }
  return variables;
}

/** A name without a value, which takes the one from outside. */
function inherited(value: string, source: Source): Variable {
  return { value, source, valueSource: source };
}

const space = /[\t\v\f\r \u0085\u00a0]*/y;

function skipSpace(text: string, at: number): number {
  space.lastIndex = at;
  space.exec(text);
  return space.lastIndex;
}

/** The start of the next statement: blank lines and lines of comment are passed over. */
function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < text.length && /\s/.test(text[at] as string)) at += 1;
    if (text[at] !== '#') return at;
    const lineEnd = text.indexOf('\n', at);
    if (lineEnd === -1) return text.length;
    at = lineEnd;
  }
}

interface Key {
  readonly key: string;
  readonly keyStart: number;
  /** Where the value begins; for a name alone, where its line ends. */
  readonly end: number;
  readonly inherits: boolean;
}

function readKey(file: SourceFile, from: number, report: Report): Key | undefined {
  const text = file.text;
  const exported = /export[\t\v\f\r\n \u0085\u00a0]+/y;
  exported.lastIndex = from;
  const keyStart = exported.test(text) ? skipSpace(text, exported.lastIndex) : from;
  const rest = /[^=:\n]*/y;
  rest.lastIndex = keyStart;
  const written = rest.exec(text)?.[0] ?? '';
  const key = written.trimEnd();
  const source = { file, start: keyStart, end: keyStart + Math.max(key.length, 1) };
  const stranger = /[^\p{L}\p{N}_.\-[\]\s]/u.exec(key)?.[0];
  if (stranger !== undefined) {
    report(diagnostic('compose/env-file-syntax', { problem: `the name "${key}" has a "${stranger}" in it` }, source));
    return undefined;
  }
  if (key.includes(' ')) {
    report(diagnostic('compose/env-file-syntax', { problem: `the name "${key}" has a space in it` }, source));
    return undefined;
  }
  const end = keyStart + written.length;
  const separator = text[end];
  return separator === '=' || separator === ':'
    ? { key, keyStart, end: skipSpace(text, end + 1), inherits: false }
    : { key, keyStart, end, inherits: true };
}

interface Value {
  readonly text: string;
  readonly expand: boolean;
  /** Where the value ends, and where the next statement may begin. */
  readonly end: number;
  readonly next: number;
}

function readValue(file: SourceFile, at: number, report: Report): Value | undefined {
  const quote = file.text[at];
  if (quote === '"' || quote === "'") return readQuoted(file, at, quote, report);
  const lineEnd = file.text.indexOf('\n', at);
  const next = lineEnd === -1 ? file.text.length : lineEnd;
  const line = file.text.slice(at, next);
  const comment = line.indexOf(' #');
  const text = (comment === -1 ? line : line.slice(0, comment)).trimEnd();
  return { text, expand: true, end: at + text.length, next };
}

function readQuoted(file: SourceFile, start: number, quote: '"' | "'", report: Report): Value | undefined {
  let text = '';
  for (let at = start + 1; at < file.text.length; at += 1) {
    const character = file.text[at] as string;
    if (character === '\\' && at + 1 < file.text.length) {
      at += 1;
      const escaped = file.text[at] as string;
      text += escaped === quote ? escaped : `\\${escaped}`;
    } else if (character === quote) {
      const value = quote === '"' ? unescaped(text) : text;
      return { text: value, expand: quote === '"', end: at + 1, next: at + 1 };
    } else {
      text += character;
    }
  }
  const lineEnd = file.text.indexOf('\n', start);
  const source = { file, start, end: lineEnd === -1 ? file.text.length : lineEnd };
  report(diagnostic('compose/env-file-syntax', { problem: 'the quoted value is not closed' }, source));
  return undefined;
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  // A template writes a literal dollar as two.
  $: '$$',
};

function unescaped(text: string): string {
  return text.replace(/\\(?:([abcfnrtv$"\\])|0(\d{0,3}))/g, (whole, letter?: string, octal?: string) => {
    if (letter !== undefined) return letter === '"' ? '"' : (escapes[letter] ?? whole);
    return /^[0-3][0-7]{2}$/.test(octal ?? '') ? String.fromCharCode(Number.parseInt(octal as string, 8)) : whole;
  });
}

function expand(
  text: string,
  source: Source,
  lookup: Lookup,
  characters: Allowance,
  report: Report,
): string | undefined {
  let failed = false;
  const useOf = placesOfUses(source, text);
  const value = substitute(text, {
    value: (name) => {
      const value = lookup(name);
      const isAffordable = characters.spend(value?.length ?? 0, () => {
        failed = true;
        report(diagnostic('compose/too-much-substituted', { name, limit: limits.substituted }, source));
      });
      return isAffordable ? value : '';
    },
    unset: (name, offset) => report(diagnostic('compose/variable-unset', { name }, useOf(offset, name))),
    required: (name, message, offset) => {
      failed = true;
      report(diagnostic('compose/variable-required', { name, message }, useOf(offset, name)));
    },
    malformed: (_, offset) => {
      failed = true;
      const rest = text.slice(offset);
      report(diagnostic('compose/interpolation-syntax', { path: '', text: rest }, restOf(source, text, offset)));
    },
    tooDeep: () => {
      failed = true;
      report(diagnostic('compose/variables-too-deep', { limit: limits.depth }, source));
    },
  });
  return failed ? undefined : value;
}
