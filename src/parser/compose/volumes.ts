import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { madeBy, partsOf, readBy, record, scalar } from '../../source/build.ts';
import type { Node, ScalarNode } from '../../source/node.ts';
import { cleanPath } from './paths.ts';

/** The parts of a volume's short form, or what is wrong with it. */
export interface ShortVolume {
  readonly source: string;
  readonly target: string;
  readonly options: readonly string[];
}

const problems = {
  empty: 'it is empty',
  emptyPart: 'there is nothing between two colons',
  tooMany: 'it has more than two colons',
} as const;

/** Splits `[source:]target[:options]` at its colons; undefined where it cannot be split. */
export function splitVolume(text: string): ShortVolume | undefined {
  const parts = parse(text);
  return typeof parts === 'string' ? undefined : parts;
}

function parse(text: string): ShortVolume | keyof typeof problems {
  if (text === '') return 'empty';
  if (text.length <= 2) return { source: '', target: text, options: [] };
  const parts = splitAtColons(text);
  if (parts.some((part) => part === '')) return 'emptyPart';
  if (parts.length > 3) return 'tooMany';
  const [first = '', second, options] = parts;
  return second === undefined
    ? { source: '', target: first, options: [] }
    : { source: first, target: second, options: options?.split(',') ?? [] };
}

/** At every colon outside `${…}`, but not at the one behind a single letter: that names a Windows drive. */
function splitAtColons(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let substitutions = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character === '$' && text[at + 1] === '{') substitutions += 1;
    else if (character === '}' && substitutions > 0) substitutions -= 1;
    if (character === ':' && substitutions === 0 && !/^\p{L}$/u.test(part)) {
      parts.push(part);
      part = '';
    } else {
      part += character;
    }
  }
  return [...parts, part];
}

const propagations: ReadonlySet<string> = new Set(['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave']);
const relabellings: ReadonlySet<string> = new Set(['z', 'Z']);
const readOnlyOption: ReadonlySet<string> = new Set(['ro']);
const noCopy: ReadonlySet<string> = new Set(['nocopy']);

/** A volume's short form as the long one. */
export function longVolume(node: ScalarNode, report: Report): Node {
  const text = String(node.value);
  const parts = parse(text);
  if (typeof parts === 'string') {
    report(diagnostic('compose/volume-syntax', { text, problem: problems[parts] }, node.source, node.related));
    return node;
  }
  const { source, target, options } = parts;
  const shortForm = madeBy('short form of volumes', node);
  // So short a text is not looked at any closer.
  if (text.length <= 2) {
    const target = cleanPath(text) === text ? node : readBy('path without empty parts', node, cleanPath(text));
    return record({ type: scalar('volume', shortForm), target }, shortForm);
  }
  const places = partsOf(node.source, [source, target, ...options]);
  const part = (value: string | true, index: number) =>
    scalar(value, { ...shortForm, source: places[index] ?? node.source });
  const option = (known: ReadonlySet<string>, value?: true) => {
    const at = options.findLastIndex((name) => known.has(name));
    return at === -1 ? undefined : part(value ?? (options[at] as string), 2 + at);
  };
  const isBind = isPath(source);
  const readOnly = options.findLast((name) => name === 'ro' || name === 'rw') === 'ro';
  const propagation = option(propagations);
  const selinux = option(relabellings);
  const bind = { propagation, create_host_path: isBind ? scalar(true, shortForm) : undefined, selinux };
  const nocopy = option(noCopy, true);
  return record(
    {
      type: scalar(isBind ? 'bind' : 'volume', shortForm),
      source: source === '' ? undefined : part(source, 0),
      target: { ...part(target, 1), value: cleanPath(target) },
      read_only: readOnly ? option(readOnlyOption, true) : undefined,
      bind: isBind || propagation !== undefined || selinux !== undefined ? record(bind, shortForm) : undefined,
      volume: isBind && nocopy === undefined ? undefined : record({ nocopy }, shortForm),
    },
    shortForm,
  );
}

/** Whether a volume's source names a place in the host's file system rather than a volume. */
function isPath(source: string): boolean {
  return /^[./~]/.test(source) || source.startsWith('\\\\') || /^\p{L}:/u.test(source);
}
