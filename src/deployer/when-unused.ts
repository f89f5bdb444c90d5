import { type AwsError, isAwsError } from './aws/aws-error.ts';
import type { ExecuteOptions, StepEnd } from './step.ts';
import { poll, type Watching } from './watch.ts';

/** What AWS answers while a thing is in use, and for how many milliseconds that is waited out. */
interface Usage {
  readonly inUse: readonly string[];
  readonly timeout: number;
}

/**
 * Removes what AWS does not delete while it is in use, as it may be for a moment after what used it has gone. Gives
 * AWS's last refusal where it is in use to the end, or the signal is aborted; undefined once it is gone.
 */
export async function removeWhenUnused(
  { clock, signal }: Pick<Watching, 'clock' | 'signal'>,
  remove: () => Promise<void>,
  { inUse, timeout }: Usage,
): Promise<AwsError | undefined> {
  const start = clock.now();
  let refusal: AwsError | undefined;
  const attempt = async () => {
    try {
      await remove();
      return true;
    } catch (error) {
      if (!isAwsError(error, ...inUse)) throw error;
      refusal = error;
      return false;
    }
  };
  if (await attempt()) return undefined;
  for await (const isGone of poll({ clock, signal }, attempt)) {
    if (isGone) return undefined;
    if (clock.now() - start >= timeout) break;
  }
  return refusal;
}

/** The end of a step that removes what nothing else may use any more. Throws the `AwsError` of what is in use to the end. */
export async function removal(options: ExecuteOptions, remove: () => Promise<void>, result: string): Promise<StepEnd> {
  const { signal, timeout } = options;
  // Elastic Load Balancing's errors have another ending in the SDK.
  const inUse = ['ResourceInUse', 'ResourceInUseException'];
  const refusal = await removeWhenUnused(options, remove, { inUse, timeout });
  if (refusal === undefined) return { result };
  if (signal.aborted) return { verdict: { kind: 'interrupted', tasks: [] } };
  throw refusal;
}
