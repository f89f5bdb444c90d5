import { isAwsError } from './aws/aws-error.ts';
import type { ExecuteOptions, Progress } from './step.ts';

/** How often, and after how many milliseconds each time, a call is made again that names what is not seen yet. */
const attempts = 12;
const pause = 5_000;

/** What a plan may have made a moment ago. */
type Made = Pick<Progress, 'hasNewCluster' | 'hasNewRole' | 'hasNewGroup' | 'balancer'>;

/** What ECS says while it does not see everywhere what a call names. */
interface Unseen {
  readonly isMade: (made: Made) => boolean;
  readonly codes: readonly string[];
  readonly detail: RegExp;
}

/** Texts: ECS API Reference, the errors of RunTask and CreateService; answers of ECS. */
const unseen: readonly Unseen[] = [
  {
    // ECS makes this role with the first cluster of an account, whoever made that.
    isMade: () => true,
    codes: ['InvalidParameterException'],
    detail: /service linked role/i,
  },
  {
    isMade: ({ hasNewCluster = false }) => hasNewCluster,
    codes: ['ClusterNotFoundException'],
    detail: /./,
  },
  {
    isMade: ({ hasNewGroup = false }) => hasNewGroup,
    codes: ['InvalidParameterException'],
    detail: /security group .*does not exist/i,
  },
  {
    isMade: ({ hasNewRole = false }) => hasNewRole,
    codes: ['ClientException', 'InvalidParameterException'],
    detail: /unable to assume the role|role is not valid/i,
  },
  {
    isMade: ({ balancer }) => balancer !== undefined,
    codes: ['InvalidParameterException'],
    detail: /does not have an associated load balancer/i,
  },
];

/**
 * Makes a call again while ECS does not see everywhere what it names: the role that ECS makes with the first cluster of
 * an account, and what the plan has made.
 */
export async function untilSeen<T>(made: Made, { clock, signal }: ExecuteOptions, call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!isNotSeen(error, made) || attempt === attempts || signal.aborted) throw error;
      await clock.sleep(pause, signal);
    }
  }
}

function isNotSeen(error: unknown, made: Made): boolean {
  return unseen.some(
    ({ isMade, codes, detail }) => isMade(made) && isAwsError(error, ...codes) && detail.test(error.detail),
  );
}
