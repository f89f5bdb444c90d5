import type { Account, Call, LogGroup } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { createLogGroup, logGroupArn } from '../log-streams.ts';
import { type Operation, page } from './operation.ts';

interface LogGroupInput {
  readonly logGroupName: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly retentionInDays?: number;
}

interface DescribeLogGroupsInput {
  readonly logGroupNamePrefix?: string;
  readonly limit?: number;
  readonly nextToken?: string;
}

/** The days that CloudWatch Logs can keep a group's events; the service takes no others. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const logGroupOperations: Readonly<Record<string, Operation>> = {
  CreateLogGroup: { check: checkName, apply: applyCreateLogGroup },
  DescribeLogGroups: { answer: describeLogGroups },
  PutRetentionPolicy: { check: checkRetention, apply: putRetentionPolicy },
  DeleteLogGroup: { check: logGroupOf, apply: deleteLogGroup },
};

/** The group that a call names; refuses one that is not there. */
export function logGroupOf(account: Account, { region, input }: Call<{ readonly logGroupName: string }>): LogGroup {
  const group = account.logGroups.get(logGroupArn(region, input.logGroupName));
  if (group !== undefined) return group;
  throw new ApiError('ResourceNotFoundException', 'The specified log group does not exist.');
}

function checkName(account: Account, { region, input }: Call<LogGroupInput>): void {
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(input.logGroupName)) {
    const message = "Value at 'logGroupName' failed to satisfy constraint: Member must match [\\.\\-_/#A-Za-z0-9]+";
    throw new ApiError('InvalidParameterException', `1 validation error detected: ${message}`);
  }
  if (!account.logGroups.has(logGroupArn(region, input.logGroupName))) return;
  throw new ApiError('ResourceAlreadyExistsException', 'The specified log group already exists');
}

function applyCreateLogGroup(account: Account, { region, at, input }: Call<LogGroupInput>): object {
  createLogGroup(account, logGroupArn(region, input.logGroupName), input.logGroupName, at, input.tags);
  return {};
}

function describeLogGroups(account: Account, { region, input }: Call<DescribeLogGroupsInput>): object {
  const prefix = logGroupArn(region, input.logGroupNamePrefix ?? '');
  const groups = [...account.logGroups.values()]
    .filter((group) => group.arn.startsWith(prefix))
    .toSorted((a, b) => (a.arn < b.arn ? -1 : 1))
    .map(({ tags: _, ...group }) => ({
      ...group,
      arn: `${group.arn}:*`,
      logGroupArn: group.arn,
      metricFilterCount: 0,
      storedBytes: 0,
      logGroupClass: 'STANDARD',
    }));
  const { items, ...next } = page(groups, input.limit ?? 50, input.nextToken);
  return { logGroups: items, ...next };
}

function checkRetention(account: Account, call: Call<LogGroupInput>): void {
  logGroupOf(account, call);
  if (RETENTION_DAYS.includes(call.input.retentionInDays ?? 0)) return;
  const message = `retentionInDays must be one of ${RETENTION_DAYS.join(', ')}`;
  throw new ApiError('InvalidParameterException', message);
}

function putRetentionPolicy(account: Account, call: Call<LogGroupInput>): object {
  const group = logGroupOf(account, call);
  if (call.input.retentionInDays !== undefined) group.retentionInDays = call.input.retentionInDays;
  return {};
}

function deleteLogGroup(account: Account, { region, input }: Call<LogGroupInput>): object {
  account.logGroups.delete(logGroupArn(region, input.logGroupName));
  return {};
}
