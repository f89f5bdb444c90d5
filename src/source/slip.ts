import type { Correction } from './edit.ts';

/** Letters that a word and what is meant have at least: many short words are one letter apart, such as cpu and cpus. */
const shortest = 4;

/**
 * The candidate of which a word can only be a slip of the hand: one character, or two neighbours swapped, and no other
 * candidate as near. Upper and lower case are no difference; another digit is one, for it is no slip.
 */
export function slipOf(word: string, candidates: readonly string[]): Correction | undefined {
  const [meant, ...others] = candidates.filter((candidate) => isNear(word.toLowerCase(), candidate.toLowerCase()));
  if (meant === undefined || meant === word || others.length > 0) return undefined;
  const isShort = Math.min(word.length, meant.length) < shortest;
  const digits = (text: string) => text.replace(/\D/g, '');
  return isShort || digits(word) !== digits(meant) ? undefined : { written: word, meant };
}

/** The names of one mapping that are slips of known ones, by name; not where two would become the same. */
export function misspeltNames(names: readonly string[], known: readonly string[]): ReadonlyMap<string, Correction> {
  const slips = names.flatMap((name) => (known.includes(name) ? [] : (slipOf(name, known) ?? [])));
  const taken = new Set(names);
  const twice = new Set<string>();
  for (const { meant } of slips) (taken.has(meant) ? twice : taken).add(meant);
  return new Map(slips.filter(({ meant }) => !twice.has(meant)).map((slip) => [slip.written, slip]));
}

/** Whether two words are the same but for one character, which one may lack, or for two neighbours swapped. */
function isNear(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const [a, b] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  return Math.max(a.length, b.length) <= 1 || (a.length === 2 && `${a[1]}${a[0]}` === b);
}
