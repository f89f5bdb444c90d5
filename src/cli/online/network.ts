import { type NetworkObservation, type Plan, unreachableRegistry, withheldPorts } from '../../deployer.ts';
import type { Task } from '../../transformer/task.ts';
import type { Session } from './session.ts';

/** Says which images tasks could not fetch from where a plan puts them. */
export function tellRegistry(
  { emit }: Session,
  task: Task,
  observed: NetworkObservation | undefined,
  { network }: Plan,
): void {
  const unreachable = unreachableRegistry(task.definition, observed, network);
  if (unreachable !== undefined) emit({ code: 'registry/unreachable', level: 'warning', data: unreachable });
}

/** Says which published ports nobody would reach where a plan puts tasks, and what opens them. */
export function tellClosedPorts({ emit, region }: Session, task: Task, { network }: Plan): void {
  if (network === undefined) return;
  const securityGroups = network.securityGroups.map(({ id }) => id);
  for (const { containerPort: port, protocol } of network.closed) {
    emit({ code: 'port/closed', level: 'warning', data: { port, protocol, securityGroups, region } });
  }
  const exposure = { network: task.run.network, published: task.published };
  for (const { containerName: container, containerPort: port, protocol, source } of withheldPorts(exposure)) {
    emit({ code: 'port/withheld', level: 'warning', data: { container, port, protocol, source } });
  }
}
