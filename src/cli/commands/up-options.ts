import { logRetentionDays } from '../../fargate/log-retention.ts';
import { type OptionDefinition, UsageError } from '../command.ts';
import { parseCount, parseDuration } from '../durations.ts';
import { parseTags } from '../tags.ts';

export const waitFor: OptionDefinition = {
  flags: '--wait-for <state>',
  summary: 'running, healthy, completed or none (default: healthy where there is a health check)',
  choices: ['running', 'healthy', 'completed', 'none'],
};

export const buildOption: OptionDefinition = {
  flags: '--build',
  summary: 'build the images of services with "build:", and push them to ECR, before',
};

export const timeout: OptionDefinition = {
  flags: '--timeout <duration>',
  summary: 'how long to wait (default: 10m)',
  parse: parseDuration,
};

/** The options of `down` and `service rm` that say what goes. */
export const removalOptions: readonly OptionDefinition[] = [
  { flags: '--purge', summary: 'remove for good what stays otherwise: logs, images, secrets, revisions' },
  { flags: '-y, --yes', summary: 'do so without a question' },
  { flags: '--dry-run', summary: 'print what would be done, and do nothing' },
];

export const tagsOption: OptionDefinition = {
  flags: '--tags <k=v,...>',
  summary: 'tags of the tasks, and of their service; may be repeated',
  parse: parseTags,
};

/** ECS itself tags only the tasks of services, unless it is asked to. */
export const withoutManagedTags: OptionDefinition = {
  flags: '--disable-ecs-managed-tags',
  summary: 'as is done anyway: ECS gives no tags of its own to tasks without a service',
};

/** The options of `up`, `plan` and `service up` that say how tasks are run. */
export const launchOptions: readonly OptionDefinition[] = [
  {
    flags: '--order <order>',
    summary: 'start-first or stop-first (default: start-first, but stop-first for storage that tasks share)',
    choices: ['start-first', 'stop-first'],
  },
  { flags: '--adopt', summary: 'take over tasks of the family, or a service, that this project did not start' },
  tagsOption,
  { flags: '--create-log-groups', summary: 'make missing log groups (default)' },
  { flags: '--no-create-log-groups', summary: 'leave missing log groups as they are' },
  {
    flags: '--log-retention <days>',
    summary: 'how long the log groups that are made keep logs',
    parse: parseRetention,
  },
  {
    flags: '--create-roles',
    summary: "make the task role that the files ask for, and the execution role where AWS's usual one is missing",
  },
  { flags: '--spot', summary: 'run on Fargate Spot, which is cheaper, and may be interrupted' },
  { flags: '--platform-version <version>', summary: 'Fargate platform version (default: LATEST)' },
  { flags: '--enable-execute-command', summary: 'let commands be run in the containers' },
];

/** The options of `up` and `plan` that say what is to be brought about. */
export const desiredOptions: readonly OptionDefinition[] = [
  buildOption,
  { flags: '--count <n>', summary: 'how many tasks', parse: parseTasks },
  { flags: '--force', summary: 'replace the running tasks although nothing has changed' },
  { flags: '-u, --force-update', summary: 'the same' },
  ...launchOptions,
  withoutManagedTags,
  waitFor,
];

/** Whether the addresses of tasks are tried from here. */
const probe: readonly OptionDefinition[] = [
  { flags: '--probe', summary: 'try each public address, as is done anyway but with --endpoint-url' },
  { flags: '--no-probe', summary: 'leave the addresses untried' },
];

/** The options of `up` and `service up` alone: how they go about it. */
export const deployOptions: readonly OptionDefinition[] = [
  { flags: '-d, --detach', summary: 'as it always does: it ends when the tasks run' },
  { flags: '--dry-run', summary: 'print what would be done, and do nothing' },
  { flags: '--follow', summary: 'show what the containers write while they are waited for' },
  ...probe,
  timeout,
  { flags: '-y, --yes', summary: 'discard the data in volumes that end with their task, without a question' },
];

function parseTasks(text: string): number {
  if (text === '0') throw new UsageError('To have no task, use "compose2fargate down".');
  return parseCount(text);
}

/** Days, bare or as a duration: log retention has no other unit. */
function parseRetention(text: string): number {
  const days = /^\d+$/.test(text) ? Number(text) : parseDuration(text) / 86_400_000;
  if (!logRetentionDays.includes(days)) {
    throw new UsageError(`CloudWatch Logs keeps no logs for "${text}". It takes ${logRetentionDays.join(', ')} days.`);
  }
  return days;
}
