import { type Address, findAddresses, formatAddress, isAwsError, type Outcome } from '../../deployer.ts';
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

/** Addresses as `up` and `service up` print them: a line each. */
export function addressLines(addresses: readonly Pick<Address, 'host' | 'port' | 'protocol'>[]): string {
  return addresses.map((address) => `${formatAddress(address)}\n`).join('');
}
