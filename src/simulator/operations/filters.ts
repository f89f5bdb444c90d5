import { ApiError } from '../api-error.ts';

/** A `Filter` of a Describe operation of EC2. */
export interface Filter {
  readonly Name: string;
  readonly Value: readonly string[];
}

/** What the filters of an operation look at, by filter name; `tag:` is for every tag, whose key it is told. */
export type Attributes<T> = Readonly<Record<string, (item: T, key: string) => string | readonly string[]>>;

/** What the ids of a call name, or everything when it names none; refuses an id that is not there. */
export function named<T>(
  ids: readonly string[] | undefined,
  all: readonly T[],
  find: (id: string) => T | undefined,
  error: string,
  kind: string,
): readonly T[] {
  if (ids === undefined) return all;
  return ids.map((id) => {
    const found = find(id);
    if (found === undefined) throw new ApiError(error, `The ${kind} '${id}' does not exist`);
    return found;
  });
}

/** The items that pass every filter: one of its values has to be one of the item's. `*` stands for any text. */
export function filtered<T>(
  items: readonly T[],
  filters: readonly Filter[] = [],
  attributes: Attributes<T>,
): readonly T[] {
  const tests = filters.map(({ Name, Value }) => {
    const [, prefix = Name, key = ''] = /^(tag:)(.*)$/s.exec(Name) ?? [];
    const attribute = Object.hasOwn(attributes, prefix) ? attributes[prefix] : undefined;
    if (attribute === undefined) {
      throw new ApiError(
        'InvalidParameterValue',
        `The filter '${Name}' is invalid, or the simulator does not model it`,
      );
    }
    return (item: T): boolean =>
      Value.some((wanted) => [attribute(item, key)].flat().some((value) => like(value, wanted)));
  });
  return items.filter((item) => tests.every((test) => test(item)));
}

function like(value: string, wanted: string): boolean {
  const pattern = wanted
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`).test(value);
}
