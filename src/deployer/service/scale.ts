import type { Operation } from '../operation.ts';
import type { Plan } from '../plan.ts';
import type { ScalingState } from '../scaling/scaling.ts';
import { serviceChanges } from './changes.ts';
import { type DesiredService, deploymentConfiguration } from './desired.ts';
import type { ServiceOperation } from './operation.ts';
import type { ServiceState } from './service-account.ts';

/**
 * The plan that brings a service to so many tasks, and changes nothing else but what depends on their number. What
 * scales it goes on where it was told to rest, unless there is to be no task.
 */
export function planServiceScale(
  { task }: Pick<DesiredService, 'task'>,
  service: ServiceState,
  desiredCount: number,
  { suspended }: Pick<ScalingState, 'suspended'> = {},
): Plan {
  const { members: before } = service;
  // Compose counts the tasks that are replaced at once, ECS in percent.
  const isCounted = task.run.service?.rollout !== undefined && desiredCount > 0;
  const more = isCounted ? { deploymentConfiguration: deploymentConfiguration(task, desiredCount) } : {};
  const { changes, members } = serviceChanges(before, { ...before, desiredCount, ...more });
  const update: ServiceOperation = {
    kind: 'update-service',
    service: service.name,
    changes,
    members,
    withRevision: false,
    guardsData: false,
  };
  const wait: ServiceOperation = { kind: 'wait-service', service: service.name, count: desiredCount };
  const resumption: readonly Operation[] =
    suspended && desiredCount > 0 ? [{ kind: 'resume-scaling', service: service.name }] : [];
  return { operations: [...resumption, ...(changes.length === 0 ? [] : [update]), wait], kept: [], service };
}
