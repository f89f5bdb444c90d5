import type { Correction } from './edit.ts';

/** Candidates that are compared at most, so that many wrong names among many right ones do not take forever. */
const mostCandidates = 1_000;

/** Words longer than this are no slips of a hand. */
const longest = 200;

/** The candidate nearest to a word, if it is near enough to be what was meant. Of many, the first ones are looked at. */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  let compared = 0;
  if (word.length > longest) return undefined;
  for (const candidate of candidates) {
    compared += 1;
    if (compared > mostCandidates) break;
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** Letters that a word and what is meant have at least: many short words are one letter apart, such as cpu and cpus. */
const shortest = 4;

/**
 * The candidate of which a word can only be a slip of the hand: one character, or two neighbours swapped, and no other
 * candidate as near. Upper and lower case are no difference; digits are one that counts, for they are no slip.
 */
export function slipOf(word: string, candidates: readonly string[]): Correction | undefined {
  if (word.length > longest || candidates.length > mostCandidates) return undefined;
  const isNear = (candidate: string) =>
    Math.abs(candidate.length - word.length) <= 1 && editDistance(word.toLowerCase(), candidate.toLowerCase()) <= 1;
  const [meant, ...others] = candidates.filter(isNear);
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

/** How many characters must be inserted, deleted, replaced or swapped with their neighbour to get from one word to the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        (last[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (last[column - 1] as number) + (same ? 0 : 1),
        swapped ? (beforeLast[column - 2] as number) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] as number;
}
