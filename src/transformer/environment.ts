import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { KeyValuePair } from '../fargate/task-definition.ts';
import { child, isNull, itemsOf, type Node, sortedEntriesOf, stringOf } from '../source/node.ts';
import type { ContainerConcern, ContainerContext, TaskContext } from './context.ts';
import type { Originated } from './fields.ts';
import { rewriteVariable } from './hosts.ts';
import { secretFileVariables } from './secrets.ts';
import { originFrom } from './task.ts';

/**
 * `environment`, to which the parser has added `env_file`, sorted by name; names of sibling services in the values are
 * rewritten. A variable without a value stays unset, as in Compose.
 */
export const environment: ContainerConcern = (container, context) => {
  container.fields.putList(
    'environment',
    variablesOf(child(container.service.node, 'environment'), container, context),
  );
};

/** Variables for a container as ECS takes them, sorted; one that a secret replaces is left out. */
export function variablesOf(
  variablesNode: Node | undefined,
  container: ContainerContext,
  context: TaskContext,
): readonly Originated<KeyValuePair>[] {
  const replaced = secretFileVariables(container);
  const secrets = new Set(itemsOf(child(container.params, 'secrets')).map((item) => stringOf(child(item, 'name'))));
  const variables: Originated<KeyValuePair>[] = [];
  for (const [name, { key, value: node }] of sortedEntriesOf(variablesNode)) {
    // A secret of the same name takes its place: ECS refuses to have both.
    if (replaced.has(name) || secrets.has(name)) continue;
    if (isNull(node)) {
      context.report(diagnostic('transform/variable-unset', { service: container.service.name, name }, key));
      continue;
    }
    const text = node.kind === 'scalar' ? String(node.value) : '';
    const what = `${name} of service "${container.service.name}"`;
    const { value, rule } = rewriteVariable(name, text, { container, context, what, source: node.source });
    variables.push({
      value: { name, value },
      origin: { ...originFrom(node), ...(rule === undefined ? {} : { rule }) },
    });
  }
  return variables;
}
