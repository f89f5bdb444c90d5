import type { CommandDefinition, CommandGroup, Completes, OptionDefinition } from '../command.ts';
import { flagsOf, withoutFlagsOf } from '../flags.ts';
import { globalOptions } from '../global-options.ts';

/** What may stand after a command's name, or after the program's where `names` is the empty word. */
export interface Vocabulary {
  readonly names: readonly string[];
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** What its arguments are; undefined where it has none, or none that a shell can know. */
  readonly argument: Completes | undefined;
}

export interface CompletedOption {
  readonly short: string | undefined;
  readonly long: string;
  readonly summary: string;
  /** What its value is: `unknown` to a shell where nothing says; undefined where it takes none. */
  readonly value: Completes | 'unknown' | undefined;
}

/** commander's own. */
const help: OptionDefinition = { flags: '-h, --help', summary: 'display help' };
const version: OptionDefinition = { flags: '--version', summary: 'output the version number' };

/** The vocabulary of the program, and that of each command in the order of the help. */
export function vocabularies(
  commands: readonly (CommandDefinition | CommandGroup)[],
): readonly [Vocabulary, ...Vocabulary[]] {
  const names = [...commands.flatMap(namesOf), 'help'];
  return [
    { names: [''], summary: '', options: [...globalOptions, version, help].map(completed), argument: names },
    ...commands.map((one) => ('commands' in one ? groupVocabulary(one) : vocabulary(one))),
    { names: ['help'], summary: 'display help for a command', options: [], argument: names },
  ];
}

function vocabulary(command: CommandDefinition): Vocabulary {
  return {
    names: namesOf(command),
    summary: command.summary,
    options: optionsOf(command).map(completed),
    argument: command.arguments?.[0]?.completes,
  };
}

/** After a group's name stand the names of its commands, and the options of any of them. */
function groupVocabulary({ name, summary, commands }: CommandGroup): Vocabulary {
  const options = new Map(commands.flatMap(optionsOf).map((option) => [completed(option).long, option]));
  return {
    names: [name],
    summary,
    options: [...options.values()].map(completed),
    argument: commands.flatMap(namesOf),
  };
}

function namesOf({
  name,
  aliases = [],
}: {
  readonly name: string;
  readonly aliases?: readonly string[];
}): readonly string[] {
  return [name, ...aliases];
}

function optionsOf({ options = [] }: CommandDefinition): readonly OptionDefinition[] {
  return [...options, ...withoutFlagsOf(options, globalOptions), help];
}

function completed(option: OptionDefinition): CompletedOption {
  const flags = flagsOf(option);
  const takesValue = /[<[]/.test(option.flags);
  return {
    short: flags.find((flag) => !flag.startsWith('--')),
    long: flags.find((flag) => flag.startsWith('--')) as string,
    summary: option.summary,
    value: takesValue ? (option.choices ?? option.completes ?? 'unknown') : undefined,
  };
}
