import type { KeyValuePair } from '../fargate/task-definition.ts';
import { child, isNull, itemsOf, sortedEntriesOf, stringOf } from '../source/node.ts';
import type { ContainerConcern } from './context.ts';
import type { Originated } from './fields.ts';
import { rewriteVariable } from './hosts.ts';
import { secretFileVariables } from './secrets.ts';

/**
 * `environment`, to which the parser has added `env_file`, sorted by name; names of sibling services in the values are
 * rewritten. A variable without a value stays unset, as in Compose.
 */
export const environment: ContainerConcern = (container, context) => {
  const replaced = secretFileVariables(container);
  const secrets = new Set(itemsOf(child(container.params, 'secrets')).map((item) => stringOf(child(item, 'name'))));
  const variables: Originated<KeyValuePair>[] = [];
  for (const [name, { value: node }] of sortedEntriesOf(child(container.service.node, 'environment'))) {
    // A secret of the same name takes its place: ECS refuses to have both.
    if (isNull(node) || replaced.has(name) || secrets.has(name)) continue;
    const text = node.kind === 'scalar' ? String(node.value) : '';
    const what = `${name} of service "${container.service.name}"`;
    const { value, rule } = rewriteVariable(name, text, { container, context, what, source: node.source });
    variables.push({
      value: { name, value },
      origin: { source: node.source, ...(rule === undefined ? {} : { rule }) },
    });
  }
  container.fields.putList('environment', variables);
};
