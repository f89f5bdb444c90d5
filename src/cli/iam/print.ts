import {
  accountOfRoles,
  callingCommands,
  defaultCluster,
  deployerPolicy,
  executionPolicy,
  imageBuilds,
  type Place,
  type PolicyDocument,
  taskPolicy,
  trustPolicy,
} from '../../deployer.ts';
import { UsageError } from '../command.ts';
import type { IamOptions } from '../commands/iam.ts';
import { didYouMean } from '../did-you-mean.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { ValidInput } from '../input.ts';
import type { Io } from '../io.ts';
import { jsonDocument } from '../render/json-document.ts';

/** Prints the policy of the execution role, or who may assume it. */
export function printExecution(io: Io, options: IamOptions, input: ValidInput): ExitCode {
  const place = placeOf(options, input);
  const document = options.trust
    ? trustPolicy(place)
    : executionPolicy(input.task.definition, place, options.kmsKey ?? []);
  return print(io, options, document, [
    'The task pulls from no ECR registry, reads no secrets and writes no logs to CloudWatch: it needs no execution role.',
  ]);
}

/** Prints the policy of the task role, or who may assume it. */
export function printTask(io: Io, options: IamOptions, { task, region }: ValidInput): ExitCode {
  const place = placeOf(options, { task, region });
  if (options.trust) return print(io, options, trustPolicy(place));
  const { managed = [] } = task.rolePolicies ?? {};
  if (managed.length > 0) {
    say(io, options, 'policy/attach', `Attach to the role too, as x-aws-policies says: ${managed.join(', ')}`);
  }
  return print(io, options, taskPolicy(task, place), [
    'The files ask for nothing that needs a task role. What the code in the containers asks of AWS they do not show:',
    'write it as "x-aws-role" under its service.',
  ]);
}

/** Prints the policy of whoever runs the commands that are named, or any. Throws a `UsageError` for a word that is none. */
export function printDeployer(
  io: Io,
  options: IamOptions,
  { project, task, region }: ValidInput,
  words: readonly string[],
): ExitCode {
  const commands = words.length === 0 ? undefined : commandsOf(words);
  const cluster = options.cluster ?? (io.host.environment['ECS_CLUSTER'] || defaultCluster);
  const place = placeOf(options, { task, region });
  const scope = {
    place,
    project: project.name,
    cluster,
    task,
    images: imageBuilds(project, task.definition).map(({ target }) => target),
    createsRoles: options.createRoles ?? false,
    purges: options.purge ?? false,
    ...(options.kmsKey === undefined ? {} : { secretKeys: options.kmsKey }),
    ...(options.roleName === undefined ? {} : { registryRole: options.roleName }),
  };
  return print(io, options, deployerPolicy(scope, commands), ['For this project these commands ask AWS for nothing.']);
}

/** What stands in an ARN where the account or the region is not known. */
const unknown: Place = { account: 'ACCOUNT_ID', region: 'REGION' };

function placeOf({ account }: IamOptions, { task, region }: Pick<ValidInput, 'task' | 'region'>): Place {
  return {
    account: account ?? accountOfRoles(task.definition) ?? unknown.account,
    region: region ?? unknown.region,
  };
}

/** Prints a policy, and says what is to be known of it: what it lacks, and what an empty one means. */
function print(io: Io, options: IamOptions, document: PolicyDocument, ifEmpty: readonly string[] = []): ExitCode {
  const text = jsonDocument(document);
  if (document.Statement.length === 0) say(io, options, 'policy/empty', ...ifEmpty);
  for (const [flag, word] of Object.entries(unknown)) {
    if (text.includes(`:${word}:`) || text.includes(`"${word}"`)) {
      say(io, options, 'policy/placeholder', `Write your own in place of ${word}, or name it with --${flag}.`);
    }
  }
  io.out.write(text);
  return exitCode.done;
}

/** Says what is to be known of a policy; with `--json` as events are printed. */
function say(io: Io, { quiet, json }: IamOptions, code: string, ...lines: readonly string[]): void {
  if (quiet) return;
  const event = { code, level: 'info', message: lines.join(' '), data: {} };
  io.error.write(json ? `${JSON.stringify(event)}\n` : lines.map((line) => `${line}\n`).join(''));
}

/** The first words of commands that have two. */
const groups: readonly string[] = callingCommands.flatMap((name) => (name.includes(' ') ? name.split(' ', 1) : []));

/** The commands that words name, of which some have two: `up service up`. */
function commandsOf(words: readonly string[]): readonly string[] {
  const commands: string[] = [];
  for (let at = 0; at < words.length; ) {
    const pair = words.slice(at, at + 2).join(' ');
    const [name = ''] = callingCommands.includes(pair) ? [pair] : words.slice(at);
    if (!callingCommands.includes(name)) throw new UsageError(noCommand(groups.includes(name) ? pair : name));
    commands.push(name);
    at += name.split(' ').length;
  }
  return commands;
}

function noCommand(name: string): string {
  const help = didYouMean(name, callingCommands, `Those that call it are ${callingCommands.join(', ')}.`);
  return `"${name}" is no command that calls AWS. ${help}`;
}
