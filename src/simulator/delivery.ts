import { BlockList } from 'node:net';
import type { Account } from './account.ts';
import { courseOf } from './course.ts';
import { nameIn } from './identifiers.ts';
import { balancerStateAt, listenersOf } from './load-balancing.ts';
import type { TaskNetwork } from './network.ts';
import { mappingsOf } from './port-mappings.ts';
import type { DiscoveryService } from './records/discovery.ts';
import type { TaskRecord } from './records/tasks.ts';
import { type IngressRule, securityGroup } from './security-group.ts';
import { targetsAt } from './targets.ts';
import { statusAt } from './task.ts';

/** Where an HTTP request is sent. */
export interface Destination {
  /** An address or a name, in small letters. */
  readonly host: string;
  readonly port: number;
}

/**
 * What becomes of a request, and a sentence that says so: 200 where a container would answer it, 301 and 503 of a load
 * balancer that redirects it or has nobody to send it to, 504 where it gets lost.
 */
export interface Delivery {
  readonly status: 200 | 301 | 503 | 504;
  readonly text: string;
}

/** From where a request comes, as a security group sees it. */
interface Origin {
  readonly address: string;
  readonly securityGroups: readonly string[];
  readonly words: string;
}

/** Somebody on the Internet, at an address of the block TEST-NET-2, where no host is. Source: RFC 5737. */
const INTERNET: Origin = { address: '198.51.100.1', securityGroups: [], words: 'the Internet' };

/** Where a load balancer asks from: some address of the default VPC. */
const NODE_ADDRESS = '172.31.255.254';

/** What becomes of requests to hosts of one kind; undefined for a host that is none of it. */
type Way = (account: Account, destination: Destination, now: number) => Delivery | undefined;

const WAYS: readonly Way[] = [toPublicAddress, toPrivateAddress, toDiscoveredName, toLoadBalancer];

/** What becomes of an HTTP request at a moment, in milliseconds since 1970. */
export function deliver(account: Account, destination: Destination, now: number): Delivery {
  for (const way of WAYS) {
    const delivery = way(account, destination, now);
    if (delivery !== undefined) return delivery;
  }
  return lost(`Nothing in the account has the address or name ${destination.host}.`);
}

/** A public address is asked from the Internet. */
function toPublicAddress(account: Account, { host, port }: Destination, now: number): Delivery | undefined {
  const task = newest(account, ({ network }) => network.publicAddress === host);
  if (task === undefined) return undefined;
  const { subnetId, route } = task.network.subnet;
  if (route !== 'internet-gateway') return lost(`The subnet ${subnetId} has no route to an internet gateway.`);
  return toTask(account, task, port, INTERNET, now);
}

/** A private address is asked from within the VPC. */
function toPrivateAddress(account: Account, { host, port }: Destination, now: number): Delivery | undefined {
  const task = newest(account, ({ network }) => network.privateAddress === host);
  return task && toTask(account, task, port, neighbourOf(task.network), now);
}

/** A name of Cloud Map leads to the tasks that are registered under it, and is known within the VPC alone. */
function toDiscoveredName(account: Account, { host, port }: Destination, now: number): Delivery | undefined {
  const entry = [...account.discoveryServices.values()].find((one) => dnsNameOf(account, one) === host);
  if (entry === undefined) return undefined;
  const registered = [...account.services.values()]
    .filter(({ settings }) => settings.serviceRegistries?.some(({ registryArn }) => registryArn === entry.Arn))
    .flatMap(({ deployments }) => deployments.flatMap(({ tasks }) => tasks));
  const task = registered.find((one) => statusAt(courseOf(one), now) === 'RUNNING');
  if (task === undefined) return lost(`No task that runs is registered under ${host}.`);
  return toTask(account, task, port, neighbourOf(task.network), now);
}

