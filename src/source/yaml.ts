import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  Parser,
  type Scalar,
  type Node as YamlNode,
} from 'yaml';
import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import { textCost } from './allowance.ts';
import { type Origin, scalar } from './build.ts';
import { limits } from './limits.ts';
import type { Entry, MappingNode, Node, ScalarNode, ScalarType } from './node.ts';
import { resolvePlain } from './scalar.ts';
import { type Source, type SourceFile, sourceText } from './source.ts';
import { syntaxProblem } from './syntax-problem.ts';

/**
 * The documents of a YAML (or JSON) file as located trees, empty ones left out. What is wrong with the text is
 * reported; a text with a syntax error gives no document, nor does a document beyond a limit.
 */
export function parseYaml(file: SourceFile, report: Report): readonly Node[] {
  const documents = compose(file, report);
  if (documents === undefined) return [];
  const errors = documents.flatMap((document) => document.errors);
  const end = file.text.length;
  for (const { code, message, pos } of withoutConsequences(errors)) {
    report(
      diagnostic(
        'yaml/syntax',
        { problem: syntaxProblem(code, message) },
        { file, start: Math.min(pos[0], end), end: Math.min(Math.max(pos[0], pos[1]), end) },
      ),
    );
  }
  if (errors.length > 0) return [];
  const contents = documents.flatMap(({ contents }) => (contents === null || isEmpty(contents) ? [] : [contents]));
  if (contents.length === 0) report(diagnostic('yaml/empty', {}, { file, start: 0, end: 0 }));
  else if (contents.length < documents.length) reportEmpty(documents, file, report);
  return contents.flatMap((content) => new Reader(file, report).document(content) ?? []);
}

/** Reports the documents of several that hold nothing, where the line that begins them stands. */
function reportEmpty(documents: readonly Document[], file: SourceFile, report: Report): void {
  for (const { contents, range } of documents) {
    if (contents !== null && !isEmpty(contents)) continue;
    const start = Math.max(file.text.indexOf('---', range?.[0]), 0);
    report(diagnostic('yaml/empty-document', {}, { file, start, end: start + '---'.length }));
  }
}

/** Each kind of error once, and one at a place: what follows is mostly its consequence. */
function withoutConsequences(errors: Document['errors']): Document['errors'] {
  const seen = new Set<string | number>();
  return errors.filter(({ code, pos: [start] }) => {
    const isNew = !seen.has(code) && !seen.has(start);
    seen.add(code).add(start);
    return isNew;
  });
}

