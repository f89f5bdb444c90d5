import { diagnostic } from '../diagnostics/diagnostic.ts';
import { parseByteSize } from '../parser/compose/units.ts';
import { child, type Node, numberOf } from '../source/node.ts';
import type { ContainerConcern, ContainerContext } from './context.ts';
import { originFrom } from './task.ts';

const bytesInMiB = 1024 * 1024;
/** MiB; Docker gives no container less, and AWS says to ask for no less (ContainerDefinition.memory). */
const leastMemory = 6;
const cpuUnitsInVcpu = 1024;

/**
 * CPU and memory of a container: ecs-params, then `deploy.resources`, then the older keys of the service. CPU in units,
 * 1024 to a CPU of Compose; memory in MiB, rounded up. A zero says nothing, as with Docker and ecs-cli.
 */
export const resources: ContainerConcern = (container, { report }) => {
  const { service, fields } = container;
  const cpu = cpuOf(container);
  if (cpu !== undefined) fields.put('cpu', cpu.units, { ...originFrom(cpu.node), rule: 'CPU units, 1024 to a CPU' });
  const shares = child(service.node, 'cpu_shares');
  const units = numberOf(shares) ?? 0;
  if (shares !== undefined && units > 0) {
    const isUsed = shares === cpu?.node;
    report(diagnostic('transform/cpu-shares', { service: service.name, shares: units, isUsed }, shares.source));
  }
  const memory = { memory: memoryNode(container, 'limits'), memoryReservation: memoryNode(container, 'reservations') };
  for (const member of ['memory', 'memoryReservation'] as const) {
    const node = memory[member];
    const bytes = node && bytesOf(node);
    if (node === undefined || bytes === undefined) continue;
    const size = Math.ceil(bytes / bytesInMiB);
    if (bytes < leastMemory * bytesInMiB) {
      // Nobody means so few bytes: MiB were.
      const suggestion = bytes < 1024 * leastMemory ? `${Math.max(bytes, leastMemory)}m` : undefined;
      report(diagnostic('transform/memory-too-small', { service: service.name, bytes, suggestion }, node.source));
    }
    fields.put(member, Math.max(size, leastMemory), { ...originFrom(node), rule: 'size in MiB' });
  }
};

/** CPU units, and where they were asked for; `cpu_shares` is the same knob of Docker's. */
function cpuOf({ service, params }: ContainerContext): { node: Node; units: number } | undefined {
  const deploy = child(child(service.node, 'deploy'), 'resources');
  const places = [
    { node: child(params, 'cpu_shares'), factor: 1 },
    { node: child(child(deploy, 'limits'), 'cpus'), factor: cpuUnitsInVcpu },
    { node: child(service.node, 'cpus'), factor: cpuUnitsInVcpu },
    { node: child(child(deploy, 'reservations'), 'cpus'), factor: cpuUnitsInVcpu },
    { node: child(service.node, 'cpu_shares'), factor: 1 },
  ];
  for (const { node, factor } of places) {
    const amount = node?.kind === 'scalar' ? Number(node.value) : Number.NaN;
    if (node !== undefined && amount > 0) return { node, units: Math.ceil(amount * factor) };
  }
  return undefined;
}

function memoryNode({ service, params }: ContainerContext, kind: 'limits' | 'reservations'): Node | undefined {
  const key = kind === 'limits' ? 'mem_limit' : 'mem_reservation';
  const deploy = child(child(service.node, 'deploy'), 'resources');
  const places = [child(params, key), child(child(deploy, kind), 'memory'), child(service.node, key)];
  return places.find((node) => node !== undefined && bytesOf(node) !== 0);
}

function bytesOf(node: Node): number | undefined {
  return numberOf(node) ?? (node.kind === 'scalar' ? parseByteSize(String(node.value)) : undefined);
}
