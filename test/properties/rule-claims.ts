import { parseDotenv, parseRawEnv } from '../../src/parser/compose/dotenv.ts';
import { cleanPath } from '../../src/parser/compose/paths.ts';
import { scalarText } from '../../src/parser/compose/plain.ts';
import { normaliseName } from '../../src/parser/compose/project-name.ts';
import { splitShellWords } from '../../src/parser/compose/shell-words.ts';
import { parseByteSize, parseDuration } from '../../src/parser/compose/units.ts';
import type { Node } from '../../src/source/node.ts';
import type { Rule } from '../../src/source/rule.ts';
import { resolvePlain } from '../../src/source/scalar.ts';
import { SourceFile } from '../../src/source/source.ts';

/** What stands at the place of a node. */
export interface Written {
  /** The text as it stands there. */
  readonly raw: string;
  /** The text with its variables substituted. */
  readonly text: string;
  /** The text read as YAML, with its variables substituted. */
  readonly node: Node | undefined;
  /** The keys and indexes that lead to the node. */
  readonly path: readonly string[];
  /** The value of a variable that a text of an environment file refers to. */
  readonly lookup: (name: string) => string | undefined;
}

/** Whether a rule can have made a node of what is written at its place. */
type Claim = (node: Node, written: Written) => boolean;

const scalarOf = (node: Node | undefined) => (node?.kind === 'scalar' ? node.value : undefined);

/** The text of what is written, without the quotes that it may stand in. */
const textOf = ({ node, text }: Written) => (node?.kind === 'scalar' ? scalarText(node) : text);

const is =
  (...values: readonly unknown[]): Claim =>
  (node) =>
    values.includes(scalarOf(node));

/** Whether an absolute path can be that of a relative one. */
function isPathOf(path: string, text: string): boolean {
  const end = cleanPath(`/${text.replace(/^~|^(\.\.?(\/|$))+/, '')}`);
  return path.startsWith('/') && (end === '/' || path.endsWith(end));
}

/** Containers are made; a scalar is a part of the text, or one of the constants that the form stands for. */
const partOr =
  (...constants: readonly unknown[]): Claim =>
  (node, { text }) => {
    if (node.kind !== 'scalar') return true;
    const part = String(node.value);
    return constants.includes(node.value) || text.includes(part) || isPathOf(part, text);
  };

/** A port out of a range lies between its ends. */
const port: Claim = (node, written) => {
  const [, start, end] = /(\d+)-(\d+)$/.exec(written.text) ?? [];
  const value = Number(scalarOf(node));
  if (start !== undefined && Number(start) <= value && value <= Number(end)) return true;
  return typeof scalarOf(node) === 'string' && /^[a-z]+$/.test(String(scalarOf(node)))
    ? written.text.toLowerCase() === scalarOf(node)
    : partOr()(node, written);
};

/** The item is `KEY=value` or a part of it. */
const keyValue: Claim = (node, { text }) => {
  const value = String(scalarOf(node) ?? '');
  return node.kind === 'mapping' || text.includes(value) || isPathOf(value, text);
};

const hosts: Claim = (node, { text }) =>
  node.kind !== 'scalar' || text.includes((String(node.value).split('=')[1] as string).replace(/^\[|\]$/g, ''));

const envLine: Claim = (node, { raw, lookup }) => {
  if (node.kind !== 'scalar') return true;
  const file = new SourceFile('env', `X=${raw}`);
  const value = String(node.value);
  const dotenv = (values: typeof lookup) => parseDotenv(file, values, () => {})?.get('X')?.value;
  if ([dotenv(lookup), parseRawEnv(file, lookup, () => {})?.get('X')?.value, lookup(raw)].includes(value)) return true;
  // A variable may have had the value of an earlier file, which a later one overrides.
  const parts = dotenv(() => '\0')?.split('\0') ?? [];
  return parts.length > 1 && value.startsWith(parts[0] ?? '') && value.endsWith(parts.at(-1) ?? '');
};

/** Permission bits, of which a text holds the octal digits. */
const modeOf = (node: Node | undefined) =>
  node?.kind === 'scalar' && node.type === 'string' ? Number.parseInt(String(node.value), 8) : scalarOf(node);

