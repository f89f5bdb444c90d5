import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { partOf, record, scalar } from '../../source/build.ts';
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

/** A volume's short form as the long one. */
export function longVolume(node: ScalarNode, report: Report): Node {
  const text = String(node.value);
  const parts = parse(text);
  if (typeof parts === 'string') {
    report(diagnostic('compose/volume-syntax', { text, problem: problems[parts] }, node.source, node.related));
    return node;
  }
  const { source, target, options } = parts;
  const origin = { ...node, rule: 'short form' };
  // So short a text is not looked at any closer.
  if (text.length <= 2) {
    return record({ type: scalar('volume', origin), target: { ...node, value: cleanPath(text) } }, node);
  }
  const part = (value: string, from?: 'end') => scalar(value, { ...node, source: partOf(node.source, value, from) });
  const option = (known: ReadonlySet<string>) => {
    const value = options.findLast((name) => known.has(name));
    return value === undefined ? undefined : part(value, 'end');
  };
  const isBind = isPath(source);
  const readOnly = options.findLast((name) => name === 'ro' || name === 'rw') === 'ro';
  const propagation = option(propagations);
  const selinux = option(relabellings);
  const bind = { propagation, create_host_path: isBind ? scalar(true, origin) : undefined, selinux };
  const nocopy = options.includes('nocopy') ? scalar(true, part('nocopy', 'end')) : undefined;
  return record(
    {
      type: scalar(isBind ? 'bind' : 'volume', origin),
      source: source === '' ? undefined : part(source),
      target: { ...part(target, source === '' ? undefined : 'end'), value: cleanPath(target) },
      read_only: readOnly ? scalar(true, part('ro', 'end')) : undefined,
      bind: isBind || propagation !== undefined || selinux !== undefined ? record(bind, origin) : undefined,
      volume: isBind && nocopy === undefined ? undefined : record({ nocopy }, origin),
    },
    node,
  );
}

/** Whether a volume's source names a place in the host's file system rather than a volume. */
function isPath(source: string): boolean {
  return /^[./~]/.test(source) || source.startsWith('\\\\') || /^\p{L}:/u.test(source);
}
