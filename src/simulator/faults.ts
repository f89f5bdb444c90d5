import { ApiError } from './api-error.ts';
import { CALLER } from './identifiers.ts';

/** Something that goes wrong on purpose. */
export interface Fault {
  /** The operation that it happens to, such as `RunTask`. */
  readonly operation: string;
  /** Which call of that operation is the first to suffer, counted from 1; 1 unless said. */
  readonly nth?: number;
  /** How many calls suffer in a row; 1 unless said. The SDK repeats a call up to three times by itself. */
  readonly times?: number;
  readonly kind: FaultKind;
}

/**
 * throttle: too many calls. server-error: HTTP 500. reset: the connection breaks before anything is done.
 * lost-answer: it breaks after. hang: no answer ever comes. access-denied, expired: the credentials do not do.
 * no-capacity: RunTask answers with `failures[]` and starts nothing.
 */
export type FaultKind =
  | 'throttle'
  | 'server-error'
  | 'reset'
  | 'lost-answer'
  | 'hang'
  | 'access-denied'
  | 'expired'
  | 'no-capacity';

/** What the fault makes of a call: a refusal, an output in place of the real one, or silence. */
type Effect = { readonly error: ApiError } | { readonly output: object } | 'reset' | 'lost-answer' | 'hang';

type Make = (service: string, operation: string) => Effect;

const EFFECTS: Readonly<Record<FaultKind, Make>> = {
  throttle: (service) => ({
    error:
      service === 'ec2'
        ? new ApiError('RequestLimitExceeded', 'Request limit exceeded.', 503)
        : new ApiError('ThrottlingException', 'Rate exceeded'),
  }),
  'server-error': (service) => ({
    error: new ApiError(service === 'ec2' ? 'InternalError' : 'ServerException', 'Service Unavailable.', 500),
  }),
  'access-denied': (service, operation) => ({
    error:
      service === 'ec2'
        ? new ApiError('UnauthorizedOperation', 'You are not authorized to perform this operation.', 403)
        : new ApiError(
            'AccessDeniedException',
            `User: ${CALLER} is not authorized to perform: ${service}:${operation} ` +
              `on resource: * because no identity-based policy allows the ${service}:${operation} action`,
          ),
  }),
  expired: (service) => ({
    error:
      service === 'ec2'
        ? new ApiError('RequestExpired', 'Request has expired.')
        : new ApiError('ExpiredTokenException', 'The security token included in the request is expired'),
  }),
  'no-capacity': () => ({
    output: {
      tasks: [],
      failures: [
        {
          reason: 'Capacity is unavailable at this time. Please try again later or in a different availability zone',
        },
      ],
    },
  }),
  reset: () => 'reset',
  'lost-answer': () => 'lost-answer',
  hang: () => 'hang',
};

/** What happens to the call that is the `count`-th of its operation; undefined when nothing does. */
export function effectOn(
  faults: readonly Fault[],
  service: string,
  operation: string,
  count: number,
): Effect | undefined {
  const fault = faults.find(
    ({ operation: name, nth = 1, times = 1 }) => name === operation && count >= nth && count < nth + times,
  );
  return fault && EFFECTS[fault.kind](service, operation);
}
