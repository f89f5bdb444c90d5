import type { Source } from '../../source/source.ts';

/** A variable that interpolation may use. */
export interface Variable {
  readonly value: string;
  /** The name and the value on their line of a `.env` file; absent for the process environment. */
  readonly source?: Source;
  /** The value on that line; the name where it stands alone. */
  readonly valueSource?: Source;
}

/** The variables of a project: the process environment, then its `.env` files. */
export type Variables = ReadonlyMap<string, Variable>;
