import { isAwsError } from './aws/aws-error.ts';
import type { ExecuteOptions, StepEnd } from './step.ts';
import { poll } from './watch.ts';

/** Removes what AWS does not delete while it is in use, as it may be for a moment after what used it has gone. */
export async function whenUnused(
  options: ExecuteOptions,
  remove: () => Promise<void>,
  result: string,
): Promise<StepEnd> {
  const { clock, timeout } = options;
  const start = clock.now();
  const attempt = async () => {
    try {
      await remove();
      return true;
    } catch (error) {
      // Elastic Load Balancing's errors have another ending in the SDK.
      const isUsed = isAwsError(error, 'ResourceInUse', 'ResourceInUseException');
      if (!isUsed || clock.now() - start >= timeout) throw error;
      return false;
    }
  };
  if (await attempt()) return { result };
  for await (const isGone of poll(options, attempt)) if (isGone) return { result };
  return { verdict: { kind: 'interrupted', tasks: [] } };
}
