import type { SecretPlace } from '../diagnostics/catalogue/transform-secrets.ts';
import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { Secret } from '../fargate/task-definition.ts';
import { apiPlaces } from '../parser/ecs-params/api-value.ts';
import { booleanOf, child, entriesOf, itemsOf, type Node, stringOf } from '../source/node.ts';
import type { Source } from '../source/source.ts';
import type { ContainerConcern, ContainerContext, TaskContext } from './context.ts';
import type { Originated } from './fields.ts';
import { shownPath } from './shown-path.ts';
import { originFrom } from './task.ts';

/**
 * `secrets`: those of ecs-params as they stand. A Compose secret is a file, which ECS does not have: where a variable
 * `X_FILE` names that file, X can hold the secret's value instead, by the ARN of ecs-params or of an external secret.
 */
export const secrets: ContainerConcern = (container, context) => {
  const { service, params, fields } = container;
  const items = secretList(child(params, 'secrets'));
  const given = new Set(items.map(({ value }) => value.name));
  const files = fileVariables(container);
  for (const item of itemsOf(child(service.node, 'secrets'))) {
    const { name, path } = secretFile(item);
    const readers = files.filter((file) => file.path === path);
    const valueFrom = externalName(context, name);
    for (const { variable } of readers) {
      if (!given.has(variable) && valueFrom !== undefined) {
        items.push({ value: { name: variable, valueFrom }, origin: originFrom(item) });
      }
    }
    const isRead =
      readers.length > 0 && (valueFrom !== undefined || readers.every(({ variable }) => given.has(variable)));
    if (isRead) {
      for (const { key, variable, source } of readers) {
        const words = { service: service.name, key, variable, secret: name };
        context.report(diagnostic('transform/secret-variable', words, source));
      }
      continue;
    }
    const variable = readers[0]?.variable ?? name.toUpperCase().replace(/\W/g, '_');
    const words = { service: service.name, secret: name, variable };
    context.report(
      readers.length === 0 && given.has(variable)
        ? diagnostic('transform/secret-not-a-file', { ...words, path }, item.source)
        : diagnostic('transform/secret-file', { ...words, kept: keptIn(context, name) }, item.source),
    );
  }
  fields.putList('secrets', items);
  for (const item of itemsOf(child(service.node, 'configs'))) {
    const config = stringOf(child(item, 'source')) ?? '';
    const target = stringOf(child(item, 'target')) ?? `/${config}`;
    const path = stringOf(child(child(child(context.project.root, 'configs'), config), 'file'));
    const file = path === undefined ? undefined : shownPath(context.project, path);
    context.report(diagnostic('transform/config-file', { service: service.name, config, target, file }, item.source));
  }
};

/** The variables `X_FILE` that are dropped because X holds a secret's value. */
export function secretFileVariables(container: ContainerContext): ReadonlySet<string> {
  const paths = new Set(itemsOf(child(container.service.node, 'secrets')).map((item) => secretFile(item).path));
  return new Set(fileVariables(container).flatMap(({ key, path }) => (paths.has(path) ? [key] : [])));
}

/** A list of `{name, value_from}` as ECS spells it. */
export function secretList(node: Node | undefined): Originated<Secret>[] {
  return itemsOf(node).map((item) => ({
    value: { name: stringOf(child(item, 'name')) ?? '', valueFrom: stringOf(child(item, 'value_from')) ?? '' },
    origin: originFrom(item),
    parts: apiPlaces(item),
  }));
}

/** Where the container would find a secret, as Compose mounts it. */
function secretFile(item: Node): { name: string; path: string } {
  const name = stringOf(child(item, 'source')) ?? '';
  const target = stringOf(child(item, 'target')) ?? name;
  return { name, path: target.startsWith('/') ? target : `/run/secrets/${target}` };
}

interface FileVariable {
  readonly key: string;
  readonly variable: string;
  readonly path: string;
  readonly source: Source;
}

/** The variables named `X_FILE`, with X and the path that they hold. */
function fileVariables({ service }: ContainerContext): FileVariable[] {
  return entriesOf(child(service.node, 'environment')).flatMap(([key, { value }]) => {
    const path = stringOf(value);
    if (!key.endsWith('_FILE') || path === undefined) return [];
    return [{ key, variable: key.slice(0, -'_FILE'.length), path, source: value.source }];
  });
}

/** Where the value of a secret is so far. */
function keptIn(context: TaskContext, name: string): SecretPlace {
  const secret = child(child(context.project.root, 'secrets'), name);
  const variable = stringOf(child(secret, 'environment'));
  if (variable !== undefined) return { kind: 'variable', name: variable };
  const valueFrom = externalName(context, name);
  if (valueFrom !== undefined) return { kind: 'aws', valueFrom };
  const file = stringOf(child(secret, 'file'));
  return file === undefined ? { kind: 'elsewhere' } : { kind: 'file', path: shownPath(context.project, file) };
}

/** The name or ARN of an external secret, which is what ECS takes for `valueFrom`. */
function externalName({ project }: TaskContext, name: string): string | undefined {
  const secret = child(child(project.root, 'secrets'), name);
  return booleanOf(child(secret, 'external')) === true ? (stringOf(child(secret, 'name')) ?? name) : undefined;
}
