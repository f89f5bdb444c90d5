import type { Source } from '../source/source.ts';
import type { Origin } from './task.ts';

/** A value and where it came from. */
export interface Originated<T> {
  readonly value: T;
  readonly origin: Origin;
  /** The places of its members that stand somewhere by themselves, by their paths in it. */
  readonly parts?: readonly (readonly [path: string, source: Source])[];
}

type ItemOf<List> = Exclude<List, undefined> extends readonly (infer Item)[] ? Item : never;

/** The members of one structure of the definition while it is being made, each with its origin. */
export class Fields<T extends object> {
  readonly #values = new Map<keyof T & string, unknown>();
  readonly #origins = new Map<string, Origin>();

  /** Sets a member; the origin holds for all that is in it, but for parts that have one of their own. */
  put<K extends keyof T & string>(member: K, value: Exclude<T[K], undefined>, origin: Origin): void {
    this.#values.set(member, value);
    this.#origins.set(member, origin);
  }

  /** Sets a list, each item with an origin of its own; an empty one is left out. */
  putList<K extends keyof T & string>(member: K, items: readonly Originated<ItemOf<T[K]>>[]): void {
    const [first] = items;
    if (first === undefined) return;
    this.put(member, items.map(({ value }) => value) as never, first.origin);
    this.originsOf(member, items);
  }

  /** Sets the origin of a part of a member, such as `healthCheck.timeout`. */
  origin(path: string, origin: Origin): void {
    this.#origins.set(path, origin);
  }

  /** Sets the origins of the items of a list, such as `logConfiguration.secretOptions`. */
  originsOf(path: string, items: readonly Originated<unknown>[]): void {
    for (const [index, { origin, parts = [] }] of items.entries()) {
      this.origin(`${path}[${index}]`, origin);
      for (const [part, source] of parts) this.origin(`${path}[${index}].${part}`, { source });
    }
  }

  /** Sets a member as another structure has it, with its origins; nothing where that has none. */
  copy<K extends keyof T & string>(member: K, from: Fields<T>): void {
    const value = from.get(member);
    if (value === undefined) return;
    this.#values.set(member, value);
    for (const [path, origin] of from.#origins) {
      if (path.split(/[.[]/, 1)[0] === member) this.#origins.set(path, origin);
    }
  }

  /** The items of a list, each with its origin; none where it is not set. */
  items<K extends keyof T & string>(member: K): readonly Originated<ItemOf<T[K]>>[] {
    const list = (this.get(member) ?? []) as readonly ItemOf<T[K]>[];
    return list.map((value, index) => ({
      value,
      origin: this.#origins.get(`${member}[${index}]`) ?? this.#origins.get(member) ?? {},
    }));
  }

  get<K extends keyof T & string>(member: K): T[K] | undefined {
    return this.#values.get(member) as T[K] | undefined;
  }

  /** The structure, its members in the given order, which alone decides the bytes. */
  build(order: readonly (keyof T & string)[]): T {
    return Object.fromEntries(
      order.filter((member) => this.#values.has(member)).map((member) => [member, this.#values.get(member)]),
    ) as T;
  }

  /** The origins, each path behind a prefix such as `containerDefinitions[0]`. */
  originsUnder(prefix: string): (readonly [string, Origin])[] {
    return [...this.#origins].map(([path, origin]) => [prefix === '' ? path : `${prefix}.${path}`, origin] as const);
  }
}
