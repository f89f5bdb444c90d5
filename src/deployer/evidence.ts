import type { TaskDefinition } from '../fargate/task-definition.ts';
import type { Account, LogLine } from './account.ts';
import { isAwsError } from './aws/aws-error.ts';
import type { Failure } from './failure.ts';
import { containerLogs, LogReader } from './logs.ts';

/** So many lines mostly hold the error and what led to it. */
const lines = 10;

/**
 * The last lines that the container wrote with which a failure began; none where it wrote none, or where they cannot
 * be read: that is no failure of its own.
 */
export async function lastLines(
  account: Account,
  definition: TaskDefinition,
  { task, container }: Pick<Failure, 'task' | 'container'>,
): Promise<readonly LogLine[]> {
  const logs = containerLogs(definition, task).filter((log) => log.container === container);
  const found: LogLine[] = [];
  try {
    for await (const { time, text } of new LogReader(account, logs, { last: lines }).read()) found.push({ time, text });
  } catch (error) {
    if (!isAwsError(error)) throw error;
  }
  return found;
}
