import type { BalancerObservation } from '../balancer/observe.ts';
import { removeBalancer } from '../balancer/plan.ts';
import type { OwnRegistration } from '../discovery/discovery.ts';
import { planForget } from '../discovery/plan.ts';
import type { Operation } from '../operation.ts';
import { hasMark, serviceMarks } from '../ownership.ts';
import type { Plan } from '../plan.ts';
import type { DesiredService } from './desired.ts';
import type { ServiceOperation } from './operation.ts';
import { planServiceScale } from './scale.ts';
import type { ServiceState } from './service-account.ts';

/** How a service is removed, and what was found of what was made around it. */
export interface RemoveOptions {
  /** Delete it while its tasks run. */
  readonly force: boolean;
  readonly name?: OwnRegistration | undefined;
  readonly balancer?: BalancerObservation | undefined;
}

/**
 * The plan that removes a service and what was made around it: its tasks stop first, unless it is forced, then it is
 * deleted, and its name goes when nothing is registered under it any more.
 */
export function planServiceRemove(
  desired: Pick<DesiredService, 'task'>,
  service: ServiceState | undefined,
  { force, name, balancer }: RemoveOptions,
): Plan {
  const forgotten = [...planForget(name), ...removeBalancer(balancer)];
  if (service === undefined) return { operations: forgotten, kept: [] };
  const gone: ServiceOperation = { kind: 'wait-deleted', service: service.name };
  if (service.status === 'DRAINING') return { operations: [gone, ...forgotten], kept: [], service };
  // It would start again what is to stop.
  const unscaled: readonly Operation[] = hasMark(service.tags, serviceMarks.scaling)
    ? [{ kind: 'deregister-scalable-target', service: service.name, serviceArn: service.arn }]
    : [];
  const stop = force ? [] : planServiceScale(desired, service, 0).operations;
  return {
    operations: [...unscaled, ...stop, { kind: 'delete-service', service: service.name, force }, gone, ...forgotten],
    kept: [],
    service,
  };
}
