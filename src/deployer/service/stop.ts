import type { Operation } from '../operation.ts';
import { type Plan, withFirst } from '../plan.ts';
import type { ScalingState } from '../scaling/scaling.ts';
import type { DesiredService } from './desired.ts';
import { planServiceScale } from './scale.ts';
import type { ServiceState } from './service-account.ts';

/** The plan that stops the tasks of a service and keeps the service; what scales it would start them again. */
export function planServiceStop(
  desired: Pick<DesiredService, 'task'>,
  service: ServiceState,
  { capacity, suspended }: ScalingState,
): Plan {
  const scales = capacity !== undefined && suspended !== true;
  const suspension: readonly Operation[] = scales ? [{ kind: 'suspend-scaling', service: service.name }] : [];
  return withFirst(suspension, planServiceScale(desired, service, 0));
}
