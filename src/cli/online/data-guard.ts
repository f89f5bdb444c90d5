import { lostVolume, type Plan, volumesLost } from '../../deployer.ts';
import { printable } from '../../diagnostics/printable.ts';
import type { OnlineContext, ServiceUpOptions, UpOptions } from './context.ts';
import type { Session } from './session.ts';

/**
 * Whether a plan that discards data may go on. It asks on a terminal; where nobody can answer it warns. `--yes` is the
 * answer beforehand.
 */
export async function mayDiscard(
  { io, options }: OnlineContext,
  { emit }: Session,
  plan: Plan,
  { yes }: UpOptions | ServiceUpOptions,
): Promise<boolean> {
  const volumes = volumesLost(plan);
  if (volumes.length === 0 || yes) return true;
  if (io.ask === undefined || options.json) {
    emit({ code: 'volume/lost', level: 'warning', data: { volumes } });
    return true;
  }
  const what = printable(volumes.map(lostVolume).join(', '));
  const answer = await io.ask(`The tasks that are replaced lose ${what}. Go on? [y/N] `);
  if (/^y(?:es)?$/i.test(answer.trim())) return true;
  emit({ code: 'up/declined', level: 'info', data: {} });
  return false;
}
