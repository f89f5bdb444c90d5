import { logRetentionDays } from '../../fargate/log-retention.ts';
import { type OptionDefinition, UsageError } from '../command.ts';
import { parseCount, parseDuration } from '../durations.ts';
import { parseTags } from '../tags.ts';

export const waitFor: OptionDefinition = {
  flags: '--wait-for <state>',
  summary: 'running, healthy, completed or none (default: healthy where there is a health check)',
  choices: ['running', 'healthy', 'completed', 'none'],
};

/** The options of `up` and `plan` that say what is to be brought about. */
export const desiredOptions: readonly OptionDefinition[] = [
  { flags: '--count <n>', summary: 'how many tasks', parse: parseTasks },
  { flags: '--force', summary: 'replace the running tasks although nothing has changed' },
  {
    flags: '--order <order>',
    summary: 'start-first or stop-first (default: start-first, but stop-first for storage that tasks share)',
    choices: ['start-first', 'stop-first'],
  },
  { flags: '--adopt', summary: 'take over tasks of the family that this project did not start' },
  { flags: '--tags <k=v,...>', summary: 'tags of the tasks; may be repeated', parse: parseTags },
  { flags: '--create-log-groups', summary: 'make missing log groups (default)' },
  { flags: '--no-create-log-groups', summary: 'leave missing log groups as they are' },
  {
    flags: '--log-retention <days>',
    summary: 'how long the log groups that are made keep logs',
    parse: parseRetention,
  },
  { flags: '--spot', summary: 'run on Fargate Spot, which is cheaper, and may be interrupted' },
  { flags: '--platform-version <version>', summary: 'Fargate platform version (default: LATEST)' },
  { flags: '--enable-execute-command', summary: 'let commands be run in the containers' },
  waitFor,
];

/** Whether the addresses of tasks are tried from here. */
export const probe: readonly OptionDefinition[] = [
  { flags: '--probe', summary: 'try each public address, as is done anyway where they are those of AWS' },
  { flags: '--no-probe', summary: 'leave the addresses untried' },
];

/** The options of `up` alone: how it goes about it. */
export const upOptions: readonly OptionDefinition[] = [
  { flags: '-d, --detach', summary: 'as "up" always does: it ends when the task runs' },
  { flags: '--dry-run', summary: 'print what would be done, and do nothing' },
  { flags: '--follow', summary: 'show what the containers write while they are waited for' },
  ...probe,
  { flags: '--timeout <duration>', summary: 'how long to wait (default: 10m)', parse: parseDuration },
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
