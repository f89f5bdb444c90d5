import type { Origin } from './task.ts';

/** A value and where it came from. */
export interface Originated<T> {
  readonly value: T;
  readonly origin: Origin;
}

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
  putList<K extends keyof T & string>(
    member: K,
    items: readonly Originated<Exclude<T[K], undefined> extends readonly (infer Item)[] ? Item : never>[],
  ): void {
    const [first] = items;
    if (first === undefined) return;
    this.put(member, items.map(({ value }) => value) as never, first.origin);
    for (const [index, { origin }] of items.entries()) this.origin(`${member}[${index}]`, origin);
  }

  /** Sets the origin of a part of a member, such as `healthCheck.timeout`. */
  origin(path: string, origin: Origin): void {
    this.#origins.set(path, origin);
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
