import type { Source } from '../../source/source.ts';

/** A variable that interpolation may use, and the `.env` line that it stands on (absent: the process environment). */
export interface Variable {
  readonly value: string;
  readonly source?: Source;
}

/** The variables of a project: the process environment, then its `.env` files. */
export type Variables = ReadonlyMap<string, Variable>;
