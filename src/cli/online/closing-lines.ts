import { assignsPublicIp, type Desired } from '../../deployer.ts';
import { type CpuArchitecture, pricePerHour, pricesAsOf, publicAddressPerHour } from '../../fargate/prices.ts';
import { parseTaskCpu, parseTaskMemory } from '../../fargate/sizes.ts';
import type { GlobalOptions } from '../global-options.ts';
import { isSimulated } from '../region.ts';
import type { OnlineContext } from './context.ts';
import type { Price } from './event.ts';
import type { Planned } from './planning.ts';
import type { Session } from './session.ts';

/**
 * What `up` ends with: the price of what runs now, and the command that stops it. `isPublic` says whether its tasks have
 * been seen to have public addresses; undefined where nobody looked.
 */
export function tellPriceAndEnd(
  { options }: OnlineContext,
  { emit, region }: Session,
  { desired, plan }: Planned,
  isPublic: boolean | undefined,
): void {
  if (desired.count === 0) return;
  const assigned = plan.network?.placement.assignPublicIp ?? assignsPublicIp(desired.task.run.network);
  const data = { ...priceOf(desired, region, isPublic ?? assigned === 'ENABLED'), simulated: isSimulated(options) };
  emit({ code: 'price/estimated', level: 'info', data });
  emit({ code: 'tasks/stop-with', level: 'info', data: { command: commandLine('down', options) } });
}

/** The price of all tasks for an hour; without dollars where a part of it is not known. */
function priceOf({ task, count }: Desired, region: string, publicAddresses: boolean): Omit<Price, 'simulated'> {
  const { cpu = '', memory = '', runtimePlatform = {} } = task.definition;
  const { cpuArchitecture = 'X86_64', operatingSystemFamily = 'LINUX' } = runtimePlatform;
  const size = { cpu: parseTaskCpu(cpu) ?? Number.NaN, memory: parseTaskMemory(memory) ?? Number.NaN };
  const compute =
    operatingSystemFamily === 'LINUX' ? pricePerHour(size, region, cpuArchitecture as CpuArchitecture) : undefined;
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
