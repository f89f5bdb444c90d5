import { logRetentionDays } from '../../fargate/log-retention.ts';
import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { createLogGroup, logGroupArn } from '../log-streams.ts';
import type { LogGroup } from '../records/logs.ts';
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

export const logGroupOperations: Readonly<Record<string, Operation>> = {
  CreateLogGroup: { check: checkName, apply: applyCreateLogGroup },
  DescribeLogGroups: { answer: describeLogGroups },
  PutRetentionPolicy: { check: checkRetention, apply: putRetentionPolicy },
  ListTagsForResource: { answer: listTags },
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

function listTags(account: Account, { input }: Call<{ readonly resourceArn: string }>): object {
  const group = account.logGroups.get(input.resourceArn);
  if (group === undefined) throw new ApiError('ResourceNotFoundException', 'The specified resource does not exist.');
  return { tags: group.tags };
}

function checkRetention(account: Account, call: Call<LogGroupInput>): void {
  logGroupOf(account, call);
  if (logRetentionDays.includes(call.input.retentionInDays ?? 0)) return;
  const message = `retentionInDays must be one of ${logRetentionDays.join(', ')}`;
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
