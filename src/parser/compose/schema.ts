import validate, { knownKeys } from '#validators/compose';
import { type Diagnostic, diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { child, entriesOf, type Node } from '../../source/node.ts';
import { inWords, type SchemaProblem, schemaProblems } from '../schema/errors.ts';
import { legacyKeys } from './legacy-keys.ts';
import { type Path, type PathTable, pathTable, pathText } from './path.ts';
import { plain, scalarText } from './plain.ts';

/** Reports what the Compose Specification's schema refuses. */
export function checkSchema(root: Node, report: Report): void {
  if (validate(plain(root))) return;
  const problems = schemaProblems(validate.errors ?? [], root, keyTable());
  const outside = servicesOutside(root);
  if (outside.length > 0) {
    const [first] = outside as [string, ...string[]];
    const key = root.kind === 'mapping' ? root.entries.get(first)?.key : undefined;
    report(diagnostic('compose/no-services-key', { services: outside.join(', ') }, key));
  }
  for (const problem of problems) {
    const isOutside = problem.kind === 'unknown-key' && problem.path.length === 0 && outside.includes(problem.key);
    if (!isOutside) report(finding(problem));
  }
}

let table: PathTable<readonly string[]> | undefined;

function keyTable(): PathTable<readonly string[]> {
  table ??= pathTable(Object.fromEntries(Object.entries(knownKeys).map(([path, keys]) => [path, keys.split(' ')])));
  return table;
}

/** Services at the top level, where the first Compose files had them. */
function servicesOutside(root: Node): readonly string[] {
  if (child(root, 'services') !== undefined) return [];
  return entriesOf(root).flatMap(([name, { value }]) =>
    !name.startsWith('x-') && (child(value, 'image') ?? child(value, 'build')) !== undefined ? [name] : [],
  );
}

function finding(problem: SchemaProblem): Diagnostic {
  const { path, node, source } = problem;
  const subject = subjectOf(path);
  const related = node.related ?? [];
  switch (problem.kind) {
    case 'unknown-key': {
      return isNameSection(path)
        ? diagnostic('compose/invalid-name', { section: String(path[0]), name: problem.key }, source)
        : unknownKey(problem, subject);
    }
    case 'missing-key':
      return diagnostic('compose/missing-key', { subject, key: problem.key }, source, related);
    case 'wrong-type':
      return diagnostic(
        'compose/schema-type',
        { subject, expected: inWords(problem.expected), found: kindOf(node) },
        source,
        related,
      );
    case 'not-allowed': {
      const { allowed, suggestion, correction } = problem;
      const words = { subject, found: textOf(node), allowed, suggestion, correction };
      return diagnostic('compose/not-allowed', words, source, related);
    }
    case 'duplicate':
      return diagnostic('compose/duplicate-item', { subject }, source, [
        { message: 'the first one', source: problem.first },
      ]);
    case 'out-of-range':
      return diagnostic(
        'compose/out-of-range',
        { subject, found: textOf(node), limit: problem.limit },
        source,
        related,
      );
    case 'malformed':
      return diagnostic(
        'compose/malformed',
        { subject, found: textOf(node), pattern: problem.pattern },
        source,
        related,
      );
  }
}

function unknownKey(
  { path, key, suggestion, correction, source }: SchemaProblem & { kind: 'unknown-key' },
  subject: string,
) {
  const isService = path.length === 2 && path[0] === 'services';
  const successor = isService && Object.hasOwn(legacyKeys, key) ? legacyKeys[key] : undefined;
  return diagnostic('compose/unknown-key', { subject, key, suggestion, successor, correction }, source);
}

const singular: Readonly<Record<string, string>> = {
  services: 'Service',
  networks: 'Network',
  volumes: 'Volume',
  secrets: 'Secret',
  configs: 'Config',
  models: 'Model',
};

function isNameSection(path: Path): boolean {
  return path.length === 1 && singular[String(path[0])] !== undefined;
}

/** What a path is called in a sentence: `Service "web"`, `"ports[0]" of service "web"`. */
export function subjectOf(path: Path): string {
  const kind = singular[String(path[0])];
  if (path.length === 0) return 'The Compose file';
  if (kind === undefined || path.length === 1) return `"${pathText(path)}"`;
  const owner = `${kind} "${path[1]}"`;
  return path.length === 2 ? owner : `"${pathText(path.slice(2))}" of ${owner[0]?.toLowerCase()}${owner.slice(1)}`;
}

function textOf(node: Node): string {
  return node.kind === 'scalar' ? scalarText(node) : node.kind;
}

function kindOf(node: Node): string {
  if (node.kind !== 'scalar') return node.kind === 'mapping' ? 'a mapping' : 'a list';
  return {
    string: 'a string',
    int: 'a number',
    float: 'a number',
    bool: 'a boolean',
    null: 'empty',
    timestamp: 'a date',
  }[node.type];
}
