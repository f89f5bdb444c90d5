import type { PublishedPort } from '../transformer/task.ts';
import { type Account, type TaskState, taskId } from './account.ts';
import { admits, type NetworkInterface, type SecurityGroup } from './network/network.ts';

/** A published port of a task, and where it is reached. */
export interface Address {
  readonly task: string;
  readonly container: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly host: string;
  /** Where it is reached within its VPC. */
  readonly privateHost?: string;
  /** Whether the host is reached from the Internet, or within its VPC only. */
  readonly public: boolean;
  /** Whether a security group of the task is known to admit it. */
  readonly open: boolean;
  readonly securityGroups: readonly string[];
}

/** The ports that a project offers to others than the machine itself. */
export function offered(published: readonly PublishedPort[]): readonly PublishedPort[] {
  return published.filter(({ hostIp }) => hostIp === undefined || !/^(?:127\.|::1$|\[::1\]$|localhost$)/.test(hostIp));
}

/** The addresses of tasks, by task ARN: public ones where the task has one, else those within the VPC. */
export interface TaskHost {
  readonly host: string;
  readonly privateHost?: string;
  readonly public: boolean;
  readonly securityGroups: readonly string[];
}

/** Finds out where tasks are reached; asks EC2 once for all of them. Tasks without an address yet are left out. */
export async function findHosts(account: Account, tasks: readonly TaskState[]): Promise<ReadonlyMap<string, TaskHost>> {
  const ids = tasks.flatMap(({ networkInterfaceId }) => networkInterfaceId ?? []);
  if (ids.length === 0) return new Map();
  const interfaces = await (await account.network()).networkInterfaces(ids);
  return new Map(
    tasks.flatMap((task) => {
      const found = interfaces.find(({ id }) => id === task.networkInterfaceId);
      const host = hostOf(task, found);
      return host === undefined ? [] : [[task.arn, host] as const];
    }),
  );
}

function hostOf(task: TaskState, found: NetworkInterface | undefined): TaskHost | undefined {
  const host = found?.publicAddress ?? task.privateAddress;
  if (host === undefined) return undefined;
  return {
    host,
    ...(task.privateAddress === undefined ? {} : { privateHost: task.privateAddress }),
    public: found?.publicAddress !== undefined,
    securityGroups: found?.securityGroups ?? [],
  };
}

/**
 * The addresses of a project's published ports. Asks EC2 for the interfaces, and for the security groups that are not
 * known yet.
 */
export async function findAddresses(
  account: Account,
  published: readonly PublishedPort[],
  tasks: readonly TaskState[],
  known: readonly SecurityGroup[],
): Promise<readonly Address[]> {
  const ports = offered(published);
  if (ports.length === 0) return [];
  const hosts = await findHosts(account, tasks);
  const wanted = new Set([...hosts.values()].flatMap(({ securityGroups }) => securityGroups));
  for (const { id } of known) wanted.delete(id);
  const others = wanted.size === 0 ? [] : await (await account.network()).securityGroups([...wanted]);
  const groups = [...known, ...others];
  return tasks.flatMap((task) => {
    const at = hosts.get(task.arn);
    if (at === undefined) return [];
    const own = groups.filter(({ id }) => at.securityGroups.includes(id));
    return ports.map(({ containerName, containerPort, protocol }) => ({
      task: taskId(task.arn),
      container: containerName,
      port: containerPort,
      protocol,
      open: admits(own, containerPort, protocol),
      ...at,
    }));
  });
}

/** An address as a person uses it: `http://IP` for port 80, `https://IP` for 443, else `IP:PORT/proto`. */
export function formatAddress({ host, port, protocol }: Pick<Address, 'host' | 'port' | 'protocol'>): string {
  if (protocol === 'tcp' && port === 80) return `http://${host}`;
  if (protocol === 'tcp' && port === 443) return `https://${host}`;
  return `${host}:${port}/${protocol}`;
}
