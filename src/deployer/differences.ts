import type { TaskDefinition } from '../fargate/task-definition.ts';
import { type Json, normalForm } from './normal-form.ts';

/**
 * The paths of a definition at which another one differs from it, such as `containerDefinitions[web].image`. A member
 * that one of them lacks stands for all below it. Items of lists are named by `name` where they have one.
 */
export function differences(before: TaskDefinition, after: TaskDefinition): readonly string[] {
  return differ(normalForm(before), normalForm(after), '');
}

function differ(before: Json | undefined, after: Json | undefined, path: string): readonly string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [one, other] = [parts(before), parts(after)];
  if (one === undefined || other === undefined) return [path];
  const names = new Set([...one.keys(), ...other.keys()]);
  const below = [...names].flatMap((name) => differ(one.get(name), other.get(name), join(path, name)));
  // Only the order of a list's items differs.
  return below.length === 0 ? [path] : below;
}

/** The members of a mapping, and the items of a list as `[name]` or `[index]`; undefined for what has no parts. */
function parts(value: Json | undefined): ReadonlyMap<string, Json> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  return new Map(value.map((item: Json, index) => [`[${nameOf(item) ?? index}]`, item]));
}

function nameOf(item: Json): string | undefined {
  const name = typeof item === 'object' && item !== null && 'name' in item ? item['name'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

function join(path: string, name: string): string {
  return path === '' || name.startsWith('[') ? `${path}${name}` : `${path}.${name}`;
}
