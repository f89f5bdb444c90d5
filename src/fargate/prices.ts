import type { TaskSize } from './sizes.ts';

export type CpuArchitecture = 'X86_64' | 'ARM64';

/** Dollars an hour for one vCPU, and for one GB of memory. */
interface Rate {
  readonly vcpu: number;
  readonly gb: number;
}

/** The day to which the prices belong. */
export const pricesAsOf = '2026-09-23';

/** Dollars for an hour of a public IPv4 address, in every Region. Source: Amazon VPC price list, "Public IPv4". */
export const publicAddressPerHour = 0.005;

/** Dollars for a month of a hosted zone, which each DNS namespace has. Source: Amazon Route 53 pricing, "Hosted Zones". */
export const hostedZonePerMonth = 0.5;

/** Dollars an hour of an Application Load Balancer, as `rates`. Source: the AWSELB price list (LoadBalancerUsage). */
const loadBalancerRates: Readonly<Record<string, number>> = { 'us-east-1': 0.0225 };

/** Dollars for an hour of an Application Load Balancer without traffic; undefined where the Region's price is not known. */
export function loadBalancerPerHour(region: string): number | undefined {
  return Object.hasOwn(loadBalancerRates, region) ? loadBalancerRates[region] : undefined;
}

/** GiB of storage that each task has for nothing. Source: ECS Developer Guide, "Fargate task ephemeral storage". */
const freeStorage = 20;

/** Dollars an hour for one GB of storage, as `rates`. Source: the AmazonECS price list (Fargate-EphemeralStorage-GB-Hours). */
const storageRates: Readonly<Record<string, number>> = { 'us-east-1': 0.000111 };

/** Dollars for an hour of the GiB of storage that a task has; undefined where they cost and the Region's price is not known. */
export function storagePerHour(size: number, region: string): number | undefined {
  if (size <= freeStorage) return 0;
  return Object.hasOwn(storageRates, region) ? (size - freeStorage) * (storageRates[region] as number) : undefined;
}

/**
 * On-demand prices of Linux tasks, in US dollars, as of `pricesAsOf`, for the Regions and architectures whose prices are
 * confirmed. For estimates: AWS may have changed them since.
 *
 * Source: the AmazonECS price list (usage types Fargate-vCPU-Hours, Fargate-GB-Hours and their ARM forms).
 */
const rates: Readonly<Record<string, Partial<Readonly<Record<CpuArchitecture, Rate>>>>> = {
  'us-east-1': { X86_64: { vcpu: 0.04048, gb: 0.004445 }, ARM64: { vcpu: 0.03238, gb: 0.00356 } },
  'us-west-2': { X86_64: { vcpu: 0.04048, gb: 0.004445 } },
  'eu-west-1': { X86_64: { vcpu: 0.04048, gb: 0.004445 } },
  'eu-central-1': { X86_64: { vcpu: 0.04656, gb: 0.00511 } },
  'ap-northeast-1': { X86_64: { vcpu: 0.05056, gb: 0.00553 } },
  'sa-east-1': { X86_64: { vcpu: 0.0696, gb: 0.0076 }, ARM64: { vcpu: 0.0557, gb: 0.00612 } },
};

/**
 * Dollars for an hour of a Linux task of a size, on demand; without storage above 20 GiB (`storagePerHour`),
 * public addresses and traffic. undefined where the price of the Region or the architecture is not known.
 */
export function pricePerHour(
  size: TaskSize,
  region: string,
  architecture: CpuArchitecture = 'X86_64',
): number | undefined {
  const rate = Object.hasOwn(rates, region) ? rates[region]?.[architecture] : undefined;
  return rate && (size.cpu / 1024) * rate.vcpu + (size.memory / 1024) * rate.gb;
}
