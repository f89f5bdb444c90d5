import type { KeyValuePair } from '../../fargate/task-definition.ts';
import { type CommandDefinition, type OptionDefinition, UsageError } from '../command.ts';
import { parseAmount, parseMoment } from '../durations.ts';
import { exitCode } from '../exit-code.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Io } from '../io.ts';
import { parseRepeated } from '../repeated.ts';
import { online } from './online.ts';
import { removalOptions, tagsOption, timeout, waitFor, withoutManagedTags } from './up-options.ts';

const oneTask: OptionDefinition = {
  flags: '--task-id <id>',
  summary: 'only this task; the beginning of its id will do',
};

/** The options of `ps` and `service ps`. */
export const psOptions: readonly OptionDefinition[] = [
  { flags: '-a, --all', summary: 'stopped tasks too, and why they stopped' },
  {
    flags: '--desired-status <status>',
    summary: 'only tasks that are RUNNING (the default), or only those that are STOPPED',
    choices: ['RUNNING', 'STOPPED'],
  },
  { flags: '--services', summary: 'print the names of the services alone' },
  { flags: '--probe', summary: 'try each public address' },
];

/** What `logs` and `service logs` are told. */
export const logsDefinition: Pick<CommandDefinition, 'arguments' | 'options'> = {
  arguments: [{ usage: '[services...]', summary: 'only these services' }],
  options: [
    { flags: '-f, --follow', summary: 'go on as lines come, those of new tasks too' },
    { flags: '--since <time>', summary: 'only lines since a time, or younger than 10m', parse: parseMoment },
    { flags: '--until <time>', summary: 'only lines before a time, or older than 10m', parse: parseMoment },
    {
      flags: '-n, --tail <n>',
      summary: 'only so many last lines of each container; 0 with -f: only new ones',
      parse: parseTail,
    },
    { flags: '--grep <pattern>', summary: 'only lines that match a regular expression', parse: parsePattern },
    { flags: '-t, --timestamps', summary: 'the time of each line before it' },
    { flags: '--no-log-prefix', summary: "leave out the containers' names" },
    oneTask,
  ],
};

/** The commands that look at a project's tasks and steer them. */
export const taskCommands: readonly CommandDefinition[] = [
  {
    name: 'ps',
    aliases: ['list'],
    summary: "list the project's tasks; with -q their ids alone",
    options: psOptions,
    run: online('ps', 'error'),
  },
  {
    name: 'logs',
    summary: "print the containers' logs",
    ...logsDefinition,
    run: online('logs', 'error', { read: readLogs }),
  },
  {
    name: 'run',
    summary: "run a command once, in a task of its own; ends with the container's exit code",
    arguments: [
      { usage: '<service>', summary: 'the service whose container runs it' },
      { usage: '[command...]', summary: 'the command and its arguments, in place of those of the service' },
    ],
    options: [
      { flags: '-d, --detach', summary: "print the task's id and end" },
      {
        flags: '-e, --env <name=value>',
        summary: 'set a variable; without a value, the one of this shell',
        parse: parseRepeated,
      },
      { flags: '--no-create-log-groups', summary: 'leave missing log groups as they are' },
      tagsOption,
      withoutManagedTags,
      { flags: '--rm', summary: 'accepted, as ECS forgets stopped tasks by itself' },
      { flags: '-T, --no-TTY', summary: 'accepted, as a one-off task has no terminal' },
      { flags: '-i, --interactive', summary: 'not possible: see exec' },
      { flags: '-t, --tty', summary: 'not possible: see exec' },
    ],
    passThrough: true,
    run: online('run', 'error', { read: readRun, invalid: exitCode.notRun, registers: true }),
  },
  {
    name: 'exec',
    summary: 'run a command in a container that runs already',
    arguments: [
      { usage: '<service>', summary: 'the service whose container runs it' },
      { usage: '<command...>', summary: 'the command and its arguments' },
    ],
    options: [
      oneTask,
      { flags: '-i, --interactive', summary: 'accepted, as it always is' },
      { flags: '-t, --tty', summary: 'accepted, as it always has a terminal' },
    ],
    passThrough: true,
    run: online('exec', 'error', { read: ([service, ...command]) => ({ service, command }) }),
  },
  {
    name: 'scale',
    summary: "bring the number of the project's tasks to N, with what they run already",
    arguments: [{ usage: '<n>', summary: 'how many tasks; 0 stops them' }],
    options: [waitFor, tagsOption, withoutManagedTags, timeout],
    run: online('scale', 'error', { read: ([count = '']) => ({ count: parseTasks(count) }) }),
  },
  {
    name: 'stop',
    summary: "stop the project's tasks, and those of run",
    options: [timeout],
    run: online('stop', 'error'),
  },
  {
    name: 'down',
    summary: "stop the project's tasks, remove what was made around them, and say what stays",
    options: [
      ...removalOptions,
      timeout,
      { flags: '-v, --volumes', summary: 'not possible: volumes end with their task, EFS stays' },
    ],
    run: online('down', 'error', { read: readDown }),
  },
];

/** What the words after `logs` mean. */
export function readLogs(services: readonly string[], options: GlobalOptions): object {
  const { follow, until } = options as { readonly follow?: boolean; readonly until?: unknown };
  if (follow && until !== undefined) throw new UsageError('--until and --follow exclude each other.');
  return { services };
}

function readRun([service, ...command]: readonly string[], options: GlobalOptions, { host }: Io): object {
  const {
    interactive,
    tty,
    env = [],
  } = options as {
    readonly interactive?: boolean;
    readonly tty?: boolean;
    readonly env?: readonly string[];
  };
  if (interactive || tty) {
    throw new UsageError(
      'A one-off task has no terminal. Leave out -i and -t, or run a command in a container that runs: compose2fargate exec SERVICE COMMAND.',
    );
  }
  return { service, command, env: env.flatMap((text) => variable(text, host.environment)) };
}

/** A variable as `NAME=VALUE`, or as a name alone: then it has the value of this shell, and is left out without one. */
function variable(text: string, environment: Io['host']['environment']): readonly KeyValuePair[] {
  const [, name, value] = /^([^=]+)(?:=(.*))?$/s.exec(text) ?? [];
  if (name === undefined) throw new UsageError(`"${text}" is no variable. Write one like NAME=value.`);
  const given = value ?? environment[name];
  return given === undefined ? [] : [{ name, value: given }];
}

function readDown(_: readonly string[], options: GlobalOptions): object {
  if ((options as { readonly volumes?: boolean }).volumes) {
    throw new UsageError(
      'Leave out --volumes: the volumes of a task are gone when it stops, and EFS file systems are never removed.',
    );
  }
  return {};
}

function parseTasks(text: string): number {
  if (/^[\w.-]+=\d+$/.test(text)) {
    const [, count] = text.split('=');
    throw new UsageError(`All services are in one task, so only tasks can be counted: write scale ${count}.`);
  }
  if (!/^\d+$/.test(text)) throw new UsageError(`"${text}" is no number of tasks. Write a whole number from 0 on.`);
  return Number(text);
}

/** Docker Compose takes `all` too. */
function parseTail(text: string): number | undefined {
  return text === 'all' ? undefined : parseAmount(text);
}

function parsePattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    throw new UsageError(`"${text}" is no regular expression: ${(error as Error).message}.`);
  }
}
