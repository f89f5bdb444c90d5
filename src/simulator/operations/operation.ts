import type { TaskDefinition } from '../../fargate/task-definition.ts';
import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';

/** An operation of an AWS API: one that only looks, or one that changes the account. */
export type Operation = Query | Change;

interface Query {
  /** The output; throws an `ApiError` when the call is refused. */
  answer(account: Account, call: Call<never>): object;
}

/**
 * A change is refused or made. What is made is written down and made again whenever the account is read, so `apply`
 * depends on nothing but its arguments and never refuses.
 */
export interface Change {
  /** Throws an `ApiError` when the call is refused. */
  check?(account: Account, call: Call<never>, rules: Rules): void;
  /** Changes the account and gives the output. */
  apply(account: Account, call: Call<never>): object;
}

/** What the simulator holds calls against beside its account. */
export interface Rules {
  /** AWS's message for the first thing that it would refuse in a task definition; undefined when it takes it. */
  validate(definition: TaskDefinition): string | undefined;
}

/** One page of a list and, if there is more, the token of the next; refuses a token that is not ours. */
export function page<T>(
  items: readonly T[],
  size: number,
  token: string | undefined,
): { readonly items: readonly T[]; readonly nextToken?: string } {
  const start = token === undefined ? 0 : startOf(token);
  const end = start + size;
  return { items: items.slice(start, end), ...(end < items.length ? { nextToken: tokenOf(end) } : {}) };
}

/** A token says nothing to a client: it is only to be sent back. */
function tokenOf(start: number): string {
  return Buffer.from(`next:${start}`).toString('base64url');
}

function startOf(token: string): number {
  const [, start] = /^next:(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? [];
  if (start === undefined) throw new ApiError('InvalidParameterException', 'Invalid token.');
  return Number(start);
}
