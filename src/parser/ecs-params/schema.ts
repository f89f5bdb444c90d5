import validate, { knownKeys } from '#validators/ecs-params';
import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Node } from '../../source/node.ts';
import { pathTable, pathText } from '../compose/path.ts';
import { plain } from '../compose/plain.ts';
import { type SchemaProblem, schemaProblems } from '../schema/errors.ts';

/** The keys that each mapping of the file may have, for suggestions. */
const keys = pathTable(Object.fromEntries(Object.entries(knownKeys).map(([path, names]) => [path, names.split(' ')])));

/** Reports what is not as `schemas/ecs-params.schema.json` says; gives whether all is. */
export function checkSchema(root: Node, report: Report): boolean {
  if (validate(plain(root))) return true;
  for (const problem of schemaProblems(validate.errors ?? [], root, keys)) report(findingOf(problem));
  return false;
}

function findingOf(problem: SchemaProblem): ReturnType<typeof diagnostic> {
  const { path, source } = problem;
  const where = pathText(path);
  switch (problem.kind) {
    case 'unknown-key':
      return diagnostic('params/unknown-key', { key: problem.key, where, suggestion: problem.suggestion }, source);
    case 'missing-key':
      return diagnostic('params/missing-key', { key: problem.key, where }, source);
    case 'wrong-type':
      return diagnostic('params/invalid-value', { where: where || 'The file', expected: problem.expected }, source);
    case 'not-allowed':
      return diagnostic('params/invalid-value', { where, expected: problem.allowed.join(' or ') }, source);
    case 'out-of-range':
      return diagnostic('params/invalid-value', { where, expected: problem.limit }, source);
    default:
      return diagnostic('params/invalid-value', { where, expected: 'as its schema says' }, source);
  }
}
