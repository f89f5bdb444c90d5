import { parseTaskCpu, parseTaskMemory } from '../../src/fargate/sizes.ts';
import type { ContainerDefinition, TaskDefinition } from '../../src/fargate/task-definition.ts';

/** Where two definitions mean something else: a path, what ecs-cli registered there, and what we make. */
export type Difference = readonly [path: string, registered: unknown, ours: unknown];

/**
 * What our definition says otherwise than the one that ecs-cli registered. Containers go by their names, sizes are
 * numbers; names of families, `hostPort` and the order of what has none mean nothing.
 */
export function differencesFrom(registered: TaskDefinition, ours: TaskDefinition): readonly Difference[] {
  // registered.json leaves out what is empty, false included.
  const explicit = registered.containerDefinitions.map((container) => ({ essential: false, ...container }));
  const theirs = leaves(meaningOf({ ...registered, containerDefinitions: explicit }));
  const own = leaves(meaningOf(ours));
  const paths = [...new Set([...theirs.keys(), ...own.keys()])].sort();
  return paths.flatMap((path) => {
    const [one, other] = [theirs.get(path), own.get(path)];
    return JSON.stringify(one) === JSON.stringify(other) ? [] : [[path, one, other] as const];
  });
}

function meaningOf({ family: _, cpu, memory, containerDefinitions, volumes, ...others }: TaskDefinition): object {
  return {
    ...others,
    cpu: cpu === undefined ? undefined : (parseTaskCpu(cpu) ?? cpu),
    memory: memory === undefined ? undefined : (parseTaskMemory(memory) ?? memory),
    containers: Object.fromEntries(containerDefinitions.map((container) => [container.name, container].map(meaning))),
    volumes: Object.fromEntries((volumes ?? []).map(({ name, ...volume }) => [name, volume])),
  };
}

function meaning(part: string | ContainerDefinition): unknown {
  if (typeof part === 'string') return part;
  const { name: _, environment = [], secrets = [], ulimits = [], portMappings, ...others } = part;
  return {
    ...others,
    environment: Object.fromEntries(environment.map(({ name, value }) => [name, value])),
    secrets: Object.fromEntries(secrets.map(({ name, valueFrom }) => [name, valueFrom])),
    ulimits: Object.fromEntries(ulimits.map(({ name, ...limits }) => [name, limits])),
    portMappings: portMappings?.map(({ containerPort, protocol }) => ({ containerPort, protocol })),
  };
}

/** The values of a tree that are no mappings, by their paths. */
function leaves(value: object, prefix = ''): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(value).flatMap(([key, child]): (readonly [string, unknown])[] => {
      if (child === undefined) return [];
      const path = `${prefix}${key}`;
      return typeof child === 'object' && !Array.isArray(child) ? [...leaves(child, `${path}.`)] : [[path, child]];
    }),
  );
}