/** The text itself, what it says without quotes, or the bytes that it stands for. */
const tagged: Claim = (node, written) => {
  if (node.kind !== 'scalar') return false;
  const text = textOf(written);
  const plain = scalarText({ ...node, ...resolvePlain(text) });
  return [written.text, text, plain, Buffer.from(text, 'base64').toString()].includes(String(node.value));
};

export const claims: Readonly<Record<Rule, Claim>> = {
  'short form of build': partOr(),
  'short form of configs': partOr(),
  'short form of depends_on': partOr('service_started', true),
  'short form of devices': partOr(),
  'short form of env_file': partOr(),
  'short form of external': is(true),
  'short form of extra_hosts': hosts,
  'short form of gpus': partOr(),
  'short form of healthcheck.test': partOr('CMD-SHELL'),
  'short form of models': partOr(null),
  'short form of networks': partOr(null),
  'short form of ports': port,
  'short form of secrets': partOr(),
  'short form of volumes': partOr('bind', 'volume', true),
  'list of KEY=value': keyValue,
  'list of one': (node) => node.kind === 'sequence' && node.items.length <= 1,
  'words of a command line': (node, written) => {
    if (node.kind !== 'scalar' || node.value === written.text) return true;
    const split = splitShellWords(textOf(written));
    return typeof split !== 'string' && split.words.includes(String(node.value));
  },
  'default context of build': (node) => String(scalarOf(node)).startsWith('/'),
  'default count of devices': is(-1),
  'default create_host_path of bind': is(true),
  'default dockerfile of build': is('Dockerfile'),
  'default mode of ports': is('ingress'),
  'default network': (node) => node.kind === 'mapping' || scalarOf(node) === null,
  'default permissions of devices': is('rwm'),
  'default protocol of ports': is('tcp'),
  'default required of depends_on': is(true),
  'default required of env_file': is(true),
  'default target of devices': partOr(),
  'default target of secrets': (node) => String(scalarOf(node)).startsWith('/run/secrets/'),
  'all devices': (node, written) => scalarOf(node) === -1 && textOf(written) === 'all',
  'duration as Go prints it': (node, written) =>
    parseDuration(String(scalarOf(node))) === parseDuration(textOf(written)),
  'mapping of ssh': (node, written) => node.kind !== 'scalar' || String(node.value).endsWith(textOf(written)),
  'no attributes': (node) =>
    scalarOf(node) === null ||
    (node.kind === 'mapping' && [...node.entries.values()].every(({ value }) => value.rule !== undefined)),
  'no value is an empty text': (node, written) => scalarOf(node) === '' && (scalarOf(written.node) ?? null) === null,
  'normal form of the project name': (node, written) => scalarOf(node) === normaliseName(textOf(written)),
  'octal mode': (node, written) => Number.parseInt(String(scalarOf(node)), 8) === modeOf(written.node),
  'path made absolute': (node, written) => isPathOf(String(scalarOf(node)), textOf(written)),
  'path without empty parts': (node, written) => scalarOf(node) === cleanPath(textOf(written)),
  'pull policy missing': (node, written) => scalarOf(node) === 'missing' && textOf(written) === 'if_not_present',
  'size in bytes': (node, written) => scalarOf(node) === parseByteSize(textOf(written)),
  'text of a scalar': (node, written) => scalarOf(node) === textOf(written),
  'type that a tag names': tagged,
  'image of the service': (node, written) => scalarOf(node) === textOf(written),
  'number of single precision': (node, written) =>
    Math.fround(Number(scalarOf(node))) === Math.fround(Number(textOf(written))),
  'whole number': (node, written) => scalarOf(node) === Math.trunc(Number(textOf(written))),
  'implied dependency': (node, written) => node.kind === 'mapping' || is(true, 'service_started')(node, written),
  'line of an env_file': envLine,
  'line of a label_file': envLine,
  'name of a resource': (node, { path }) => String(scalarOf(node)).endsWith(path.at(-2) ?? ''),
  'name of the project directory': (node) => scalarOf(node) === normaliseName(String(scalarOf(node))),
  'project name given': (node) => scalarOf(node) === normaliseName(String(scalarOf(node))),
  'variable of the project': (node, { path, lookup }) => scalarOf(node) === lookup(path.at(-1) ?? ''),
};
