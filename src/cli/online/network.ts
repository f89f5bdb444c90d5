import { type NetworkObservation, type Plan, unreachableRegistry } from '../../deployer.ts';
import type { PublishedPort, Task } from '../../transformer/task.ts';
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
export function tellClosedPorts(session: Session, { network }: Plan): void {
  const { emit, region } = session;
  if (network === undefined) return;
  const { balanced } = network;
  const ports = network.closed.map(({ containerPort: port, protocol }) => ({
    port,
    protocol,
    ...(balanced?.port === port ? { from: balanced.groupId ?? balanced.groupName } : {}),
  }));
  if (ports.length > 0) {
    const securityGroups = network.securityGroups.map(({ id }) => id);
    emit({ code: 'port/closed', level: 'warning', data: { ports, tasks: [], securityGroups, region } });
  }
  tellWithheld(session, network.withheld);
}

/** Says which ports of databases and caches stay closed, and what opens them. */
export function tellWithheld({ emit }: Session, withheld: readonly PublishedPort[]): void {
  for (const { containerName: container, containerPort: port, protocol, source } of withheld) {
    emit({ code: 'port/withheld', level: 'warning', data: { container, port, protocol, source } });
  }
}
