import { isAwsError } from './aws/aws-error.ts';
import type { ExecuteOptions, Progress } from './step.ts';

/** How often, and after how many milliseconds each time, a call is made again that names what is not seen yet. */
const attempts = 12;
const pause = 5_000;

/** What a plan may have made a moment ago. */
type Made = Pick<Progress, 'hasNewRole' | 'hasNewGroup'>;

/**
 * Makes a call again while ECS does not see everywhere what it names: the role that ECS makes with the first cluster of
 * an account, and a role or a security group that the plan has made.
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

function isNotSeen(error: unknown, { hasNewRole = false, hasNewGroup = false }: Made): boolean {
  if (!isAwsError(error, 'ClientException', 'InvalidParameterException')) return false;
  const { code, detail } = error;
  if (code === 'InvalidParameterException' && /service linked role/i.test(detail)) return true;
  if (hasNewGroup && code === 'InvalidParameterException' && /security group .*does not exist/i.test(detail))
    return true;
  return hasNewRole && /unable to assume the role|role is not valid/i.test(detail);
}
