import { type Capacity, withinCapacity } from '../../../transformer/capacity.ts';
import type { Session } from '../session.ts';

/** Warns where a number of tasks is asked for that auto scaling, if there is any, does not keep. */
export function tellOutsideCapacity(
  { emit, family: service }: Session,
  capacity: Capacity | undefined,
  count: number,
): void {
  const left = withinCapacity(capacity, count);
  if (capacity === undefined || left === count) return;
  const { minCapacity, maxCapacity } = capacity;
  emit({ code: 'scale/outside-capacity', level: 'warning', data: { service, count, minCapacity, maxCapacity, left } });
}
