import type { Severity } from '../../diagnostics/diagnostic.ts';
import type { CommandDefinition } from '../command.ts';
import { parseCount, parseDuration } from '../durations.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { GlobalOptions } from '../global-options.ts';
import { desiredOptions, upOptions } from './up-options.ts';

/** The commands that talk to AWS. What does the talking is in a bundle of its own, loaded when one of them runs. */
type Offline = typeof import('../offline.ts');
type Online = typeof import('../online.ts');
type OnlineCommand = 'up' | 'plan' | 'ps' | 'logs' | 'down';

/** Runs a command of the AWS bundle on a valid input; findings below the least severity are not shown. */
function online(name: OnlineCommand, least: Severity): CommandDefinition['run'] {
  return async (io, options, args): Promise<ExitCode> => {
    const { validInput }: Offline = await import('../offline.ts');
    const input = await validInput(io, options, least);
    if (input === undefined) return exitCode.findings;
    const { [name]: run }: Online = await import('../online.ts');
    return run({ io, options, ...input }, { ...options, services: args } as never);
  };
}

export const onlineCommands: readonly CommandDefinition<GlobalOptions>[] = [
  {
    name: 'up',
    summary: 'register the task definition, run it, wait for it, print its addresses',
    options: [...upOptions, ...desiredOptions],
    run: online('up', 'warning'),
  },
  {
    name: 'plan',
    summary: 'print what "up" would do',
    options: [
      { flags: '--exit-code', summary: 'end with exit code 5 when there is something to do' },
      {
        flags: '--against <path>',
        summary: 'compare with the task definition in a JSON file; needs no account',
        completes: 'files',
      },
      ...desiredOptions,
    ],
    run: online('plan', 'warning'),
  },
  {
    name: 'ps',
    aliases: ['list'],
    summary: "list the project's tasks",
    options: [{ flags: '-a, --all', summary: 'stopped tasks too' }],
    run: online('ps', 'error'),
  },
  {
    name: 'logs',
    summary: "print the containers' logs",
    arguments: [{ usage: '[services...]', summary: 'only these services' }],
    options: [
      { flags: '-f, --follow', summary: 'go on as lines come' },
      { flags: '--since <duration>', summary: 'only lines younger than this', parse: parseDuration },
      { flags: '--tail <n>', summary: 'only the last lines of each container', parse: parseCount },
    ],
    run: online('logs', 'error'),
  },
  {
    name: 'down',
    aliases: ['stop'],
    summary: "stop the project's tasks",
    options: [{ flags: '--timeout <duration>', summary: 'how long to wait (default: 10m)', parse: parseDuration }],
    run: online('down', 'error'),
  },
];
