import type { NetworkSettings, PublishedPort } from '../../transformer/task.ts';
import { offered } from '../addresses.ts';
import type { InboundRule } from './network.ts';

/** What of a task says which ports its security group opens. */
export interface Exposure {
  readonly network: NetworkSettings;
  readonly published: readonly PublishedPort[];
  /** The port that only a load balancer of the project's own is to reach. */
  readonly balanced?: BalancedPort;
}

/** A port of the tasks, and the security group of the load balancer before it. */
export interface BalancedPort {
  readonly port: number;
  readonly groupName: string;
  /** Absent where the group is only to be made. */
  readonly groupId?: string;
}

/** Every IPv4 address. */
const everywhere = '0.0.0.0/0';

/**
 * The ports of databases and caches, which are opened to nobody unless a source is named: SQL Server, MySQL,
 * PostgreSQL, Redis, Elasticsearch, Memcached, MongoDB. Source: IANA Service Name and Port Number Registry; the
 * documentation of Elasticsearch and MongoDB.
 */
const guardedPorts: readonly number[] = [1433, 3306, 5432, 6379, 9200, 11211, 27017];

/**
 * How the descriptions of our rules begin: a person may add others to the group. After it stands the source as the files
 * have it, since EC2 writes blocks of addresses its own way, without the bits behind the prefix.
 */
const descriptionStart = 'compose2fargate: ';

/** Whether a port is known for that of a database or cache. */
export function isGuarded({ containerPort, protocol }: Pick<PublishedPort, 'containerPort' | 'protocol'>): boolean {
  return protocol === 'tcp' && guardedPorts.includes(containerPort);
}

/** Whether tasks get a security group of the project's own: the files leave the network open, and open a port. */
export function hasOwnGroup({ network, published }: Exposure): boolean {
  const { subnets, securityGroups, ingress = [] } = network;
  return subnets === undefined && securityGroups === undefined && offered(published).length + ingress.length > 0;
}

/** The published ports of databases and caches, which the project's own group keeps closed. */
export function withheldPorts(exposure: Exposure): readonly PublishedPort[] {
  if (!hasOwnGroup(exposure)) return [];
  return offered(exposure.published).filter((port) => isGuarded(port) && sourcesOf(port, exposure).length === 0);
}

/**
 * The rules of the project's own group: what the files name a source for is open to it, all else that they publish to
 * everybody, unless it is guarded. Ports beside each other are one rule, of which a group holds 60.
 */
export function ingressRules(exposure: Exposure): readonly InboundRule[] {
  const { network, published, balanced } = exposure;
  const { ingress = [] } = network;
  const open = offered(published)
    .filter((port) => !isGuarded(port) && sourcesOf(port, exposure).length === 0)
    .map(({ containerPort: port, protocol }) => ({ protocol, port, source: everywhere }));
  return joinedRules([
    ...open,
    ...ingress.map(({ port, protocol = 'tcp', source }) => ({ protocol, port, source })),
    ...(balanced === undefined
      ? []
      : [{ protocol: 'tcp', port: balanced.port, source: balanced.groupName, id: balanced.groupId }]),
  ]);
}

/** How a group has to change. Rules that are not ours stay. */
export function ingressChanges(
  wanted: readonly InboundRule[],
  found: readonly InboundRule[],
): { readonly missing: readonly InboundRule[]; readonly surplus: readonly InboundRule[] } {
  return {
    missing: wanted.filter((one) => !found.some((other) => isSame(one, other))),
    surplus: found.filter(
      (one) => one.description?.startsWith(descriptionStart) && !wanted.some((other) => isSame(one, other)),
    ),
  };
}

/** Ports and source of a rule in words: `80/tcp to everybody`, or to a group by its name where we have written it. */
export function ruleInWords({ protocol, fromPort, toPort, source: id, description = '' }: InboundRule): string {
  const ports = fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`;
  const source = description.startsWith(descriptionStart) ? description.slice(descriptionStart.length) : id;
  return `${ports}/${protocol} to ${source === everywhere ? 'everybody' : source}`;
}

function sourcesOf(
  { containerPort, protocol }: PublishedPort,
  { network: { ingress = [] }, balanced }: Pick<Exposure, 'network' | 'balanced'>,
): readonly string[] {
  const named = ingress
    .filter((one) => one.port === containerPort && (one.protocol ?? 'tcp') === protocol)
    .map(({ source }) => source);
  return balanced?.port === containerPort && protocol === 'tcp' ? [...named, balanced.groupName] : named;
}

/** Who reaches a port: a source as the files have it, or the name of a group, whose id is known once it is there. */
interface OpenPort {
  readonly protocol: string;
  readonly port: number;
  readonly source: string;
  readonly id?: string | undefined;
}

function rule({ protocol, port, source, id = source }: OpenPort): InboundRule {
  return { protocol, fromPort: port, toPort: port, source: id, description: `${descriptionStart}${source}` };
}

/** Rules for ports, by protocol, source and port, each port in one of them. */
export function joinedRules(ports: readonly OpenPort[]): readonly InboundRule[] {
  const rules = ports.map(rule);
  const key = ({ protocol, source }: InboundRule) => `${protocol} ${source}`;
  const from = ({ fromPort = 0 }: InboundRule) => fromPort;
  const sorted = rules.toSorted((a, b) => (key(a) === key(b) ? from(a) - from(b) : key(a) < key(b) ? -1 : 1));
  const all: InboundRule[] = [];
  for (const one of sorted) {
    const last = all.at(-1);
    const follows = last !== undefined && key(last) === key(one) && from(one) <= (last.toPort ?? 0) + 1;
    if (follows) all[all.length - 1] = { ...last, toPort: from(one) };
    else all.push(one);
  }
  return all;
}

/** Whether two rules admit the same; the source of one of them may be as the files have it. */
function isSame(one: InboundRule, other: InboundRule): boolean {
  const ports = ['protocol', 'fromPort', 'toPort'] as const;
  const isSource = one.source === other.source || one.description === other.description;
  return isSource && ports.every((member) => one[member] === other[member]);
}
