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
  for (const address of addresses) {
    if (!address.open) emit({ code: 'port/closed', level: 'warning', data: { ...address, region } });
    else if (!address.public) {
      emit({ code: 'address/private', level: 'info', data: { task: address.task, address: formatAddress(address) } });
    }
  }
  return addresses.filter(({ open }) => open);
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
