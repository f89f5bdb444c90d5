import type { Caller } from './connection.ts';
import { explainAwsError } from './explain-aws-error.ts';

/** Runs a call and turns what it throws into an `AwsError`. `action` is the IAM action that it needs. */
export type Ask = <T>(action: string, call: () => Promise<T>) => Promise<T>;

/** A call that has ended, repeats by the SDK included; nothing in it is secret. */
export interface Call {
  readonly action: string;
  readonly milliseconds: number;
  /** The name of the error that it ended with. */
  readonly error?: string;
}

export type OnCall = (call: Call) => void;

/**
 * AWS refused a call or could not be reached, in whole sentences: the message says what and why, `help` what to do
 * next.
 */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** The IAM action of the call, such as `ecs:RunTask`; the SDK's errors know only the operation. */
  readonly action: string;
  /** The name of the error as AWS gives it, such as `ClusterNotFoundException`, or Node's code, such as ECONNREFUSED. */
  readonly code: string;
  readonly help: string | undefined;
  /** Whether the same call may succeed later. */
  readonly passing: boolean;
  /** The ARNs that a ConflictException names. */
  readonly resourceIds: readonly string[];
  /** The service's own words. */
  readonly detail: string;

  constructor(action: string, error: unknown, caller?: Caller) {
    const { name = 'Error', message = String(error), code, $metadata, resourceIds } = error as ServiceError;
    const detail = message || code || name;
    // The names of Node's own errors say nothing; their codes do.
    const known = code !== undefined && ['Error', 'TimeoutError', 'AggregateError'].includes(name) ? code : name;
    const {
      message: words,
      help,
      passing = false,
    } = explainAwsError({
      action,
      name: known,
      detail,
      status: $metadata?.httpStatusCode,
      ...(caller === undefined ? {} : { caller }),
    });
    super(words);
    this.action = action;
    this.code = known;
    this.help = help;
    this.passing = passing;
    this.resourceIds = resourceIds ?? [];
    this.detail = detail;
  }
}

interface ServiceError {
  readonly name?: string;
  readonly message?: string;
  /** Node's own code of a network fault, such as ECONNREFUSED. */
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly resourceIds?: readonly string[];
}

/** What runs the calls of a caller: what they throw becomes an `AwsError`, and `onCall` is told how each one ended. */
export function asking(caller: Caller, onCall: OnCall = () => undefined): Ask {
  return async (action, call) => {
    const start = performance.now();
    const milliseconds = () => Math.round(performance.now() - start);
    try {
      const answer = await call();
      onCall({ action, milliseconds: milliseconds() });
      return answer;
    } catch (error) {
      const refused = new AwsError(action, error, caller);
      onCall({ action, milliseconds: milliseconds(), error: refused.code });
      throw refused;
    }
  };
}

/** Whether an error is AWS's answer of that name. It is told by its name, since each bundle has a class of its own. */
export function isAwsError(error: unknown, ...codes: readonly string[]): error is AwsError {
  if (!(error instanceof Error) || error.name !== 'AwsError') return false;
  return codes.length === 0 || codes.includes((error as AwsError).code);
}

/** For the `catch` of a call: undefined for a refusal of these names, as of what is not there; throws all others. */
export function undefinedOn(...codes: readonly string[]): (error: unknown) => undefined {
  return (error) => {
    if (!isAwsError(error, ...codes)) throw error;
    return undefined;
  };
}
