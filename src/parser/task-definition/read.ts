import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Host } from '../../host.ts';
import { child, entriesOf, itemsOf, type Node } from '../../source/node.ts';
import { readSource } from '../../source/read.ts';
import type { Source } from '../../source/source.ts';
import { parseYaml } from '../../source/yaml.ts';
import { plain } from '../compose/plain.ts';

/** A JSON file, and the task definition in it if it holds one: bare, or under `taskDefinition` as AWS prints it. */
export interface TaskDefinitionFile {
  /** Any shape; absent where the file is something else, such as a Compose file in JSON. */
  readonly definition?: unknown;
  /** The place of a path such as `containerDefinitions[0].memory`. */
  readonly locate: (path: string) => Source | undefined;
}

/** Members that DescribeTaskDefinition adds and RegisterTaskDefinition does not take (TaskDefinition in the ECS API). */
const describedOnly = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
];

/** Reads a task definition with the places of its members; undefined, with a report, where the file cannot be read. */
export function readTaskDefinition(host: Host, path: string, report: Report): TaskDefinitionFile | undefined {
  const file = readSource(host, path, 'task definition', report);
  // YAML is read as well as JSON, which is a part of it.
  const [root] = file === undefined ? [] : parseYaml(file, report);
  if (root === undefined) return undefined;
  const node = child(root, 'taskDefinition') ?? root;
  const locate = (at: string) => nodeAt(node, at)?.source;
  // Compose files may be JSON too.
  if (child(root, 'services') !== undefined) return { locate };
  const definition = plain(node) as Record<string, unknown>;
  for (const member of describedOnly) delete definition[member];
  return { definition, locate };
}

function nodeAt(root: Node, path: string): Node | undefined {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  return steps.reduce<Node | undefined>(
    (node, step) =>
      node?.kind === 'sequence'
        ? itemsOf(node)[Number(step)]
        : entriesOf(node).find(([key]) => key === step)?.[1].value,
    root,
  );
}
