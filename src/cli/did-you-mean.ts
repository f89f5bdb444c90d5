import { didYouMean as help } from '../diagnostics/catalogue/did-you-mean.ts';
import { suggest } from '../source/suggest.ts';

/** What to do about a word that is unknown: write the known one that it was probably meant for, or else `otherwise`. */
export function didYouMean(word: string, known: Iterable<string>, otherwise: string): string {
  return help(suggest(word, known)) ?? otherwise;
}
