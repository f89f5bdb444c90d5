import { suggest } from '../../source/suggest.ts';
import type { Find } from '../finding.ts';
import { type Container, containers, elements } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** One entry of a container's dependsOn. */
interface Dependency {
  readonly from: string;
  readonly to: string;
  readonly path: string;
}

/** Each container that another waits for is there and can reach the condition, and none waits for itself. */
export const dependencies: Rule = (definition, find) => {
  const all = containers(definition);
  const byName = new Map(all.map((container) => [container.name, container]));
  const known: Dependency[] = [];
  for (const container of all) {
    for (const { value, path } of elements(container.value.dependsOn, `${container.path}.dependsOn`)) {
      if (value.containerName === undefined || value.containerName === '') continue;
      const target = byName.get(value.containerName);
      if (target === undefined) {
        reportUnknown(container, value.containerName, path, byName.keys(), find);
      } else {
        known.push({ from: container.name, to: target.name, path });
        checkCondition(container, target, value.condition, path, find);
      }
    }
  }
  for (const cycle of cycles(known)) {
    const names = cycle.map(({ from }) => from);
    const [first] = cycle as [Dependency];
    const related = cycle.slice(1).map(({ from, to, path }) => ({ message: `${from} waits for ${to}.`, path }));
    find('fargate/dependency-cycle', first.path, { cycle: [...names, first.from].join(' → ') }, related);
  }
};

function reportUnknown(container: Container, name: string, path: string, known: Iterable<string>, find: Find): void {
  find('fargate/unknown-reference', `${path}.containerName`, {
    subject: `dependsOn of container ${container.name}`,
    name,
    what: 'container',
    suggestion: suggest(name, known),
    aws: `Cannot depend on container + '${name}' because it does not exist`,
  });
}

function checkCondition(
  container: Container,
  target: Container,
  condition: string | undefined,
  path: string,
  find: Find,
): void {
  const names = { container: container.name, target: target.name };
  if ((condition === 'COMPLETE' || condition === 'SUCCESS') && target.value.essential !== false) {
    find(
      'fargate/dependency-condition',
      `${path}.condition`,
      {
        ...names,
        condition,
        why: 'is essential, so that its end is the end of the task',
        instead: `Set "essential": false on ${target.name}.`,
        aws: 'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container',
      },
      [{ message: `${target.name} is here.`, path: `${target.path}.essential` }],
    );
  }
  if (condition === 'HEALTHY' && target.value.healthCheck === undefined) {
    find(
      'fargate/dependency-condition',
      `${path}.condition`,
      {
        ...names,
        condition,
        why: 'has no health check (ECS does not read that of the image)',
        instead: `Give ${target.name} a healthCheck, or wait for START.`,
        aws: 'A dependency container with HEALTHY condition must have health check configured',
      },
      [{ message: `${target.name} is here.`, path: `${target.path}.healthCheck` }],
    );
  }
}

/** One circle for each group of containers that wait for each other. */
function cycles(dependencies: readonly Dependency[]): Dependency[][] {
  // What waits for nothing that is stuck gets free, pass by pass; the rest waits in a circle, or for one.
  let stuck = dependencies;
  for (;;) {
    const waiting = new Set(stuck.map(({ from }) => from));
    const still = stuck.filter(({ to }) => waiting.has(to));
    if (still.length === stuck.length) break;
    stuck = still;
  }
  const next = new Map(stuck.map((dependency) => [dependency.from, dependency]));
  const seen = new Set<string>();
  const found: Dependency[][] = [];
  for (const start of next.values()) {
    const way: Dependency[] = [];
    let at: Dependency | undefined = start;
    while (at !== undefined && !seen.has(at.from)) {
      seen.add(at.from);
      way.push(at);
      at = next.get(at.to);
    }
    const entry = way.findIndex(({ from }) => from === at?.from);
    if (entry !== -1) found.push(way.slice(entry));
  }
  return found;
}
