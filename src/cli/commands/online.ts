import type { Code, Severity } from '../../diagnostics/diagnostic.ts';
import type { CommandDefinition } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Io } from '../io.ts';
import { deployOptions, desiredOptions } from './up-options.ts';

/** The commands that talk to AWS. What does the talking is in a bundle of its own, loaded when one of them runs. */
type Offline = typeof import('../offline.ts');
type Online = typeof import('../online.ts');

/** How the options of a command come about, where they are not its flags alone. */
interface Given {
  /** What its arguments and flags mean; throws a `UsageError`. */
  readonly read?: (args: readonly string[], options: GlobalOptions, io: Io) => object;
  /** The exit code for an input that has errors. */
  readonly invalid?: number;
  /** Whether it registers what the files say, and so needs the image of every service. */
  readonly registers?: true;
}

/** Whether it holds depends on the roles that an earlier command has made. */
const decidedByRoles: readonly Code[] = ['transform/task-role-missing'];

interface OnlineOptions extends GlobalOptions {
  readonly build?: boolean;
  readonly createRoles?: boolean;
}

/** Runs a command of the AWS bundle on a valid input; findings below the least severity are not shown. */
export function online(
  name: keyof Online,
  least: Severity,
  { read = () => ({}), invalid = exitCode.findings, registers }: Given = {},
): CommandDefinition['run'] {
  return async (io, options: OnlineOptions, args): Promise<number> => {
    const given = read(args, options, io);
    const { validInput }: Offline = await import('../offline.ts');
    // Those that look at tasks, and no more, do not mind that an image is still to be built.
    const build = options.build ?? (least === 'error' && !registers);
    // A role that an earlier command has made is in use without the option.
    const createRoles = options.createRoles ?? least === 'error';
    const input = await validInput(io, { ...options, build, createRoles }, least, decidedByRoles);
    if (input === undefined) return invalid;
    const { [name]: run }: Online = await import('../online.ts');
    return run({ io, options, ...input }, { ...options, ...given } as never);
  };
}

export const onlineCommands: readonly CommandDefinition<GlobalOptions>[] = [
  {
    name: 'up',
    aliases: ['start'],
    summary: 'register the task definition, run it, wait for it, print its addresses',
    options: [...deployOptions, ...desiredOptions],
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
];
