import type { Severity } from '../../diagnostics/diagnostic.ts';
import type { CommandDefinition } from '../command.ts';
import { parseCount, parseDuration } from '../durations.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { GlobalOptions } from '../global-options.ts';
import { validInput } from '../input.ts';

/** The commands that talk to AWS. What does the talking is in a bundle of its own, loaded when one of them runs. */
type Online = typeof import('../online.ts');

/** Runs a command of the AWS bundle on a valid input; findings below the least severity are not shown. */
export function online(name: keyof Online, least: Severity): CommandDefinition['run'] {
  return async (io, options, args): Promise<ExitCode> => {
    const input = await validInput(io, options, least);
    if (input === undefined) return exitCode.findings;
    const { [name]: run }: Online = await import('../online.ts');
    return run({ io, options, ...input }, { ...options, services: args } as never);
  };
}

const waitFor = {
  flags: '--wait-for <state>',
  summary: 'running, healthy, completed or none (default: healthy where there is a health check)',
  choices: ['running', 'healthy', 'completed', 'none'],
};

export const onlineCommands: readonly CommandDefinition<GlobalOptions>[] = [
  {
    name: 'up',
    summary: 'register the task definition, run it, wait for it, print its addresses',
    options: [
      { flags: '-d, --detach', summary: 'as "up" always does: it ends when the task runs' },
      { flags: '--dry-run', summary: 'print what would be done, and do nothing' },
      { flags: '--count <n>', summary: 'how many tasks', parse: parseCount },
      { flags: '--force', summary: 'replace the running tasks although nothing has changed' },
      { flags: '--no-create-log-groups', summary: 'leave missing log groups as they are' },
      waitFor,
      { flags: '--timeout <duration>', summary: 'how long to wait (default: 10m)', parse: parseDuration },
    ],
    run: online('up', 'warning'),
  },
  {
    name: 'plan',
    summary: 'print what "up" would do',
    options: [{ flags: '--exit-code', summary: 'end with exit code 5 when there is something to do' }],
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
