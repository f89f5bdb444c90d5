import { suggest } from '../source/suggest.ts';

/** What to do about a word that is unknown: write the known one that it was probably meant for, or else `otherwise`. */
export function didYouMean(word: string, known: Iterable<string>, otherwise: string): string {
  const meant = suggest(word, known);
  return meant === undefined ? otherwise : `Did you mean "${meant}"?`;
}
