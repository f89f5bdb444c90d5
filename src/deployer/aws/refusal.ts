import type { Caller } from './connection.ts';

/** What a call came back with in place of an answer. */
export interface Refusal {
  readonly action: string;
  readonly name: string;
  readonly detail: string;
  readonly status: number | undefined;
  readonly caller?: Caller;
}

/** What a refusal means to who made the call, in whole sentences. */
export interface Explanation {
  readonly message: string;
  readonly help?: string | undefined;
  /** Whether the same call may succeed later. */
  readonly passing?: boolean;
}

/** A refusal, and what its action says. */
export interface NamedRefusal extends Refusal {
  readonly operation: string;
  /** The service as people call it. */
  readonly service: string;
}

/**
 * A refusal that has a better answer than the service's own words. Names and texts: SDK for JavaScript v3 and ECS API
 * Reference, "Common Errors" and the errors of each operation.
 */
export interface RefusalRow {
  /** Matches the name of the error. */
  readonly name: RegExp;
  /** Matches the service's own words, where the name alone does not tell. */
  readonly detail?: RegExp;
  readonly say: (refusal: NamedRefusal) => Explanation;
}

/** A service's own words as a sentence: not all of them end with a stop. */
export function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
