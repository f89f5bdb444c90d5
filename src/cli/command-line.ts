import type { GlobalOptions } from './global-options.ts';

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
