/** The values of an option that may be repeated: the earlier ones, as commander hands them on, and what comes now. */
export function repeated<T>(earlier: unknown, ...now: readonly T[]): readonly T[] {
  return [...((earlier as readonly T[] | undefined) ?? []), ...now];
}

/** Reads an option that may be repeated and is taken as it is written. */
export function parseRepeated(text: string, earlier: unknown): readonly string[] {
  return repeated(earlier, text);
}
