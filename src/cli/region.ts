import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { parse } from 'ini';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';

/** The region of a simulated account. */
const simulatedRegion = 'us-east-1';

/**
 * The region, the same for every command: `--region`, `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's; undefined
 * where none of them says. With `--simulate` the user's profiles are not read.
 */
export function findRegion(io: Io, options: GlobalOptions): string | undefined {
  const { environment } = io.host;
  const said = options.region || environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'];
  if (said) return said;
  return isSimulated(options) ? simulatedRegion : profileRegion(io, options);
}

/** Whether the command talks to the built-in simulator. */
export function isSimulated(options: GlobalOptions): boolean {
  return options.simulate === true || options.simulateState !== undefined;
}

function profileRegion(io: Io, options: GlobalOptions): string | undefined {
  const { environment } = io.host;
  const profile = options.awsProfile || environment['AWS_PROFILE'] || 'default';
  const path = environment['AWS_CONFIG_FILE'] || `${homedir()}/.aws/config`;
  try {
    const config = parse(readFileSync(path, 'utf8')) as Record<string, Record<string, unknown> | undefined>;
    const section = config[`profile ${profile}`] ?? config[profile];
    const region = section?.['region'];
    return typeof region === 'string' && region !== '' ? region : undefined;
  } catch {
    // No configuration is the usual case on a machine that only converts.
    return undefined;
  }
}
