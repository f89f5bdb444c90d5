import { type CommandDefinition, type CommandGroup, UsageError } from '../command.ts';
import { didYouMean } from '../did-you-mean.ts';
import { exitCode } from '../exit-code.ts';

type Scripts = typeof import('../completion/scripts.ts');

const shells = ['bash', 'zsh', 'fish'];

/** The command that prints a shell's completion script, made of all commands' own data. */
export function completion(commands: () => readonly (CommandDefinition | CommandGroup)[]): CommandDefinition {
  return {
    name: 'completion',
    summary: 'print a script that makes a shell complete commands, options and their values',
    arguments: [{ usage: '<shell>', summary: shells.join(', '), completes: shells }],
    configuration: 'unread',
    async run(io, _options, [shell = '']) {
      const { completionScript }: Scripts = await import('../completion/scripts.ts');
      const script = completionScript(shell, commands());
      if (script === undefined) throw new UsageError(noShell(shell));
      io.out.write(script);
      return exitCode.done;
    },
  };
}

function noShell(shell: string): string {
  const help = didYouMean(shell, shells, `There are scripts for ${shells.join(', ')}.`);
  return `There is no completion script for the shell "${shell}". ${help}`;
}
