import type { Correction } from '../../source/edit.ts';
import { child, type Node } from '../../source/node.ts';
import { misspeltNames, slipOf } from '../../source/slip.ts';
import type { Source } from '../../source/source.ts';
import { suggest } from '../../source/suggest.ts';
import { type Path, type PathTable, under } from '../compose/path.ts';

/** What a compiled JSON Schema finds, as Ajv gives it without messages. */
export interface SchemaError {
  readonly keyword: string;
  /** JSON Pointer of the value that is wrong. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface Located {
  /** Where the wrong value stands. */
  readonly path: Path;
  readonly node: Node;
  /** The place to show: for a key that should not be there, the key. */
  readonly source: Source;
}

/** What was probably meant, and what was for certain. */
interface Meant {
  readonly suggestion: string | undefined;
  readonly correction: Correction | undefined;
}

/** What is wrong with a tree, by the schema of its file, for a stage to put into words of its own. */
export type SchemaProblem = Located &
  /** `known` are the keys that the mapping may have; none where that is not known. */
  (
    | ({ readonly kind: 'unknown-key'; readonly key: string; readonly known: readonly string[] } & Meant)
    | { readonly kind: 'missing-key'; readonly key: string }
    /** `expected` are the accepted types, as JSON Schema names them. */
    | { readonly kind: 'wrong-type'; readonly expected: readonly string[] }
    | ({ readonly kind: 'not-allowed'; readonly allowed: readonly string[] } & Meant)
    | { readonly kind: 'duplicate'; readonly first: Source }
    | { readonly kind: 'out-of-range'; readonly limit: string }
    | { readonly kind: 'malformed'; readonly pattern: string }
  );

/**
 * The errors of a validator as problems at their places, one for each thing that is wrong: of the branches of a
 * `oneOf`, only the one that the value was meant for speaks.
 * @param knownKeys the keys that a mapping may have, for suggestions
 */
export function schemaProblems(
  errors: readonly SchemaError[],
  root: Node,
  knownKeys: PathTable<readonly string[]>,
): readonly SchemaProblem[] {
  const misspeltIn = new Map<Node, ReadonlyMap<string, Correction>>();
  const problems = withoutFailedBranches(withoutConsequences(errors)).map((error) => {
    const { path, node } = locate(error.instancePath, root);
    const known = keysAt(knownKeys, path);
    return describe(error, path, node, known, (key) => {
      const names =
        misspeltIn.get(node) ?? misspeltNames(node.kind === 'mapping' ? [...node.entries.keys()] : [], known);
      misspeltIn.set(node, names);
      return names.get(key);
    });
  });
  const misspelt = new Set(
    problems.flatMap((one) => (one.kind === 'unknown-key' ? [nameAt(one, one.suggestion)] : [])),
  );
  return problems.filter((one) => one.kind !== 'missing-key' || !misspelt.has(nameAt(one, one.key)));
}

function nameAt({ path }: Located, key: string | undefined): string {
  return JSON.stringify([...path, key]);
}

/** The errors without those that follow from another: what is no text is none of a list of words either. */
function withoutConsequences(errors: readonly SchemaError[]): readonly SchemaError[] {
  const isNoText = ({ keyword, params }: SchemaError) =>
    keyword === 'type' && [params['type']].flat().includes('string');
  const places = new Set(errors.filter(isNoText).map(({ instancePath }) => instancePath));
  return errors.filter(({ keyword, instancePath }) => keyword !== 'enum' || !places.has(instancePath));
}

/**
 * Ajv reports the errors of every branch, and after them the `oneOf`. A branch of another type was not meant; if all
 * were of another type, the value is of none that is accepted.
 */
