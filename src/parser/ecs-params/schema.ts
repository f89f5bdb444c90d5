import validate, { knownKeys, patternWords } from '#validators/ecs-params';
import { type Diagnostic, diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Correction } from '../../source/edit.ts';
import { type Node, stringOf } from '../../source/node.ts';
import { resolvePlain } from '../../source/scalar.ts';
import { booleanOfWord } from '../compose/casts.ts';
import { type Path, type PathTable, pathTable, pathText, under } from '../compose/path.ts';
import { plain, scalarText } from '../compose/plain.ts';
import { alternatives, inWords, type SchemaProblem, schemaProblems } from '../schema/errors.ts';
import { strayKeys } from './stray-keys.ts';

/** The keys that each mapping of the file may have, for suggestions. */
const keys = pathTable(Object.fromEntries(Object.entries(knownKeys).map(([path, names]) => [path, names.split(' ')])));

/** What values are to be where a type or a list of values does not tell it all. */
const forms = pathTable(patternWords);

/** Reports what is not as `schemas/ecs-params.schema.json` says; gives whether all is. */
export function checkSchema(root: Node, report: Report): boolean {
  if (validate(plain(root))) return true;
  for (const problem of schemaProblems(validate.errors ?? [], root, keys)) report(findingOf(problem));
  return false;
}

function findingOf(problem: SchemaProblem): Diagnostic {
  const { path, node, source } = problem;
  const where = pathText(path);
  switch (problem.kind) {
    case 'unknown-key': {
      const { key, known, suggestion, correction } = problem;
      const remedy = strayKeys.get(pathText([...path, key]));
      return diagnostic('params/unknown-key', { key, where, known, suggestion, correction, remedy }, source);
    }
    case 'missing-key':
      return diagnostic('params/missing-key', { key: problem.key, where }, source);
    default: {
      const words = {
        where: where || 'The file',
        expected: (node.kind === 'scalar' ? formAt(path) : undefined) ?? expectedBy(problem),
        found: foundBeyondSource(node),
        ...meantBy(problem),
      };
      return diagnostic('params/invalid-value', words, source, node.related);
    }
  }
}

interface Meant {
  readonly suggestion?: string | undefined;
  readonly correction?: Correction | undefined;
  readonly plain?: string | undefined;
}

/** What a value was probably meant to be. */
function meantBy(problem: SchemaProblem): Meant {
  if (problem.kind === 'not-allowed') return { suggestion: problem.suggestion, correction: problem.correction };
  const written = stringOf(problem.node);
  if (problem.kind !== 'wrong-type' || written === undefined) return {};
  return { plain: plainOf(written, problem.expected) };
}

/** The boolean or the number that a text says, as YAML writes it. */
function plainOf(text: string, expected: readonly string[]): string | undefined {
  if (expected.includes('boolean')) return booleanOfWord(text)?.toString();
  return expected.includes('integer') && resolvePlain(text).type === 'int' ? text : undefined;
}

/** The value where the file does not show it: variables made it. */
function foundBeyondSource(node: Node): string | undefined {
  const { file, start, end } = node.source;
  return node.kind === 'scalar' && file.text.slice(start, end).includes('$') ? scalarText(node) : undefined;
}

function formAt(path: Path): string | undefined {
  return path.reduce<PathTable<string> | undefined>(under, forms)?.row;
}

function expectedBy(problem: Exclude<SchemaProblem, { kind: 'unknown-key' | 'missing-key' }>): string {
  switch (problem.kind) {
    case 'wrong-type':
      return inWords(problem.expected.filter((type) => type !== 'null'));
    case 'not-allowed':
      return alternatives(problem.allowed);
    case 'out-of-range':
      return problem.limit;
    default:
      return 'as its schema says';
  }
}
