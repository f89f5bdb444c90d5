import type { Code } from '../diagnostics/diagnostic.ts';

/**
 * What becomes of a key of a Compose file. `mapped`: a concern of this folder reads it. `local`: it matters on the
 * developer's machine only, or is resolved by the parser; nothing is said. `dropped`: it is left out, with a warning.
 * `refused`: the containers could not do without it. But for `mapped`, a rule holds for all that is under its key.
 */
export type KeyRule =
  | { readonly verdict: 'mapped'; readonly to: string }
  | { readonly verdict: 'local'; readonly why?: string }
  | LostKeyRule;

/** The rule of a key that does not reach the definition. */
export interface LostKeyRule extends LostKeyDetails {
  readonly verdict: 'dropped' | 'refused';
  readonly why: string;
}

export interface LostKeyDetails {
  readonly help?: string;
  /** Values that ask for nothing that Fargate lacks. */
  readonly unless?: readonly string[];
  /** The key beside it whose very value asks for nothing either. */
  readonly unlessAs?: string;
  /** The only values that ask for something. */
  readonly only?: readonly string[];
  /** The finding with which a concern says so in words of its own; none: what this rule says. */
  readonly code?: Code;
}

export function mapped(to: string): KeyRule {
  return { verdict: 'mapped', to };
}

export function local(why?: string): KeyRule {
  return why === undefined ? { verdict: 'local' } : { verdict: 'local', why };
}

export function dropped(why: string, details: LostKeyDetails = {}): KeyRule {
  return { verdict: 'dropped', why, ...details };
}

export function refused(why: string, details: LostKeyDetails = {}): KeyRule {
  return { verdict: 'refused', why, ...details };
}
