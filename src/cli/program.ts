import { Command, type CommanderError, InvalidArgumentError, Option } from 'commander';
import {
  type CommandDefinition,
  type CommandGroup,
  isUsageError,
  type OptionDefinition,
  UsageError,
} from './command.ts';
import { exitCode } from './exit-code.ts';
import { withoutFlagsOf } from './flags.ts';
import { type GlobalOptions, globalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { version } from './version.ts';

type Offline = typeof import('./offline.ts');

/** In a bundle of its own, for usage that is wrong. */
type EcsCliForms = typeof import('./ecs-cli-forms.ts');

/** How a command line ended that commander did not run to its end, and the command that it stopped at. */
class Stopped extends Error {
  readonly error: CommanderError;
  readonly command: Command;

  constructor(error: CommanderError, command: Command) {
    super(error.message);
    this.error = error;
    this.command = command;
  }
}

/**
 * Runs the command that the words name and gives its exit code. commander's own exits become 0 where the user asked
 * (help, version) and 2 where the usage is wrong.
 */
export async function runProgram(
  commands: readonly (CommandDefinition | CommandGroup)[],
  words: readonly string[],
  io: Io,
): Promise<number> {
  // ecs-cli has "compose" before these commands, and here there is nothing else.
  const argv = words[0] === 'compose' ? words.slice(1) : words;
  let ended: number = exitCode.done;
  const program = new Command('compose2fargate');
  prepare(program, io);
  program
    .description('Your docker-compose.yml, checked as strictly as AWS would, and running on Fargate in one command.')
    .version(version, '--version');
  addOptions(program, globalOptions);
  const run = async (definition: CommandDefinition, command: Command) => {
    ended = await runConfigured(definition, gather(program, command), command.args, io);
  };
  for (const one of commands) {
    if ('commands' in one) addGroup(program, one, { argv, io, run });
    else addCommand(program, one, { argv, io, run });
  }
  addHelp(program, io);
  try {
    if (argv.length === 0) {
      program.outputHelp({ error: true });
      return exitCode.usage;
    }
    await program.parseAsync([...argv], { from: 'user' });
    return ended;
  } catch (error) {
    if (error instanceof Stopped) return answerStop(error, argv, io);
    if (isUsageError(error)) {
      io.error.write(`error: ${error.message}\n`);
      return exitCode.usage;
    }
    throw error;
  }
}

interface Adding {
  readonly argv: readonly string[];
  readonly io: Io;
  readonly run: (definition: CommandDefinition, command: Command) => Promise<void>;
}

function addGroup(program: Command, { name, summary, commands }: CommandGroup, adding: Adding): void {
  const group = program.command(name).description(summary);
  prepare(group, adding.io);
  if (!adding.argv.includes(name)) return;
  addOptions(group, globalOptions, true);
  for (const definition of commands) addCommand(group, definition, adding);
}

function addCommand(parent: Command, definition: CommandDefinition, { argv, io, run }: Adding): void {
  const command = parent.command(definition.name).description(definition.summary);
  prepare(command, io);
  for (const alias of definition.aliases ?? []) command.alias(alias);
  for (const { usage, summary } of definition.arguments ?? []) command.argument(usage, summary);
  // Options of the commands that are not meant would cost a tenth of the start-up, and nobody sees them.
  if (![definition.name, ...(definition.aliases ?? [])].some((name) => argv.includes(name))) return;
  if (definition.passThrough) command.passThroughOptions();
  const own = definition.options ?? [];
  addOptions(command, own);
  addOptions(command, withoutFlagsOf(own, globalOptions), asksForHelp(argv));
  command.addHelpText('after', '\nOptions of every command, such as --file and --region: compose2fargate --help');
  command.action(() => run(definition, command));
}

/** `help` of a command, or of a command of a group. */
function addHelp(program: Command, io: Io): void {
  const help = program.helpCommand(false).command('help [command...]').description('display help for a command');
  prepare(help, io);
  help.action(async (words: readonly string[]) => {
    let meant = program;
    for (const word of words) {
      if (meant.commands.length === 0) break;
      const next = meant.commands.find((one) => one.name() === word || one.aliases().includes(word));
      // Parsing what is unknown refuses it.
      if (next === undefined) await meant.parseAsync(words.slice(words.indexOf(word)), { from: 'user' });
      else meant = next;
    }
    meant.help();
  });
}

/** Says why the usage is wrong, and what to write where ecs-cli had what is unknown here; gives the exit code. */
async function answerStop({ error, command }: Stopped, argv: readonly string[], io: Io): Promise<number> {
  if (error.exitCode === 0) return exitCode.done;
  // It has printed help.
  if (error.code === 'commander.help') return exitCode.usage;
  const { commandOfEcsCli, optionsOfEcsCli }: EcsCliForms = await import('./ecs-cli-forms.ts');
  const path = pathOf(command);
  const known =
    error.code === 'commander.unknownCommand'
      ? commandOfEcsCli([...path, ...command.args])
      : error.code === 'commander.unknownOption'
        ? optionsOfEcsCli(path.join(' '), argv)
        : undefined;
  io.error.write(known ?? `${error.message}\n(--help lists commands and options)\n`);
  return exitCode.usage;
}

/** The names of a command and of the groups around it. */
function pathOf(command: Command): readonly string[] {
  return command.parent === null ? [] : [...pathOf(command.parent), command.name()];
}

/** Runs a command with what the project's configuration says beside the options; one that is wrong ends most of them. */
async function runConfigured(
  definition: CommandDefinition,
  options: GlobalOptions,
  args: readonly string[],
  io: Io,
): Promise<number> {
  if (definition.configuration === 'unread') return definition.run(io, options, args);
  const { configured }: Offline = await import('./offline.ts');
  const read = configured(io, options);
  const isEnded = read.isWrong && definition.configuration !== 'may-be-wrong';
  return isEnded ? exitCode.findings : definition.run(io, read.options, args);
}

function prepare(command: Command, io: Io): void {
  command
    .exitOverride((error) => {
      throw new Stopped(error, command);
    })
    .enablePositionalOptions()
    .configureHelp({
      helpWidth: Math.min(io.out.columns, 100),
      // Long flags leave little room beside them.
      minWidthToWrap: 20,
      sortOptions: false,
      // The summaries name the choices.
      optionDescription: ({ description }) => description,
    })
    .configureOutput({
      writeOut: (text) => io.out.write(text),
      writeErr: (text) => io.error.write(text),
      // Said when it is known whether ecs-cli had it.
      outputError: () => {},
      getOutHasColors: () => io.out.color,
      getErrHasColors: () => io.error.color,
    });
}

/**
 * Whether help may be asked for. Options that stand in the program's own help are hidden in that of each command, and
 * only there: what is hidden is not suggested for an option that is nearly right either.
 */
function asksForHelp(argv: readonly string[]): boolean {
  return ['help', '-h', '--help'].some((word) => argv.includes(word));
}

/** Options of the definitions. */
function addOptions(command: Command, definitions: readonly OptionDefinition[], hidden = false): void {
  for (const definition of definitions) {
    const { flags, summary, choices } = definition;
    const option = new Option(flags, summary).hideHelp(hidden);
    if (choices !== undefined) option.choices([...choices]);
    else option.argParser((text: string, earlier: unknown) => argument(() => readValue(text, earlier, definition)));
    command.addOption(option);
  }
}

/** The value of an option from its text. "$UNSET" of a shell must not end in another cluster, or in no file. */
function readValue(text: string, earlier: unknown, { parse, emptyIsNone }: OptionDefinition): unknown {
  if (text === '' && emptyIsNone) return text;
  if (text === '') throw new UsageError('Give it a value, or leave it out.');
  return parse === undefined ? text : parse(text, earlier);
}

function argument<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw isUsageError(error) ? new InvalidArgumentError(error.message) : error;
  }
}

/** What was said before the command's name and after it: lists are joined, else the later word counts. What is empty was not said. */
function gather(program: Command, command: Command): GlobalOptions {
  const gathered: Record<string, unknown> = {};
  const groups = command.parent === null || command.parent === program ? [] : [command.parent];
  for (const level of [program, ...groups, command]) {
    for (const [name, value] of Object.entries(level.opts())) {
      if (level.getOptionValueSource(name) === 'default' || value === '') continue;
      const earlier = gathered[name];
      gathered[name] = Array.isArray(earlier) && Array.isArray(value) ? [...earlier, ...value] : value;
    }
  }
  return gathered;
}
