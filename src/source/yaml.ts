import { type Document, isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Node as YamlNode } from 'yaml';
import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import { scalar } from './build.ts';
import { limits } from './limits.ts';
import type { Entry, MappingNode, Node, ScalarNode } from './node.ts';
import { resolvePlain } from './scalar.ts';
import type { Source, SourceFile } from './source.ts';

/**
 * The documents of a YAML (or JSON) file as located trees, empty ones left out. What is wrong with the text is
 * reported, and a text with a syntax error gives no document.
 */
export function parseYaml(file: SourceFile, report: Report): readonly Node[] {
  const documents = compose(file, report);
  const errors = documents.flatMap((document) => document.errors);
  for (const { message, pos } of errors) {
    report(diagnostic('yaml/syntax', { problem: message }, { file, start: pos[0], end: Math.max(pos[0], pos[1]) }));
  }
  if (errors.length > 0) return [];
  const contents = documents.flatMap(({ contents }) => (contents === null || isEmpty(contents) ? [] : [contents]));
  if (contents.length === 0) report(diagnostic('yaml/empty', {}, { file, start: 0, end: 0 }));
  return contents.map((content) => new Reader(file, report).read(content));
}

function compose(file: SourceFile, report: Report): readonly Document[] {
  try {
    // The failsafe schema leaves every scalar a string, for resolvePlain to judge; and the check for duplicate keys
    // that the parser has is quadratic, so it is done here.
    const documents = parseAllDocuments(file.text, {
      schema: 'failsafe',
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    // The parser recurses once a level.
    if (!(error instanceof RangeError)) throw error;
    report(diagnostic('yaml/too-deep', { limit: limits.depth }, { file, start: 0, end: 0 }));
    return [];
  }
}

function isEmpty(node: YamlNode): boolean {
  return isScalar(node) && node.source === '' && node.type === 'PLAIN' && node.tag === undefined;
}

/** A node, and what it costs when it is used once more. */
interface Measured {
  readonly node: Node;
  readonly size: number;
  readonly height: number;
}

const directives: Readonly<Record<string, 'reset' | 'override'>> = { '!reset': 'reset', '!override': 'override' };

/** Reads one document: its state is the anchors met so far and the nodes counted. */
class Reader {
  readonly #file: SourceFile;
  readonly #report: Report;
  readonly #anchors = new Map<string, Measured & { readonly source: Source }>();
  #size = 0;
  #exceeded = false;

  constructor(file: SourceFile, report: Report) {
    this.#file = file;
    this.#report = report;
  }

  read(root: YamlNode): Node {
    return this.#read(root, 0).node;
  }

  #read(yaml: YamlNode, depth: number): Measured {
    const source = this.#source(yaml);
    if (isAlias(yaml)) return this.#alias(yaml.source, source, depth);
    const measured = this.#measure(this.#content(yaml, source, depth), source, depth);
    const directive = directives[yaml.tag ?? ''];
    const tagged = directive === undefined ? measured : { ...measured, node: { ...measured.node, directive } as Node };
    const anchor = (yaml as { anchor?: string }).anchor;
    if (anchor !== undefined) this.#anchors.set(anchor, { ...tagged, source });
    return tagged;
  }

  #measure(content: Measured, source: Source, depth: number): Measured {
    this.#size += 1;
    if (this.#size > limits.nodes) this.#exceed('yaml/too-many-nodes', limits.nodes, source);
    else if (depth > limits.depth) this.#exceed('yaml/too-deep', limits.depth, source);
    return content;
  }

  /** Reports a limit once; what follows is read as null. */
  #exceed(code: 'yaml/too-many-nodes' | 'yaml/too-deep', limit: number, source: Source): void {
    if (!this.#exceeded) this.#report(diagnostic(code, { limit }, source));
    this.#exceeded = true;
  }

  #content(yaml: YamlNode, source: Source, depth: number): Measured {
    if (this.#exceeded) return { node: scalar(null, { source }), size: 1, height: 1 };
    if (isMap(yaml)) return this.#mapping(yaml.items as readonly Pair[], source, depth);
    if (isSeq(yaml)) {
      const items = yaml.items.map((item) => this.#read(item as YamlNode, depth + 1));
      return {
        node: { kind: 'sequence', items: items.map(({ node }) => node), source },
        size: items.reduce((sum, { size }) => sum + size, 1),
        height: items.reduce((most, { height }) => Math.max(most, height), 0) + 1,
      };
    }
    return { node: readScalar(yaml, source), size: 1, height: 1 };
  }

  #alias(name: string, source: Source, depth: number): Measured {
    const anchor = this.#anchors.get(name);
    if (anchor === undefined) {
      if (!this.#exceeded) this.#report(diagnostic('yaml/unknown-anchor', { name }, source));
      return { node: scalar(null, { source }), size: 1, height: 1 };
    }
    this.#size += anchor.size;
    if (this.#size > limits.nodes) this.#exceed('yaml/too-many-nodes', limits.nodes, source);
    else if (depth + anchor.height > limits.depth) this.#exceed('yaml/too-deep', limits.depth, source);
    if (this.#exceeded) return { node: scalar(null, { source }), size: 1, height: 1 };
    const { directive: _, ...node } = anchor.node;
    const related = [{ message: `the anchor &${name}`, source: anchor.source }];
    return { ...anchor, node: { ...(node as Node), source, related } };
  }

  #mapping(pairs: readonly Pair[], source: Source, depth: number): Measured {
    const entries = new Map<string, Entry>();
    const merges: { readonly at: number; readonly value: Measured }[] = [];
    let size = 1;
    let height = 0;
    for (const { key, value } of pairs) {
      const keySource = this.#source(key ?? value ?? undefined, source);
      const measured = value === null ? this.#missing(keySource) : this.#read(value, depth + 1);
      size += measured.size + 1;
      height = Math.max(height, measured.height);
      if (isMergeKey(key)) {
        merges.push({ at: entries.size, value: measured });
        continue;
      }
      const name = this.#key(key, keySource);
      const first = entries.get(name);
      if (first === undefined) {
        entries.set(name, { key: keySource, value: measured.node });
      } else {
        const related = [{ message: 'the first one', source: first.key }];
        this.#report(diagnostic('yaml/duplicate-key', { key: name }, keySource, related));
      }
    }
    const merged = merges.length === 0 ? entries : this.#merge(entries, merges);
    return { node: { kind: 'mapping', entries: merged, source }, size, height: height + 1 };
  }

  #missing(at: Source): Measured {
    return { node: scalar(null, { source: { ...at, start: at.end } }), size: 1, height: 1 };
  }

  /** The text of a key, which must be a string to be one in JSON and in Compose. */
  #key(key: YamlNode | null, source: Source): string {
    const anchored = isAlias(key) ? this.#anchors.get(key.source)?.node : undefined;
    const node = anchored ?? (isScalar(key) ? this.#read(key, 0).node : undefined);
    const kind = node?.kind ?? (isMap(key) ? 'mapping' : isSeq(key) ? 'sequence' : 'null');
    const type = node?.kind === 'scalar' ? node.type : kind;
    const text = node?.kind === 'scalar' ? String(node.value) : '';
    if (type !== 'string') this.#report(diagnostic('yaml/key-not-string', { key: text, type }, source));
    return text;
  }

  /** Puts the entries of merged mappings where `<<` stands; the mapping's own win, and of several the first. */
  #merge(
    own: ReadonlyMap<string, Entry>,
    merges: readonly { readonly at: number; readonly value: Measured }[],
  ): ReadonlyMap<string, Entry> {
    const result = new Map<string, Entry>();
    const ownEntries = [...own];
    let next = 0;
    const takeOwn = (until: number) => {
      for (; next < until; next += 1) result.set(...(ownEntries[next] as [string, Entry]));
    };
    for (const { at, value } of merges) {
      takeOwn(at);
      for (const base of this.#mergeBases(value.node)) {
        for (const [name, entry] of base.entries) {
          if (!own.has(name) && !result.has(name)) result.set(name, entry);
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

interface Pair {
  readonly key: YamlNode | null;
  readonly value: YamlNode | null;
}

function isMergeKey(key: YamlNode | null): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

const shortTags: Readonly<Record<string, string>> = {
  'tag:yaml.org,2002:str': 'string',
  'tag:yaml.org,2002:int': 'plain',
  'tag:yaml.org,2002:float': 'plain',
  'tag:yaml.org,2002:bool': 'plain',
  'tag:yaml.org,2002:null': 'plain',
  '!': 'string',
};

function readScalar(yaml: YamlNode, source: Source): ScalarNode {
  const text = isScalar(yaml) ? String(yaml.value ?? '') : '';
  const style = isScalar(yaml) ? yaml.type : undefined;
  const read = shortTags[yaml.tag ?? ''] ?? (style === 'PLAIN' || style === undefined ? 'plain' : 'string');
  return read === 'string'
    ? { kind: 'scalar', type: 'string', value: text, source }
    : { kind: 'scalar', ...resolvePlain(text), source };
}
