import type { PortMapping } from '../../fargate/task-definition.ts';
import type { Find } from '../finding.ts';
import { type Container, containers, elements, isReadable, isWindows, type Readable } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** The ports that one mapping opens, first and last. */
interface Use {
  /** How many uses there are before it. */
  readonly order: number;
  readonly path: string;
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
}

/** Port ranges that a container may have. Source: ECS API Reference, PortMapping. */
const maximumRanges = 100;

/** The port that Fargate keeps for itself in Windows tasks. Source: ECS Developer Guide, task definition parameters. */
const reservedOnWindows = 3150;

/** The containers share one network interface: each port of a protocol is used once, and is the same outside. */
export const ports: Rule = (definition, find) => {
  const uses: Use[] = [];
  for (const container of containers(definition)) {
    const mappings = elements(container.value.portMappings, `${container.path}.portMappings`);
    for (const { value, path } of mappings) {
      checkMapping(value, path, container, find);
      const use = portsOf(value, path, uses.length);
      if (use !== undefined) uses.push(use);
    }
    const ranges = mappings.filter(({ value }) => value.containerPortRange !== undefined).length;
    if (ranges > maximumRanges) {
      find('fargate/port-mapping', `${container.path}.portMappings`, {
        subject: `Container ${container.name}`,
        why: `has ${ranges} port ranges, and may have ${maximumRanges}`,
        instead: 'Join ranges that touch each other.',
      });
    }
  }
  const users = new Map<string, Users>();
  for (const use of uses) {
    checkShared(use, users, find);
    take(use, users);
  }
  if (isWindows(definition)) {
    for (const { path } of uses.filter((use) => holds(use, reservedOnWindows))) {
      find('fargate/port-mapping', path, {
        subject: `Port ${reservedOnWindows}`,
        why: 'is reserved in Windows tasks on Fargate',
        instead: 'Let the container listen on another port.',
      });
    }
  }
};

function checkMapping(mapping: Readable<PortMapping>, path: string, container: Container, find: Find): void {
  const { containerPort, hostPort, containerPortRange: range } = mapping;
  const isKnown = isReadable(mapping, 'containerPort') && isReadable(mapping, 'containerPortRange');
  if (containerPort === undefined && range === undefined && isKnown) {
    find('fargate/without-effect', path, {
      subject: `A port mapping of container ${container.name}`,
      why: 'it names no port',
      instead: 'Add containerPort, or containerPortRange; or remove the mapping.',
    });
  }
  if (range !== undefined && (containerPort !== undefined || hostPort !== undefined)) {
    find('fargate/port-mapping', `${path}.containerPortRange`, {
      subject: `A port mapping of container ${container.name}`,
      why: 'names a range of ports and a single port',
      instead: 'Keep containerPortRange, or containerPort, and write the other as a mapping of its own.',
      aws: `Invalid port mapping for container '${container.name}', cannot specify both single port and port range.`,
    });
  } else if (range !== undefined && isReadableRange(range) && rangeOf(range) === undefined) {
    find('fargate/port-mapping', `${path}.containerPortRange`, {
      subject: `The port range ${range} of container ${container.name}`,
      why: 'does not run upwards between 1 and 65535',
      instead: 'Write the lower port first, such as 8000-8010.',
      aws: `Invalid 'containerPortRange' setting for container '${container.name}'.`,
    });
  }
  if (hostPort === undefined || containerPort === undefined || hostPort === containerPort) return;
  if (hostPort === 0) {
    find('fargate/unconfirmed', `${path}.hostPort`, {
      subject: `the hostPort 0 of container ${container.name}`,
      doubt: 'what it answers to that in a Fargate task is not on record',
      instead: 'Remove hostPort; the task is reached at containerPort.',
    });
  } else {
    find('fargate/host-port', `${path}.hostPort`, { host: hostPort, container: containerPort });
  }
}

/** Of one protocol, the first that uses each port. */
type Users = Map<number, Use>;

function take(use: Use, users: Map<string, Users>): void {
  const ofProtocol: Users = users.get(use.protocol) ?? new Map();
  users.set(use.protocol, ofProtocol);
  for (let port = use.first; port <= use.last; port += 1) if (!ofProtocol.has(port)) ofProtocol.set(port, use);
}

/** Of those that use one of the ports already, the first. */
function earliest({ first, last }: Use, users: Users | undefined): Use | undefined {
  let found: Use | undefined;
  for (let port = first; port <= last; port += 1) {
    const user = users?.get(port);
    if (user !== undefined && (found === undefined || user.order < found.order)) found = user;
  }
  return found;
}

function checkShared(use: Use, users: ReadonlyMap<string, Users>, find: Find): void {
  const same = earliest(use, users.get(use.protocol));
  if (same !== undefined) {
    const shared = { first: Math.max(use.first, same.first), last: Math.min(use.last, same.last) };
    const protocol = use.protocol.toUpperCase();
    const aws = `${protocol} container port '${use.first}' is used multiple times in task when networkMode=awsvpc.`;
    const areSingle = use.first === use.last && same.first === same.last;
    find('fargate/port-conflict', use.path, { ...shared, protocol, aws: areSingle ? aws : undefined }, [
      { message: 'It is used here first.', path: same.path },
    ]);
    return;
  }
  const others = [...users].flatMap(([protocol, each]) =>
    protocol === use.protocol ? [] : (earliest(use, each) ?? []),
  );
  const [other] = others.sort((one, another) => one.order - another.order);
  if (other !== undefined) {
    find('fargate/port-both-protocols', use.path, { port: Math.max(use.first, other.first) }, [
      { message: `It is used for ${other.protocol.toUpperCase()} here.`, path: other.path },
    ]);
  }
}

function portsOf(mapping: Readable<PortMapping>, path: string, order: number): Use | undefined {
  const protocol = mapping.protocol ?? 'tcp';
  if (mapping.containerPort !== undefined) {
    const port = mapping.containerPort;
    // A number that is no port is a finding of its own, and may be too large to be counted up.
    if (port < 0 || port > 65535) return undefined;
    return { order, path: `${path}.containerPort`, protocol, first: port, last: port };
  }
  const range = mapping.containerPortRange === undefined ? undefined : rangeOf(mapping.containerPortRange);
  return range && { order, path: `${path}.containerPortRange`, protocol, first: range[0], last: range[1] };
}

function rangeOf(range: string): readonly [number, number] | undefined {
  const [first = 0, last = 0] = range.split('-').map(Number);
  return isReadableRange(range) && 1 <= first && first < last && last <= 65535 ? [first, last] : undefined;
}

function isReadableRange(range: string): boolean {
  return /^\d{1,5}-\d{1,5}$/.test(range);
}

function holds({ first, last }: Use, port: number): boolean {
  return first <= port && port <= last;
}
