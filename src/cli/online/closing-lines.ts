import { type Address, assignsPublicIp, type Entrance, type Placement } from '../../deployer.ts';
import {
  type CpuArchitecture,
  loadBalancerPerHour,
  pricePerHour,
  pricesAsOf,
  publicAddressPerHour,
  storagePerHour,
} from '../../fargate/prices.ts';
import { parseTaskCpu, parseTaskMemory } from '../../fargate/sizes.ts';
import type { Task } from '../../transformer/task.ts';
import { commandLine } from '../command-line.ts';
import { isSimulated } from '../region.ts';
import type { OnlineContext } from './context.ts';
import type { Price } from './event.ts';
import type { Session } from './session.ts';

/** So many tasks, as they are run. */
interface Running {
  readonly task: Task;
  readonly count: number;
  /** Where they have been put, as far as that is known. */
  readonly placement: Pick<Placement, 'assignPublicIp'> | undefined;
  /** Where they have been seen to be reached; none where nobody looked. */
  readonly addresses: readonly Pick<Address, 'public'>[];
  /** The load balancer of the project's own that is before them. */
  readonly balancer?: Pick<Entrance, 'public' | 'zones'> | undefined;
}

/** What `up` and `service up` end with: the price of what runs now, which it gives, and the command that stops it. */
export function tellPriceAndEnd(
  { options }: OnlineContext,
  { emit, region, service }: Session,
  running: Running,
): Price | undefined {
  if (running.count === 0) return undefined;
  const data = { ...priceOf(running, region), simulated: isSimulated(options) };
  emit({ code: 'price/estimated', level: 'info', data });
  const command = commandLine(service === undefined ? 'down' : 'service down', options);
  emit({ code: 'tasks/stop-with', level: 'info', data: { command } });
  return data;
}

/** The price of all tasks for an hour, without the parts whose price is not known; without dollars where Fargate's is not. */
function priceOf({ task, count, placement, addresses, balancer }: Running, region: string): Omit<Price, 'simulated'> {
  const { cpu = '', memory = '', runtimePlatform = {}, ephemeralStorage } = task.definition;
  const { cpuArchitecture = 'X86_64', operatingSystemFamily = 'LINUX' } = runtimePlatform;
  const size = { cpu: parseTaskCpu(cpu) ?? Number.NaN, memory: parseTaskMemory(memory) ?? Number.NaN };
  const compute =
    operatingSystemFamily === 'LINUX' ? pricePerHour(size, region, cpuArchitecture as CpuArchitecture) : undefined;
  const assigned = placement?.assignPublicIp ?? assignsPublicIp(task.run.network);
  const publicAddresses = addresses[0]?.public ?? assigned === 'ENABLED';
  const storage = ephemeralStorage === undefined ? 0 : storagePerHour(ephemeralStorage.sizeInGiB, region);
  const loadBalancer = balancer === undefined ? 0 : balancerPrice(balancer, region);
  const each = (compute ?? Number.NaN) + (storage ?? 0) + (publicAddresses ? publicAddressPerHour : 0);
  const all = each * count + (loadBalancer ?? 0);
  return {
    // Sums of such numbers have a tail of their own.
    ...(Number.isNaN(all) ? {} : { dollarsPerHour: Number(all.toFixed(6)) }),
    without: [
      ...(storage === undefined ? (['storage'] as const) : []),
      ...(loadBalancer === undefined ? (['load-balancer'] as const) : []),
    ],
    asOf: pricesAsOf,
    region,
    tasks: count,
    publicAddresses,
    loadBalancer: balancer !== undefined,
    spot:
      task.run.launch?.capacityProviders?.some(({ capacityProvider }) => capacityProvider === 'FARGATE_SPOT') ?? false,
  };
}

/** The price of a load balancer without traffic, an address in each zone included; undefined where it is not known. */
function balancerPrice({ public: isPublic, zones }: Pick<Entrance, 'public' | 'zones'>, region: string) {
  const rate = loadBalancerPerHour(region);
  return rate && rate + (isPublic ? zones * publicAddressPerHour : 0);
}
