import { diagnostic } from '../diagnostics/diagnostic.ts';
import { paramsAt } from '../parser/ecs-params/ecs-params.ts';
import { child, numberOf } from '../source/node.ts';
import type { TaskContext } from './context.ts';
import type { ServiceSettings } from './service-settings.ts';
import type { Origin } from './task.ts';

/** How many tasks auto scaling keeps of a service, at least and at most. */
export type Capacity = Pick<NonNullable<ServiceSettings['autoScaling']>, 'minCapacity' | 'maxCapacity'>;

/** How many tasks auto scaling, if there is any, leaves where so many are asked for. */
export function withinCapacity(capacity: Capacity | undefined, count: number): number {
  return capacity === undefined ? count : Math.min(capacity.maxCapacity, Math.max(capacity.minCapacity, count));
}

/** Warns where the files ask for a number of tasks that their auto scaling does not keep. */
export function checkCount(
  { params, report }: TaskContext,
  { value: count, origin }: { readonly value: number; readonly origin?: Origin },
): void {
  const limits = paramsAt(params, 'run_params', 'auto_scaling');
  const [minimum, maximum] = [child(limits, 'min_capacity'), child(limits, 'max_capacity')];
  const [minCapacity, maxCapacity] = [numberOf(minimum), numberOf(maximum)];
  if (origin === undefined || minCapacity === undefined || maxCapacity === undefined) return;
  const left = withinCapacity({ minCapacity, maxCapacity }, count);
  if (left === count) return;
  const [name, limit] = left < count ? ['max_capacity', maximum] : ['min_capacity', minimum];
  const related = limit === undefined ? [] : [{ message: name, source: limit.source }];
  report(
    diagnostic('params/count-outside-capacity', { count, minCapacity, maxCapacity, left }, origin.source, related),
  );
}
