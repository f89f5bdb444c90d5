import { explainAwsError } from './explain-aws-error.ts';

/** Runs a call and turns what it throws into an `AwsError`. `action` is the IAM action that it needs. */
export type Ask = <T>(action: string, call: () => Promise<T>) => Promise<T>;

/**
 * AWS refused a call or could not be reached, in whole sentences: the message says what and why, `help` what to do
 * next.
 */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** The IAM action of the call, such as `ecs:RunTask`; the SDK's errors know only the operation. */
  readonly action: string;
  /** The name of the error as AWS gives it, such as `ClusterNotFoundException`. */
  readonly code: string;
  readonly help: string | undefined;
  /** Whether the same call may succeed later. */
  readonly passing: boolean;
  /** The ARNs that a ConflictException names. */
  readonly resourceIds: readonly string[];
  /** The service's own words. */
  readonly detail: string;

  constructor(action: string, error: unknown) {
    const { name = 'Error', message = String(error), code, $metadata, resourceIds } = error as ServiceError;
    const detail = message || code || name;
    const {
      message: words,
      help,
      passing = false,
    } = explainAwsError({
      action,
      name: code !== undefined && ['Error', 'TimeoutError', 'AggregateError'].includes(name) ? code : name,
      detail,
      status: $metadata?.httpStatusCode,
    });
    super(words);
    this.action = action;
    this.code = name;
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

/** Runs a call; what it throws becomes an `AwsError`. */
export const ask: Ask = async (action, call) => {
  try {
    return await call();
  } catch (error) {
    throw new AwsError(action, error);
  }
};

/** Whether an error is AWS's answer of that name. */
export function isAwsError(error: unknown, ...codes: readonly string[]): error is AwsError {
  return error instanceof AwsError && (codes.length === 0 || codes.includes(error.code));
}
