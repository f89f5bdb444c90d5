import {
  type Entrance,
  findEntrances,
  formatAddress,
  isAwsError,
  type Plan,
  type ServiceMembers,
  type ServiceState,
} from '../../../deployer.ts';
import type { Task } from '../../../transformer/task.ts';
import type { OnlineContext } from '../context.ts';
import type { Session } from '../session.ts';

type Targets = NonNullable<ServiceMembers['loadBalancers']>;

/** Where the requests of a service come in. What ELB will not tell is no reason to fail, since the service is there. */
export async function entrancesOf({ account, emit }: Session, targets: Targets): Promise<readonly Entrance[]> {
  try {
    return await findEntrances(account, targets);
  } catch (error) {
    if (!isAwsError(error)) throw error;
    const { message, help } = error;
    emit({ code: 'address/refused', level: 'warning', data: { message, ...(help === undefined ? {} : { help }) } });
    return [];
  }
}

/** The target groups that a service stands behind. */
export function targetsOf(service: ServiceState | undefined): Targets {
  return service?.members.loadBalancers ?? [];
}

/** The context of a service without the ports that are reached through a load balancer, and not at the tasks. */
export function withoutBalanced(context: OnlineContext, targets: Targets): OnlineContext {
  return { ...context, task: withoutPorts(context.task, targets) };
}

function withoutPorts(task: Task, targets: Targets): Task {
  const isBehind = ({ containerName: name, containerPort: port }: Task['published'][number]) =>
    targets.some(({ containerName, containerPort }) => containerName === name && containerPort === port);
  return { ...task, published: task.published.filter((one) => one.protocol !== 'tcp' || !isBehind(one)) };
}

/** Says which of the addresses are reached within their VPC only. */
export function tellInternal({ emit }: Session, entrances: readonly Entrance[]): void {
  for (const entrance of entrances.filter((one) => !one.public)) {
    const data = { loadBalancer: entrance.loadBalancer, address: formatAddress(entrance) };
    emit({ code: 'address/internal', level: 'info', data });
  }
}

/** Says of an address that has just got its certificate by which name it is to be opened. */
export function tellCertificates({ emit }: Session, entrances: readonly Entrance[], { operations }: Plan): void {
  const isNew = operations.some((one) => one.kind === 'create-listener' && one.listener.certificateArn !== undefined);
  for (const { host } of entrances.filter(({ port }) => isNew && port === 443)) {
    emit({ code: 'address/certificate', level: 'info', data: { host } });
  }
}
