import { diagnostic } from '../diagnostics/diagnostic.ts';
import { parseTaskMemory } from '../fargate/sizes.ts';
import { parseByteSize } from '../parser/compose/units.ts';
import type { ContainerContext, TaskContext } from './context.ts';

const bytesInMiB = 1024 * 1024;

/** What a log buffer takes unless `max-buffer-size` says otherwise (LogConfiguration.options in the ECS API). */
const usualBuffer = '10m';

/**
 * Reports containers that may use so much of the task's memory that nothing is left for what Fargate needs of it: log
 * buffers, and the container that mounts EFS. Said only where every container has a limit or a reservation.
 */
export function headroom({ task, containers, volumes, report }: TaskContext): void {
  const memory = parseTaskMemory(String(task.get('memory') ?? ''));
  const needs = containers.map(({ fields }) => fields.get('memory') ?? fields.get('memoryReservation'));
  if (memory === undefined || needs.some((need) => need === undefined)) return;
  const sum = needs.reduce<number>((total, need) => total + (need ?? 0), 0);
  const buffers = containers.reduce((total, container) => total + bufferOf(container), 0);
  const mountsEfs = [...volumes.values()].some(({ value }) => value.efsVolumeConfiguration !== undefined);
  const left = memory - sum;
  if (left < 0 || left >= buffers) return;
  report(diagnostic('transform/headroom', { sum, memory, buffers, mountsEfs }, containers[0]?.service.key));
}

/** MiB that the log driver of a container may hold back. */
function bufferOf({ fields }: ContainerContext): number {
  const { options } = fields.get('logConfiguration') ?? {};
  if (options?.['mode'] === 'blocking') return 0;
  return Math.ceil((parseByteSize(options?.['max-buffer-size'] ?? usualBuffer) ?? 0) / bytesInMiB);
}
