import { ApiError } from './api-error.ts';
import { hexadecimal, numberBelow } from './identifiers.ts';

/** Where the traffic of a subnet to the Internet goes. */
export type Route = 'internet-gateway' | 'nat-gateway' | 'none';

/**
 * A subnet of the default VPC. Whatever id is asked for is there; three belong to the account from the beginning. Those
 * whose id begins with `subnet-private` have no way to the Internet, those with `subnet-nat` one through a NAT gateway.
 */
export interface Subnet {
  readonly subnetId: string;
  readonly vpcId: string;
  readonly availabilityZone: string;
  readonly cidrBlock: string;
  /** The first address of the block, as a number. */
  readonly base: number;
  readonly defaultForAz: boolean;
  readonly route: Route;
}

const ROUTES: readonly (readonly [prefix: string, route: Route])[] = [
  ['subnet-private', 'none'],
  ['subnet-nat', 'nat-gateway'],
];

/** The network interface of a task, and where it stands. */
export interface TaskNetwork {
  readonly networkInterfaceId: string;
  readonly attachmentId: string;
  readonly macAddress: string;
  readonly privateAddress: string;
  /** Absent unless the task was started with `assignPublicIp: ENABLED`. */
  readonly publicAddress?: string;
  readonly subnet: Subnet;
  readonly securityGroups: readonly string[];
}

/** The size of a subnet here, a /20, as in a real default VPC. */
const SUBNET_ADDRESSES = 4096;
const VPC_BASE = 172 * 2 ** 24 + 31 * 2 ** 16;
const ZONES = ['a', 'b', 'c'];

/** The id of a region's default VPC, 172.31.0.0/16. */
export function defaultVpcId(region: string): string {
  return `vpc-${hexadecimal(17, `vpc:${region}`)}`;
}

/** The three subnets of a region's default VPC, one a zone. */
export function defaultSubnets(region: string): readonly Subnet[] {
  return ZONES.map((zone, index) =>
    subnetAt(`subnet-${hexadecimal(17, `subnet:${region}${zone}`)}`, region, index, index),
  );
}

/** An id of a subnet in the zone of that number, beginning with 0, which follows from `seed`. */
export function subnetIdIn(zone: number, seed: string): string {
  for (let attempt = 0; ; attempt++) {
    const id = `subnet-${hexadecimal(17, attempt === 0 ? seed : `${seed}:${attempt}`)}`;
    if (numberBelow(ZONES.length, id) === zone % ZONES.length) return id;
  }
}

/** The subnet of that id; undefined for what is no subnet id. */
export function subnet(id: string, region: string): Subnet | undefined {
  if (!/^subnet-\w+$/.test(id)) return undefined;
  const own = defaultSubnets(region).find(({ subnetId }) => subnetId === id);
  const rest = 16 - ZONES.length;
  return own ?? subnetAt(id, region, ZONES.length + numberBelow(rest, id), numberBelow(ZONES.length, id), false);
}

/**
 * A network interface for a new task. Public addresses come from 203.0.113.0/24 (TEST-NET-3, RFC 5737), where no
 * host is; `taken` holds the addresses of the tasks that live, which are given out again only when none is left.
 */
export function attach(
  seed: string,
  place: Subnet,
  securityGroups: readonly string[],
  assignPublicIp: boolean,
  taken: ReadonlySet<string>,
): TaskNetwork {
  const mac = hexadecimal(10, `mac:${seed}`).match(/../g) as string[];
  // The first four addresses and the last of a subnet are AWS's own.
  const privateAddress = freeAddress(place.base + 4, SUBNET_ADDRESSES - 5, `private:${seed}`, taken);
  const network = {
    networkInterfaceId: `eni-${hexadecimal(17, `eni:${seed}`)}`,
    attachmentId: uuid(`attachment:${seed}`),
    macAddress: ['0a', ...mac].join(':'),
    privateAddress,
    subnet: place,
    securityGroups,
  };
  if (!assignPublicIp) return network;
  const publicBase = 203 * 2 ** 24 + 113 * 2 ** 8 + 1;
  return { ...network, publicAddress: freeAddress(publicBase, 254, `public:${seed}`, taken) };
}

/** Reads a subnet id as RunTask does, and refuses what is none. */
export function knownSubnet(id: string, region: string): Subnet {
  const found = subnet(id, region);
  if (found !== undefined) return found;
  const reason = `The subnet ID '${id}' does not exist (ErrorCode: InvalidSubnetID.NotFound)`;
  throw new ApiError('InvalidParameterException', `Error retrieving subnet information for [${id}]: ${reason}`);
}

function subnetAt(subnetId: string, region: string, block: number, zone: number, defaultForAz = true): Subnet {
  const base = VPC_BASE + block * SUBNET_ADDRESSES;
  return {
    subnetId,
    vpcId: defaultVpcId(region),
    availabilityZone: `${region}${ZONES[zone]}`,
    cidrBlock: `${dotted(base)}/20`,
    base,
    defaultForAz,
    route: ROUTES.find(([prefix]) => subnetId.startsWith(prefix))?.[1] ?? 'internet-gateway',
  };
}

/** The first address not taken, from a start that follows from the seed on; the start itself when all are taken. */
function freeAddress(base: number, count: number, seed: string, taken: ReadonlySet<string>): string {
  const start = numberBelow(count, seed);
  for (let step = 0; step < count; step++) {
    const address = dotted(base + ((start + step) % count));
    if (!taken.has(address)) return address;
  }
  return dotted(base + start);
}

/** An IPv4 address of its number: `10.0.0.1`. */
export function dotted(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join('.');
}

function uuid(seed: string): string {
  const digits = hexadecimal(32, seed);
  return [0, 8, 12, 16, 20].map((from, index, starts) => digits.slice(from, starts[index + 1])).join('-');
}
