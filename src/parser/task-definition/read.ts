import type { Diagnostic, Report } from '../../diagnostics/diagnostic.ts';
import type { Host } from '../../host.ts';
import { parseJson } from '../../source/json.ts';
import { child, entriesOf, itemsOf, type Node } from '../../source/node.ts';
import { readSource } from '../../source/read.ts';
import type { Source, SourceFile } from '../../source/source.ts';
import { parseYaml } from '../../source/yaml.ts';
import { plain } from '../compose/plain.ts';

/** A JSON file, and the task definition in it if it holds one: bare, or under `taskDefinition` as AWS prints it. */
export interface TaskDefinitionFile {
  /** Any shape; absent where the file is a Compose file in JSON. */
  readonly definition?: unknown;
  /**
   * The place of a path such as `containerDefinitions[0].memory`: of its value or, if asked, of its key, or of all from
   * the key on.
   */
  readonly locate: (path: string, part?: 'key' | 'member') => Source | undefined;
}

/**
 * Reads a task definition with the places of its members; undefined, with a report, where the file cannot be read. It
 * must be JSON as AWS takes it, without comments.
 */
export function readTaskDefinition(host: Host, path: string, report: Report): TaskDefinitionFile | undefined {
  const file = readSource(host, path, 'task definition', report);
  if (file === undefined) return undefined;
  const problems: Diagnostic[] = [];
  const root = parseJson(file, (problem) => problems.push(problem));
  if (isCompose(root ?? asYaml(file))) return { locate: () => undefined };
  problems.forEach(report);
  if (root === undefined) return undefined;
  const described = child(root, 'taskDefinition');
  const node = described?.kind === 'mapping' ? described : root;
  return { definition: plain(node), locate: (at, part) => placeOf(node, at, part) };
}

/** Compose files may be JSON too; they are read as YAML, which takes more. */
function isCompose(root: Node | undefined): boolean {
  return child(root, 'services') !== undefined;
}

function asYaml(file: SourceFile): Node | undefined {
  return parseYaml(file, () => {})[0];
}

function placeOf(node: Node, path: string, part?: 'key' | 'member', key?: Source): Source | undefined {
  if (path === '') {
    if (part === undefined || key === undefined) return node.source;
    return part === 'key' ? key : { ...key, end: node.source.end };
  }
  const [step, index] = /^\[(\d+)\]/.exec(path) ?? [];
  if (step !== undefined) {
    const item = itemsOf(node)[Number(index)];
    return item && placeOf(item, path.slice(step.length), part);
  }
  const rest = path.replace(/^\./, '');
  // A key may have dots of its own, as labels do: the longest that fits is meant.
  const [found] = entriesOf(node)
    .filter(([name]) => rest.startsWith(name) && /^(?:[.[]|$)/.test(rest.slice(name.length)))
    .sort(([one], [other]) => other.length - one.length);
  if (found === undefined) return undefined;
  const [name, entry] = found;
  return placeOf(entry.value, rest.slice(name.length), part, entry.key);
}