function compose(file: SourceFile, report: Report): readonly Document[] | undefined {
  const tokens = parseTokens(file, report);
  if (tokens === undefined) return undefined;
  // The failsafe schema leaves every scalar a string, for resolvePlain to judge; and the check for duplicate keys
  // that the composer has is quadratic, so it is done here.
  const composer = new Composer({
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  return [...composer.compose(tokens, false, file.text.length)] as Document[];
}

const mostErrors = 100;

/** The text's syntax, unless it is longer or nested deeper than the composer, which recurses once a level, can bear. */
function parseTokens(file: SourceFile, report: Report): readonly CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let errors = 0;
  for (const lexeme of new Lexer().lex(file.text)) {
    for (const token of parser.next(lexeme)) {
      // Of a text that is no YAML at all the first errors say enough.
      if (token.type === 'error') errors += 1;
      if (token.type !== 'error' || errors <= mostErrors) tokens.push(token);
    }
    if (parser.stack.length <= limits.depth) continue;
    const source = { file, start: parser.offset - lexeme.length, end: parser.offset };
    report(diagnostic('yaml/too-deep', { limit: limits.depth }, source));
    return undefined;
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function isEmpty(node: YamlNode): boolean {
  return isScalar(node) && node.source === '' && node.type === 'PLAIN' && node.tag === undefined;
}

/** What an anchor stands for, and what it costs to use it once more. */
interface Anchor {
  readonly node: Node;
  readonly source: Source;
  /** How many nodes it has. */
  readonly size: number;
  /** How many levels it has below its own. */
  readonly height: number;
}

const directives: Readonly<Record<string, 'reset' | 'override'>> = { '!reset': 'reset', '!override': 'override' };

/** Reads one document: its state is the anchors met so far, and the nodes and levels counted. */
class Reader {
  readonly #file: SourceFile;
  readonly #report: Report;
  readonly #anchors = new Map<string, Anchor>();
  #size = 0;
  #deepest = 0;
  #exceeded = false;

  constructor(file: SourceFile, report: Report) {
    this.#file = file;
    this.#report = report;
  }

  /** The document's tree, undefined where it is beyond a limit. */
  document(contents: YamlNode): Node | undefined {
    const node = this.#read(contents, 1);
    return this.#exceeded ? undefined : node;
  }

  #read(yaml: YamlNode, depth: number): Node {
    const source = this.#source(yaml);
    if (isAlias(yaml)) return this.#alias(yaml.source, source, depth);
    const { anchor } = yaml as { readonly anchor?: string };
    if (anchor === undefined) return this.#content(yaml, source, depth);
    const [size, deepest] = [this.#size, this.#deepest];
    this.#deepest = depth;
    const node = this.#content(yaml, source, depth);
    this.#anchors.set(anchor, { node, source, size: this.#size - size, height: this.#deepest - depth });
    this.#deepest = Math.max(this.#deepest, deepest);
    return node;
  }

  #content(yaml: YamlNode, source: Source, depth: number): Node {
    const cost = textCost(isScalar(yaml) ? String(yaml.value ?? '').length : 0);
    if (!this.#afford(cost, depth, source)) return scalar(null, { source });
    const node = this.#untagged(yaml, source, depth);
    const directive = directives[yaml.tag ?? ''];
    return directive === undefined ? node : { ...node, directive };
  }

  #untagged(yaml: YamlNode, source: Source, depth: number): Node {
    if (isMap(yaml)) return this.#mapping(yaml.items as readonly Pair[], source, depth);
    if (isSeq(yaml)) {
      return { kind: 'sequence', items: yaml.items.map((item) => this.#read(item as YamlNode, depth + 1)), source };
    }
    const node = readScalar(yaml, source);
    const types = typesUnder[yaml.tag ?? ''];
    if (types?.includes(node.type) === false) {
      const tag = (yaml.tag ?? '').replace('tag:yaml.org,2002:', '!!');
      this.#report(diagnostic('yaml/tag-mismatch', { tag, text: isScalar(yaml) ? textOf(yaml) : '' }, source));
    }
    if (node.type === 'float' && !Number.isFinite(node.value)) {
      const meaning = Number.isNaN(node.value) ? 'what is no number' : 'infinity';
      this.#report(diagnostic('yaml/not-finite', { text: sourceText(source), meaning }, source));
    }
    return node;
  }

  /** Counts nodes and levels. Reports the first limit that is passed; from there on all is read as null. */
  #afford(nodes: number, deepest: number, source: Source): boolean {
    this.#size += nodes;
    this.#deepest = Math.max(this.#deepest, deepest);
    if (this.#exceeded) return false;
    const isTooDeep = deepest > limits.depth;
    this.#exceeded = isTooDeep || this.#size > limits.nodes;
    if (isTooDeep) this.#report(diagnostic('yaml/too-deep', { limit: limits.depth }, source));
    else if (this.#exceeded) this.#report(diagnostic('yaml/too-many-nodes', { limit: limits.nodes }, source));
    return !this.#exceeded;
  }

  #alias(name: string, source: Source, depth: number): Node {
    const anchor = this.#anchors.get(name);
    if (anchor === undefined) {
      if (!this.#exceeded) this.#report(diagnostic('yaml/unknown-anchor', { name }, source));
      return scalar(null, { source });
    }
    if (!this.#afford(anchor.size, depth + anchor.height, source)) return scalar(null, { source });
    return { ...anchor.node, source, related: [{ message: `the anchor &${name}`, source: anchor.source }] };
  }

  #mapping(pairs: readonly Pair[], source: Source, depth: number): Node {
    const entries = new Map<string, Entry>();
    const merges: Merge[] = [];
    for (const { key, value } of pairs) {
      const keySource = this.#source(key ?? value ?? undefined, source);
      const node = value === null ? missing(keySource) : this.#read(value, depth + 1);
      if (isMergeKey(key)) {
        const [first] = merges;
        if (first !== undefined) this.#duplicate('<<', keySource, first.key);
        merges.push({ key: keySource, at: entries.size, node });
        continue;
      }
      const name = this.#key(key, keySource);
      const first = entries.get(name);
      if (first === undefined) entries.set(name, { key: keySource, value: node });
      else this.#duplicate(name, keySource, first.key);
    }
    return { kind: 'mapping', entries: merges.length === 0 ? entries : this.#merge(entries, merges), source };
  }

  #duplicate(key: string, source: Source, first: Source): void {
    this.#report(diagnostic('yaml/duplicate-key', { key }, source, [{ message: 'the first one', source: first }]));
  }

  /** The text of a key, which must be a string to be one in JSON and in Compose. */
  #key(key: YamlNode | null, source: Source): string {
    const own = isScalar(key) ? readScalar(key, source) : undefined;
    const anchor = isScalar(key) ? key.anchor : undefined;
    if (own !== undefined && anchor !== undefined) this.#anchors.set(anchor, { node: own, source, size: 1, height: 0 });
    const node = isAlias(key) ? this.#anchors.get(key.source)?.node : own;
    const kind = node?.kind ?? (isMap(key) ? 'mapping' : isSeq(key) ? 'sequence' : 'null');
    const type = node?.kind === 'scalar' ? node.type : kind;
    const text = node?.kind === 'scalar' ? String(node.value) : '';
    if (type !== 'string') this.#report(diagnostic('yaml/key-not-string', { key: text, type }, source));
    return text;
  }

  /** Puts the entries of merged mappings where `<<` stands; the mapping's own win, and of several the first. */
  #merge(own: ReadonlyMap<string, Entry>, merges: readonly Merge[]): ReadonlyMap<string, Entry> {
    const result = new Map<string, Entry>();
    const ownEntries = [...own];
    let next = 0;
    const takeOwn = (until: number) => {
      for (; next < until; next += 1) result.set(...(ownEntries[next] as [string, Entry]));
    };
    for (const { at, node } of merges) {
      takeOwn(at);
      for (const base of this.#mergeBases(node)) {
        for (const [name, entry] of base.entries) {
          if (!result.has(name)) result.set(name, atUse(entry, base));
        }
      }
    }
    takeOwn(ownEntries.length);
    return result;
  }

  #mergeBases(node: Node): readonly MappingNode[] {
    const bases = node.kind === 'sequence' ? node.items : [node];
    return bases.flatMap((base) => {
      if (base.kind === 'mapping') return [base];
      this.#report(diagnostic('yaml/merge-not-mapping', { kind: base.kind }, base.source));
      return [];
    });
  }

  #source(node: YamlNode | undefined, fallback?: Source): Source {
    const range = node?.range;
    if (range === undefined || range === null) return fallback ?? { file: this.#file, start: 0, end: 0 };
    return { file: this.#file, start: range[0], end: range[1] };
  }
}

/** What `<<` merges, and how many entries stand before it. */
interface Merge {
  readonly key: Source;
  readonly at: number;
  readonly node: Node;
}

interface Pair {
  readonly key: YamlNode | null;
  readonly value: YamlNode | null;
}

/** An entry that an alias merges: its value stands where the alias does, and its place behind the anchor is related. */
function atUse({ key, value }: Entry, base: MappingNode): Entry {
  const anchor = base.related?.[0];
  if (anchor === undefined) return { key, value };
  const related = [{ message: anchor.message, source: value.source }, ...(value.related ?? [])];
  return { key, value: { ...value, source: base.source, related } };
}

function isMergeKey(key: YamlNode | null): boolean {
  return isScalar(key) && key.source === '<<' && key.type === 'PLAIN';
}

/** The null behind a key that has no value. */
function missing(key: Source): Node {
  return scalar(null, { source: { ...key, start: key.end } });
}

/** The tags under which a scalar is read as if it were plain, and the types that it may then have. */
const typesUnder: Readonly<Record<string, readonly ScalarType[]>> = {
  'tag:yaml.org,2002:int': ['int'],
  'tag:yaml.org,2002:float': ['float', 'int'],
  'tag:yaml.org,2002:bool': ['bool'],
  'tag:yaml.org,2002:null': ['null'],
  'tag:yaml.org,2002:timestamp': ['timestamp'],
};

/** A scalar under any other tag is a string. */
function readScalar(yaml: YamlNode, source: Source): ScalarNode {
  const tag = yaml.tag ?? '';
  const [style, text] = isScalar(yaml) ? [yaml.type, textOf(yaml)] : [undefined, ''];
  const isTagged = tag !== '' && directives[tag] === undefined;
  const isPlain = isTagged ? typesUnder[tag] !== undefined : style === 'PLAIN' || style === undefined;
  const { type, value } = isPlain ? resolvePlain(text) : ({ type: 'string', value: text } as const);
  // The place of a node does not cover its tag.
  const origin: Origin = isTagged ? { source, rule: 'type that a tag names' } : { source };
  return scalar(value, origin, type);
}

/** The text as it is written, be it under a tag that the composer knows; of `!!binary` what it stands for. */
function textOf({ source, tag, value }: Scalar): string {
  return tag === 'tag:yaml.org,2002:binary' ? String(value) : (source ?? '');
}
