import { ApiError } from './api-error.ts';
import { CALLER } from './identifiers.ts';
import type { LaunchInput } from './records/tasks.ts';
import { noSuchGroup } from './security-group.ts';

/** Something that goes wrong on purpose. */
export interface Fault {
  /** The operation that it happens to, such as `RunTask`. */
  readonly operation: string;
  /** Of which service, such as `ecs`, where several have an operation of that name; any unless said. */
  readonly service?: string;
  /** Which call of that operation is the first to suffer, counted from 1; 1 unless said. */
  readonly nth?: number;
  /** How many calls suffer in a row; 1 unless said. The SDK repeats a call up to three times by itself. */
  readonly times?: number;
  readonly kind: FaultKind;
}

/**
 * throttle: too many calls. server-error: HTTP 500. reset: the connection breaks before anything is done.
 * lost-answer: it breaks after. hang: no answer ever comes. access-denied, expired: the credentials do not do.
 * no-capacity: RunTask answers with `failures[]` and starts nothing. some-capacity: it starts half of the tasks, rounded
 * down, and answers with `failures[]` for the others. not-visible: what was made is not seen yet, as
 * ECS is only eventually consistent: an operation that describes or lists has nothing, and one that starts tasks does not
 * find their security group.
 */
export type FaultKind =
  | 'throttle'
  | 'server-error'
  | 'reset'
  | 'lost-answer'
  | 'hang'
  | 'access-denied'
  | 'expired'
  | 'no-capacity'
  | 'some-capacity'
  | 'not-visible';

/**
 * What the fault makes of a call: a refusal, an output in place of the real one, another input with members that are
 * added to its output, or silence.
 */
type Effect =
  | { readonly error: ApiError }
  | { readonly output: object }
  | { readonly input: object; readonly added: object }
  | 'reset'
  | 'lost-answer'
  | 'hang';

/** The call that a fault happens to. */
interface Sufferer {
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
}

type Make = (call: Sufferer) => Effect;

/** The member of an operation's output that lists what it sees. */
const SEEN: Readonly<Record<string, string>> = {
  DescribeClusters: 'clusters',
  DescribeServices: 'services',
  DescribeTasks: 'tasks',
  ListClusters: 'clusterArns',
  ListServices: 'serviceArns',
  ListTasks: 'taskArns',
};

/** The refusal of a call that comes too soon after others. */
export function throttled(service: string): ApiError {
  return service === 'ec2'
    ? new ApiError('RequestLimitExceeded', 'Request limit exceeded.', 503)
    : new ApiError('ThrottlingException', 'Rate exceeded');
}

/** `failures[]` for so many tasks that there is no room for. */
function withoutCapacity(tasks: number): readonly object[] {
  const reason = 'Capacity is unavailable at this time. Please try again later or in a different availability zone';
  return Array.from({ length: tasks }, () => ({ reason }));
}

const EFFECTS: Readonly<Record<FaultKind, Make>> = {
  throttle: ({ service }) => ({ error: throttled(service) }),
  'server-error': ({ service }) => ({
    error: new ApiError(service === 'ec2' ? 'InternalError' : 'ServerException', 'Service Unavailable.', 500),
  }),
  'access-denied': ({ service, operation }) => ({
    error:
      service === 'ec2'
        ? new ApiError('UnauthorizedOperation', 'You are not authorized to perform this operation.', 403)
        : new ApiError(
            'AccessDeniedException',
            `User: ${CALLER} is not authorized to perform: ${service}:${operation} ` +
              `on resource: * because no identity-based policy allows the ${service}:${operation} action`,
          ),
  }),
  expired: ({ service }) => ({
    error:
      service === 'ec2'
        ? new ApiError('RequestExpired', 'Request has expired.')
        : new ApiError('ExpiredTokenException', 'The security token included in the request is expired'),
  }),
  'no-capacity': () => ({ output: { tasks: [], failures: withoutCapacity(1) } }),
  'some-capacity': ({ input }) => {
    const { count = 1 } = input as { readonly count?: number };
    const started = Math.floor(count / 2);
    const failures = withoutCapacity(count - started);
    if (started === 0) return { output: { tasks: [], failures } };
    return { input: { ...(input as object), count: started }, added: { failures } };
  },
  'not-visible': ({ operation, input }) => {
    const [group] = (input as LaunchInput).networkConfiguration?.awsvpcConfiguration?.securityGroups ?? [];
    if (group !== undefined) return { error: noSuchGroup(group) };
    const member = SEEN[operation] ?? '';
    const names = (input as Readonly<Record<string, readonly string[]>>)[member] ?? [];
    return { output: { [member]: [], failures: names.map((arn) => ({ arn, reason: 'MISSING' })) } };
  },
  reset: () => 'reset',
  'lost-answer': () => 'lost-answer',
  hang: () => 'hang',
};

/** What happens to the call that is the `count`-th of its operation; undefined when nothing does. */
export function effectOn(faults: readonly Fault[], call: Sufferer, count: number): Effect | undefined {
  const fault = faults.find(
    ({ operation, service = call.service, nth = 1, times = 1 }) =>
      operation === call.operation && service === call.service && count >= nth && count < nth + times,
  );
  return fault && EFFECTS[fault.kind](call);
}
