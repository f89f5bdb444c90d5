import { type Address, formatAddress, type Outcome, offered, taskId, withheldPorts } from '../../deployer.ts';
import type { PublishedPort } from '../../transformer/task.ts';
import { isSimulated } from '../region.ts';
import { addressesOf } from './addresses.ts';
import type { OnlineContext } from './context.ts';
import type { ClosedPorts } from './event.ts';
import { tellWithheld } from './network.ts';
import { isProbeable, probe } from './probe.ts';
import type { Session } from './session.ts';

/** The addresses to print, and what a try of each says; says why one is not among them. */
export async function reachable(
  context: OnlineContext,
  session: Session,
  outcome: Outcome,
  options: { readonly probe?: boolean },
): Promise<readonly Address[]> {
  const { task } = context;
  const { emit, region } = session;
  const addresses = await addressesOf(context, session, outcome);
  if (addresses === undefined) return [];
  const found = new Set(addresses.map((address) => address.task));
  const missing = outcome.tasks.map(({ arn }) => taskId(arn)).filter((id) => !found.has(id));
  if (missing.length > 0 && offered(task.published).length > 0) {
    emit({ code: 'address/missing', level: 'warning', data: { tasks: missing } });
  }
  const shut = addresses.filter(({ open }) => !open);
  const withheld = withheldPorts({ network: task.run.network, published: task.published });
  tellWithheld(
    session,
    withheld.filter((port) => shut.some((address) => isAt(address, port))),
  );
  for (const ports of closedPorts(shut.filter((address) => !withheld.some((port) => isAt(address, port))))) {
    emit({ code: 'port/closed', level: 'warning', data: { ...ports, region } });
  }
  const open = addresses.filter((address) => address.open);
  for (const address of open) {
    if (!address.public) {
      emit({ code: 'address/private', level: 'info', data: { task: address.task, address: formatAddress(address) } });
    }
  }
  for (const id of found) tellAddressesOf(session, addresses, id);
  // The addresses of another stand-in for AWS lead nowhere, or to somebody else.
  const isKnown = session.endpoint === undefined || isSimulated(context.options);
  if (options.probe ?? isKnown) await tellAnswers(session, open);
  return open;
}

function isAt({ port, protocol }: Address, { containerPort, protocol: of }: PublishedPort): boolean {
  return port === containerPort && protocol === of;
}

/** Addresses that are not open, by the security groups of their tasks; each port once. */
function closedPorts(addresses: readonly Address[]): readonly Omit<ClosedPorts, 'region'>[] {
  const groups = new Map<string, Address[]>();
  for (const address of addresses) {
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

function tellAddressesOf({ emit }: Session, addresses: readonly Address[], task: string): void {
  const { host, privateHost, public: isPublic } = addresses.find((one) => one.task === task) as Address;
  if (isPublic && privateHost !== undefined)
    emit({ code: 'task/addresses', level: 'info', data: { task, host, privateHost } });
}

/** Tries the addresses that can be tried from here, all at once, and tells what came of it. */
async function tellAnswers({ clock, signal, emit, endpoint }: Session, addresses: readonly Address[]): Promise<void> {
  const tried = addresses.filter((address) => isProbeable(address, endpoint));
  const answers = await Promise.all(tried.map((address) => probe(address, { clock, signal, endpoint })));
  for (const [index, answer] of answers.entries()) {
    const address = formatAddress(tried[index] as Address);
    if (answer.kind === 'silent') {
      emit({ code: 'address/silent', level: 'warning', data: { address, reason: answer.reason } });
    } else {
      const status = answer.kind === 'http' ? { status: answer.status } : {};
      emit({ code: 'address/answers', level: 'info', data: { address, ...status } });
    }
  }
}
