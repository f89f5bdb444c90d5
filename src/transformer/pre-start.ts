import type { ContainerDefinition, KeyValuePair } from '../fargate/task-definition.ts';
import { child, itemsOf, type Node, stringOf } from '../source/node.ts';
import type { ContainerContext, TaskContext } from './context.ts';
import { variablesOf } from './environment.ts';
import { Fields, type Originated } from './fields.ts';
import { rewriteWords } from './hosts.ts';
import { type Origin, originFrom } from './task.ts';

/** What a hook has in common with the container of its service. CPU and memory it takes from what the task leaves. */
const shared = [
  'image',
  'repositoryCredentials',
  'workingDirectory',
  'user',
  'secrets',
  'mountPoints',
  'volumesFrom',
  'readonlyRootFilesystem',
  'linuxParameters',
  'ulimits',
  'logConfiguration',
] as const satisfies readonly (keyof ContainerDefinition)[];

/** A container that is run before that of a service. */
export interface Hook {
  readonly fields: Fields<ContainerDefinition>;
  readonly origin: Origin;
}

/**
 * `pre_start`: a container for each hook, in their order, each waiting for the success of the one before; the container
 * of the service, which must be complete by then, waits for the last.
 */
export function preStart(container: ContainerContext, context: TaskContext): readonly Hook[] {
  const items = itemsOf(child(container.service.node, 'pre_start'));
  const dependencies = container.fields.items('dependsOn');
  let before = dependencies;
  const hooks = items.map((item, index): Hook => {
    const name = `${container.name}-pre-start${items.length === 1 ? '' : `-${index + 1}`}`;
    const fields = hookFields(name, item, container, context);
    fields.putList('dependsOn', before);
    before = [{ value: { containerName: name, condition: 'SUCCESS' }, origin: originFrom(item) }];
    return { fields, origin: originFrom(item) };
  });
  if (hooks.length > 0) container.fields.putList('dependsOn', [...dependencies, ...before]);
  return hooks;
}

function hookFields(
  name: string,
  item: Node,
  container: ContainerContext,
  context: TaskContext,
): Fields<ContainerDefinition> {
  const fields = new Fields<ContainerDefinition>();
  const origin = { source: item.source, rule: 'a hook of pre_start, as a container of its own' };
  fields.put('name', name, origin);
  fields.put('essential', false, origin);
  for (const member of shared) fields.copy(member, container.fields);
  const command = child(item, 'command');
  const words = itemsOf(command).map((word) => stringOf(word) ?? '');
  if (command !== undefined && words.length > 0) {
    const what = `pre_start command of service "${container.service.name}"`;
    const { value, rule } = rewriteWords(words, { container, context, what, source: command.source });
    // A hook is run by itself, not as the arguments of the image's entry point.
    fields.put('entryPoint', value, { source: command.source, ...(rule === undefined ? {} : { rule }) });
  }
  for (const [key, member] of [
    ['image', 'image'],
    ['user', 'user'],
    ['working_dir', 'workingDirectory'],
  ] as const) {
    const node = child(item, key);
    const text = stringOf(node);
    if (node !== undefined && text) fields.put(member, text, originFrom(node));
  }
  fields.putList('environment', environmentOf(item, container, context));
  return fields;
}

/** The variables of the service, with those of the hook in place of others of their names. */
function environmentOf(
  item: Node,
  container: ContainerContext,
  context: TaskContext,
): readonly Originated<KeyValuePair>[] {
  const own = variablesOf(child(item, 'environment'), container, context);
  const names = new Set(own.map(({ value }) => value.name));
  const inherited = container.fields.items('environment').filter(({ value }) => !names.has(value.name));
  return [...inherited, ...own].sort((a, b) => (a.value.name < b.value.name ? -1 : 1));
}
