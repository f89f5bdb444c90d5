import { type Address, assignsPublicIp, type Placement } from '../../deployer.ts';
import { type CpuArchitecture, pricePerHour, pricesAsOf, publicAddressPerHour } from '../../fargate/prices.ts';
import { parseTaskCpu, parseTaskMemory } from '../../fargate/sizes.ts';
import type { Task } from '../../transformer/task.ts';
import type { GlobalOptions } from '../global-options.ts';
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
}

/** What `up` and `service up` end with: the price of what runs now, and the command that stops it. */
export function tellPriceAndEnd(
  { options }: OnlineContext,
  { emit, region, service }: Session,
  running: Running,
): void {
  if (running.count === 0) return;
  const data = { ...priceOf(running, region), simulated: isSimulated(options) };
  emit({ code: 'price/estimated', level: 'info', data });
  const command = commandLine(service === undefined ? 'down' : 'service down', options);
  emit({ code: 'tasks/stop-with', level: 'info', data: { command } });
}

/** The price of all tasks for an hour; without dollars where a part of it is not known. */
function priceOf({ task, count, placement, addresses }: Running, region: string): Omit<Price, 'simulated'> {
  const { cpu = '', memory = '', runtimePlatform = {} } = task.definition;
  const { cpuArchitecture = 'X86_64', operatingSystemFamily = 'LINUX' } = runtimePlatform;
  const size = { cpu: parseTaskCpu(cpu) ?? Number.NaN, memory: parseTaskMemory(memory) ?? Number.NaN };
  const compute =
    operatingSystemFamily === 'LINUX' ? pricePerHour(size, region, cpuArchitecture as CpuArchitecture) : undefined;
  const assigned = placement?.assignPublicIp ?? assignsPublicIp(task.run.network);
  const publicAddresses = addresses[0]?.public ?? assigned === 'ENABLED';
  const each = compute === undefined ? Number.NaN : compute + (publicAddresses ? publicAddressPerHour : 0);
  return {
    ...(Number.isNaN(each) ? {} : { dollarsPerHour: each * count }),
    asOf: pricesAsOf,
    region,
    tasks: count,
    publicAddresses,
    spot:
      task.run.launch?.capacityProviders?.some(({ capacityProvider }) => capacityProvider === 'FARGATE_SPOT') ?? false,
  };
}

/** The options that say which project and which account is meant, in the order in which people write them. */
const flags: readonly (readonly [keyof GlobalOptions, flag: string])[] = [
  ['file', '-f'],
  ['projectName', '-p'],
  ['projectDirectory', '--project-directory'],
  ['envFile', '--env-file'],
  ['profile', '--profile'],
  ['ecsParams', '--ecs-params'],
  ['family', '--family'],
  ['region', '--region'],
  ['awsProfile', '--aws-profile'],
  ['cluster', '--cluster'],
  ['endpointUrl', '--endpoint-url'],
  ['simulate', '--simulate'],
  ['simulateState', '--simulate-state'],
];

/** Another command on the same project in the same account, as it is typed into a shell. */
export function commandLine(command: string, options: GlobalOptions): string {
  const words = flags.flatMap(([name, flag]) => {
    const value = options[name];
    if (value === undefined || value === false) return [];
    return value === true ? [flag] : [value].flat().flatMap((each) => [flag, quoted(String(each))]);
  });
  return ['compose2fargate', command, ...words].join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
