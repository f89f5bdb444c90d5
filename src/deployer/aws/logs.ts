import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  PutRetentionPolicyCommand,
  type LogGroup as SdkLogGroup,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Tag } from '../../fargate/task-definition.ts';
import type { Account, LogPosition } from '../account.ts';
import { type Ask, isAwsError, undefinedOn } from './aws-error.ts';
import type { ClientConfiguration } from './connection.ts';

/** CloudWatch Logs by the SDK; one client a region, since `awslogs-region` may name another one. */
export function logsAccount(
  configuration: ClientConfiguration,
  ask: Ask,
): Pick<Account, 'createLogGroup' | 'logGroupTags' | 'deleteLogGroup' | 'logPage' | 'close'> {
  const clients = new Map<string | undefined, CloudWatchLogsClient>();
  const clientFor = (region = configuration.region): CloudWatchLogsClient => {
    const known = clients.get(region);
    if (known !== undefined) return known;
    const client = new CloudWatchLogsClient({ ...configuration, ...(region === undefined ? {} : { region }) });
    clients.set(region, client);
    return client;
  };
  return {
    async createLogGroup({ name, region }, tags, retention) {
      const client = clientFor(region);
      try {
        await ask('logs:CreateLogGroup', () =>
          client.send(new CreateLogGroupCommand({ logGroupName: name, tags: asRecord(tags) })),
        );
      } catch (error) {
        if (!isAwsError(error, 'ResourceAlreadyExistsException')) throw error;
        if (retention === undefined || !(await lacksRetention(ask, client, name, tags))) return;
      }
      if (retention === undefined) return;
      await ask('logs:PutRetentionPolicy', () =>
        client.send(new PutRetentionPolicyCommand({ logGroupName: name, retentionInDays: retention })),
      );
    },
    async logGroupTags({ name, region }) {
      const client = clientFor(region);
      const group = await findGroup(ask, client, name);
      return group && tagsOf(ask, client, group);
    },
    async deleteLogGroup({ name, region }) {
      const gone = ask('logs:DeleteLogGroup', () =>
        clientFor(region).send(new DeleteLogGroupCommand({ logGroupName: name })),
      );
      await gone.catch(undefinedOn('ResourceNotFoundException'));
    },
    async logPage({ group, name }, position) {
      try {
        const { events = [], nextForwardToken = '' } = await ask('logs:GetLogEvents', () =>
          clientFor(group.region).send(
            new GetLogEventsCommand({ logGroupName: group.name, logStreamName: name, ...where(position) }),
          ),
        );
        const lines = events.map(({ timestamp = 0, message = '' }) => ({ time: timestamp, text: message }));
        return { lines, next: nextForwardToken };
      } catch (error) {
        if (isAwsError(error, 'ResourceNotFoundException')) return undefined;
        throw error;
      }
    },
    close() {
      for (const client of clients.values()) client.destroy();
    },
  };
}

/** Whether a group is ours and keeps its events for ever: a command that made it was cut short. */
async function lacksRetention(
  ask: Ask,
  client: CloudWatchLogsClient,
  name: string,
  tags: readonly Tag[],
): Promise<boolean> {
  const group = await findGroup(ask, client, name);
  if (group === undefined || group.retentionInDays !== undefined) return false;
  const found = await tagsOf(ask, client, group);
  return tags.every(({ key = '', value }) => found.get(key) === value);
}

/** The group of a name. Those whose names begin with it come after it. */
async function findGroup(ask: Ask, client: CloudWatchLogsClient, name: string): Promise<SdkLogGroup | undefined> {
  const { logGroups = [] } = await ask('logs:DescribeLogGroups', () =>
    client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name })),
  );
  return logGroups.find(({ logGroupName }) => logGroupName === name);
}

async function tagsOf(
  ask: Ask,
  client: CloudWatchLogsClient,
  { logGroupArn, arn = '' }: SdkLogGroup,
): Promise<ReadonlyMap<string, string>> {
  // An older ARN of a group ends in `:*`, which is no resource that has tags.
  const resourceArn = logGroupArn ?? arn.replace(/:\*$/, '');
  const { tags = {} } = await ask('logs:ListTagsForResource', () =>
    client.send(new ListTagsForResourceCommand({ resourceArn })),
  );
  return new Map(Object.entries(tags));
}

function asRecord(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]));
}

function where(position: LogPosition): {
  nextToken?: string;
  limit?: number;
  startFromHead?: boolean;
  startTime?: number;
  endTime?: number;
} {
  const endTime = position.until === undefined ? {} : { endTime: position.until };
  if ('after' in position) return { nextToken: position.after, startFromHead: true, ...endTime };
  const startTime = position.since === undefined ? endTime : { startTime: position.since, ...endTime };
  // GetLogEvents gives at most 10,000 lines, the last ones unless it starts from the head.
  return 'last' in position
    ? { limit: Math.min(position.last, 10_000), startFromHead: false, ...startTime }
    : { startFromHead: true, ...startTime };
}
