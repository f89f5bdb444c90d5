import { parseTaskCpu, parseTaskMemory } from '../fargate/sizes.ts';
import type { ContainerDefinition, TaskDefinition } from '../fargate/task-definition.ts';

/**
 * A definition as the rules see it: what is there is of the right type, but anything may be missing. What was of a
 * wrong type leaves its place empty, as a member or as an element of a list, so that indexes stay true.
 */
export type Readable<T> = T extends readonly (infer Element)[]
  ? readonly (Readable<Element> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Readable<T[Key]> | undefined }
    : T;

export type ReadableDefinition = Readable<TaskDefinition>;
export type ReadableContainer = Readable<ContainerDefinition>;

/** The elements of a list that are there, each with its path. */
export function elements<T>(
  list: readonly (T | undefined)[] | undefined,
  path: string,
): { readonly value: T; readonly path: string }[] {
  return (list ?? []).flatMap((value, index) => (value === undefined ? [] : [{ value, path: `${path}[${index}]` }]));
}

/** Whether a member can be judged, there or not: one of a wrong type or misspelt is undefined, and has been reported. */
export function isReadable<T extends object>(value: T, member: keyof T): boolean {
  return !(member in value) || value[member] !== undefined;
}

/** A container, where it stands, and how a message calls it. */
export interface Container {
  readonly value: ReadableContainer;
  readonly path: string;
  readonly name: string;
}

/** The containers, in their order. */
export function containers(definition: ReadableDefinition): Container[] {
  return elements(definition.containerDefinitions, 'containerDefinitions').map(({ value, path }) => ({
    value,
    path,
    name: value.name || path,
  }));
}

/** The task's own size, as far as it can be read: CPU units and MiB. */
export function taskSize({ cpu, memory }: ReadableDefinition): { readonly cpu?: number; readonly memory?: number } {
  const units = cpu === undefined ? undefined : parseTaskCpu(cpu);
  const mebibytes = memory === undefined ? undefined : parseTaskMemory(memory);
  return { ...(units === undefined ? {} : { cpu: units }), ...(mebibytes === undefined ? {} : { memory: mebibytes }) };
}

/** Whether a definition, of any shape, asks for Windows containers. */
export function isWindows(definition: unknown): boolean {
  const platform = isObject(definition) ? definition['runtimePlatform'] : undefined;
  const family = isObject(platform) ? platform['operatingSystemFamily'] : undefined;
  return typeof family === 'string' && family.startsWith('WINDOWS');
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
