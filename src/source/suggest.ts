/** Candidates that are compared at most, so that many wrong names among many right ones do not take forever. */
const mostCandidates = 500;

/** Words longer than this are no slips of a hand. */
const longest = 200;

/**
 * The candidate that a word may have been meant for: the shortest that begins with it and is at most twice as long
 * (`task_role` for `task_role_arn`), else the nearest, if that is near enough. Of many, the first ones are looked at.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > longest) return undefined;
  const wanted = word.toLowerCase();
  const letters = lettersOf(wanted);
  let begun: string | undefined;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  let compared = 0;
  for (const candidate of candidates) {
    compared += 1;
    if (compared > mostCandidates) break;
    const other = candidate.toLowerCase();
    const isBegun = other.startsWith(wanted) && other.length <= 2 * wanted.length;
    if (isBegun && (begun === undefined || other.length < begun.length)) begun = candidate;
    if (Math.abs(other.length - wanted.length) >= least) continue;
    // Each letter that the other word lacks takes a change: that alone tells most words apart, and quickly.
    if (countBits(letters & ~lettersOf(other)) >= least) continue;
    const distance = editDistance(wanted, other, least);
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return begun ?? best;
}

/** The letters of a word as bits, several letters to one bit. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/**
 * How many characters must be inserted, deleted, replaced or swapped with their neighbour to get from one word to the
 * other; anything from `enough` on where it is at least that.
 */
function editDistance(from: string, to: string, enough: number): number {
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
    // No way leads on from two rows that are both beyond.
    if (Math.min(...last) >= enough && Math.min(...current) >= enough) return enough;
    beforeLast = last;
    last = current;
  }
  return last[to.length] as number;
}