/** A load balancer is asked from the Internet, or from within the VPC; it asks a target that is healthy. */
function toLoadBalancer(account: Account, { host, port }: Destination, now: number): Delivery | undefined {
  const balancer = [...account.loadBalancers.values()].find((one) => one.dnsName.toLowerCase() === host);
  if (balancer === undefined || balancer.deletedAt !== undefined) return undefined;
  const { name, region, scheme, securityGroups } = balancer;
  if (balancerStateAt(balancer, now) !== 'active') return lost(`The load balancer ${name} is provisioning.`);
  const from = scheme === 'internal' ? neighbourOf({ privateAddress: NODE_ADDRESS, securityGroups }) : INTERNET;
  if (!areOpen(account, securityGroups, region, port, from)) {
    return lost(notAdmitted(`the load balancer ${name}`, securityGroups, port, from));
  }
  const listener = listenersOf(account, balancer).find((one) => one.port === port);
  const [action] = listener?.defaultActions ?? [];
  if (action === undefined) return lost(`The load balancer ${name} does not listen on ${port}/tcp.`);
  if (action.RedirectConfig !== undefined) {
    const { Protocol, Port } = action.RedirectConfig;
    return { status: 301, text: `The load balancer ${name} redirects to ${Protocol}, port ${Port}.` };
  }
  const target = targetsAt(account, action.TargetGroupArn ?? '', now).find(({ state }) => state === 'healthy');
  const task = target && newest(account, ({ network }) => network.privateAddress === target.address);
  if (task === undefined) return { status: 503, text: `No target of the load balancer ${name} is healthy.` };
  const node = { address: NODE_ADDRESS, securityGroups, words: `the load balancer ${name}` };
  return toTask(account, task, target?.port ?? 0, node, now);
}

/** The name that an entry has in the DNS of its VPC; undefined for one that only the API tells of. */
function dnsNameOf({ namespaces }: Account, { Name, NamespaceId, DnsConfig }: DiscoveryService): string | undefined {
  const namespace = [...namespaces.values()].find(({ Id }) => Id === NamespaceId);
  return namespace && DnsConfig && `${Name}.${namespace.Name}`.toLowerCase();
}

/** Whoever asks from within the VPC: another task in the same security groups, as another service of the project is. */
function neighbourOf({
  privateAddress: address,
  securityGroups,
}: Pick<TaskNetwork, 'privateAddress' | 'securityGroups'>): Origin {
  return { address, securityGroups, words: 'a task in the same groups' };
}

/** The last task that got an address: an address is given out again when its task has stopped. */
function newest({ tasks }: Account, has: (task: TaskRecord) => boolean): TaskRecord | undefined {
  return [...tasks.values()].findLast(has);
}

/** What becomes of a request that has reached a task's network interface. */
function toTask(account: Account, task: TaskRecord, port: number, from: Origin, now: number): Delivery {
  const course = courseOf(task);
  const id = nameIn(task.taskArn);
  const status = statusAt(course, now);
  if (status !== 'RUNNING') return lost(`The task ${id} is ${status}.`);
  const { securityGroups } = task.network;
  if (!areOpen(account, securityGroups, task.region, port, from)) {
    return lost(notAdmitted(`the task ${id}`, securityGroups, port, from));
  }
  const container = course.containers.find(({ definition }) =>
    mappingsOf(definition, port).some(({ protocol = 'tcp' }) => protocol === 'tcp'),
  );
  if (container === undefined) return lost(`No container of the task ${id} maps ${port}/tcp.`);
  const { name } = container.definition;
  if (now < container.startedAt) return lost(`The container ${name} of the task ${id} has not started yet.`);
  if (now >= container.exit.at) return lost(`The container ${name} of the task ${id} has stopped.`);
  return { status: 200, text: `${name} of the task ${id} would answer on ${port}/tcp; no container runs.` };
}

/** Whether one of the groups lets a TCP connection in. */
function areOpen(account: Account, groups: readonly string[], region: string, port: number, from: Origin): boolean {
  const rules = groups.flatMap((group) => securityGroup(account, group, region)?.ingress ?? []);
  return rules.some((rule) => admits(rule, port, from));
}

function notAdmitted(whose: string, groups: readonly string[], port: number, from: Origin): string {
  return `No security group of ${whose} (${groups.join(', ')}) admits ${port}/tcp from ${from.words}.`;
}

/** Whether a rule lets a TCP connection in. */
function admits(
  { ipProtocol, fromPort = 0, toPort = 65_535, peerKind, peer }: IngressRule,
  port: number,
  from: Origin,
) {
  const isOpen = ipProtocol === '-1' || (['tcp', '6'].includes(ipProtocol) && port >= fromPort && port <= toPort);
  if (!isOpen || peerKind === 'cidrIpv6') return false;
  return peerKind === 'groupId' ? from.securityGroups.includes(peer) : isIn(from.address, peer);
}

/** Whether an IPv4 address is in a block such as 10.0.0.0/8. */
function isIn(address: string, block: string): boolean {
  const [first = '', prefix] = block.split('/');
  const list = new BlockList();
  list.addSubnet(first, Number(prefix));
  return list.check(address);
}

function lost(text: string): Delivery {
  return { status: 504, text };
}