function withoutFailedBranches(errors: readonly SchemaError[]): readonly SchemaError[] {
  const kept: SchemaError[] = [];
  for (const error of errors) {
    if (error.keyword !== 'oneOf' && error.keyword !== 'anyOf') {
      kept.push(error);
      continue;
    }
    const isWithin = ({ instancePath }: SchemaError) =>
      instancePath === error.instancePath || instancePath.startsWith(`${error.instancePath}/`);
    let start = kept.length;
    while (start > 0 && isWithin(kept[start - 1] as SchemaError)) start -= 1;
    const branches = kept.splice(start);
    const isType = ({ keyword, instancePath }: SchemaError) =>
      keyword === 'type' && instancePath === error.instancePath;
    const meant = branches.filter((branch) => !isType(branch));
    if (meant.length > 0) kept.push(...meant);
    else if (branches.length > 0) kept.push({ ...error, keyword: 'type', params: { type: typesOf(branches) } });
    else kept.push(error);
  }
  return kept;
}

function typesOf(errors: readonly SchemaError[]): readonly string[] {
  return [...new Set(errors.flatMap(({ params }) => params['type'] as string | readonly string[]))];
}

function locate(pointer: string, root: Node): { readonly path: Path; readonly node: Node } {
  const path: (string | number)[] = [];
  let node = root;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const next = node.kind === 'sequence' ? node.items[Number(key)] : child(node, key);
    path.push(node.kind === 'sequence' ? Number(key) : key);
    if (next === undefined) break;
    node = next;
  }
  return { path, node };
}

function keysAt(table: PathTable<readonly string[]>, path: Path): readonly string[] {
  return path.reduce<PathTable<readonly string[]> | undefined>(under, table)?.row ?? [];
}

function describe(
  error: SchemaError,
  path: Path,
  node: Node,
  known: readonly string[],
  correctionOf: (key: string) => Correction | undefined,
): SchemaProblem {
  const at: Located = { path, node, source: node.source };
  const { params } = error;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const source = (node.kind === 'mapping' ? node.entries.get(key)?.key : undefined) ?? node.source;
      const meant = { suggestion: suggest(key, known), correction: correctionOf(key) };
      return { ...at, kind: 'unknown-key', key, known, source, ...meant };
    }
    case 'required':
      return { ...at, kind: 'missing-key', key: String(params['missingProperty']) };
    case 'type':
      return { ...at, kind: 'wrong-type', expected: [params['type']].flat() as readonly string[] };
    case 'enum':
    case 'const': {
      const values = [params['allowedValues'] ?? params['allowedValue']].flat() as readonly unknown[];
      const allowed = values.filter((value) => value !== null).map(String);
      const written = node.kind === 'scalar' ? String(node.value) : '';
      const meant = { suggestion: suggest(written, allowed), correction: slipOf(written, allowed) };
      return { ...at, kind: 'not-allowed', allowed, ...meant };
    }
    case 'uniqueItems': {
      const [first, second] = [Number(params['i']), Number(params['j'])].sort((a, b) => a - b);
      const items = node.kind === 'sequence' ? node.items : [];
      const [one, other] = [items[first ?? 0] ?? node, items[second ?? 0] ?? node];
      return { ...at, kind: 'duplicate', source: other.source, first: one.source };
    }
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return { ...at, kind: 'out-of-range', limit: `${comparisons[String(params['comparison'])]} ${params['limit']}` };
    case 'minItems':
    case 'minLength':
    case 'minProperties':
      return { ...at, kind: 'out-of-range', limit: `at least ${params['limit']} long` };
    case 'maxItems':
    case 'maxLength':
    case 'maxProperties':
      return { ...at, kind: 'out-of-range', limit: `at most ${params['limit']} long` };
    case 'pattern':
      return { ...at, kind: 'malformed', pattern: String(params['pattern']) };
    default:
      return { ...at, kind: 'malformed', pattern: error.keyword };
  }
}

const comparisons: Readonly<Record<string, string>> = {
  '>=': 'at least',
  '<=': 'at most',
  '>': 'more than',
  '<': 'less than',
};

const typeWords: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  array: 'a list',
  null: 'empty',
};

/** `a string, a number or a list` */
export function inWords(types: readonly string[]): string {
  return alternatives(types.map((type) => typeWords[type] ?? type));
}

/** `A, B or C` */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
