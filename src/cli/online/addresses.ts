import {
  type Address,
  findAddresses,
  formatAddress,
  isAwsError,
  type Outcome,
  offered,
  revisionName,
  type TaskState,
  taskId,
} from '../../deployer.ts';
import type { OnlineContext } from './context.ts';
import type { ClosedPorts } from './event.ts';
import type { Session } from './session.ts';

/** The addresses of tasks. Those that EC2 will not tell are no reason to fail, since the tasks are there: it is said. */
export async function addressesOf(
  { task }: OnlineContext,
  { account, emit }: Session,
  { tasks, securityGroups }: Pick<Outcome, 'tasks' | 'securityGroups'>,
): Promise<readonly Address[] | undefined> {
  try {
    return await findAddresses(account, task.published, tasks, securityGroups);
  } catch (error) {
    if (!isAwsError(error)) throw error;
    const { message, help } = error;
    emit({ code: 'address/refused', level: 'warning', data: { message, ...(help === undefined ? {} : { help }) } });
    return undefined;
  }
}

/** The addresses to print; says why one is not among them. */
export async function reachable(
  context: OnlineContext,
  session: Session,
  outcome: Outcome,
): Promise<readonly Address[]> {
  const { emit, region } = session;
  const addresses = await addressesOf(context, session, outcome);
  if (addresses === undefined) return [];
  const found = new Set(addresses.map((address) => address.task));
  const missing = outcome.tasks.map(({ arn }) => taskId(arn)).filter((id) => !found.has(id));
  if (missing.length > 0 && offered(context.task.published).length > 0) {
    emit({ code: 'address/missing', level: 'warning', data: { tasks: missing } });
  }
  for (const ports of closedPorts(addresses)) {
    emit({ code: 'port/closed', level: 'warning', data: { ...ports, region } });
  }
  for (const address of addresses) {
    if (address.open && !address.public) {
      emit({ code: 'address/private', level: 'info', data: { task: address.task, address: formatAddress(address) } });
    }
  }
  return addresses.filter(({ open }) => open);
}

/** The addresses that are not open, by the security groups of their tasks; each port once. */
function closedPorts(addresses: readonly Address[]): readonly Omit<ClosedPorts, 'region'>[] {
  const groups = new Map<string, Address[]>();
  for (const address of addresses.filter(({ open }) => !open)) {
    const key = address.securityGroups.join();
    groups.set(key, [...(groups.get(key) ?? []), address]);
  }
  return [...groups.values()].map((closed) => ({
    ports: [
      ...new Map(closed.map(({ port, protocol }) => [`${port}/${protocol}`, { port, protocol }] as const)).values(),
    ],
    tasks: [...new Set(closed.map(({ task }) => task))],
    securityGroups: closed[0]?.securityGroups ?? [],
  }));
}

/** Addresses as `up` and `service up` print them: a line each. */
export function addressLines(addresses: readonly Address[]): string {
  return addresses.map((address) => `${formatAddress(address)}\n`).join('');
}

/** Tasks and their addresses, as members of the document that `--json` prints. */
export function runningJson(tasks: readonly TaskState[], addresses: readonly Address[]): object {
  return {
    tasks: tasks.map(({ arn, revisionArn, lastStatus, healthStatus }) => ({
      id: taskId(arn),
      arn,
      revision: revisionName(revisionArn),
      lastStatus,
      healthStatus,
    })),
    addresses: addresses.map(({ task, container, host, port, protocol }) => ({
      task,
      container,
      host,
      port,
      protocol,
      address: formatAddress({ host, port, protocol }),
    })),
  };
}
