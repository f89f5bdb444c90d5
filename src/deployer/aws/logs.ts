import { CloudWatchLogsClient, CreateLogGroupCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Account, LogPosition } from '../account.ts';
import { type Ask, isAwsError } from './aws-error.ts';
import type { ClientConfiguration } from './connection.ts';

/** CloudWatch Logs by the SDK; one client a region, since `awslogs-region` may name another one. */
export function logsAccount(
  configuration: ClientConfiguration,
  ask: Ask,
): Pick<Account, 'createLogGroup' | 'logPage' | 'close'> {
  const clients = new Map<string | undefined, CloudWatchLogsClient>();
  const clientFor = (region = configuration.region): CloudWatchLogsClient => {
    const known = clients.get(region);
    if (known !== undefined) return known;
    const client = new CloudWatchLogsClient({ ...configuration, ...(region === undefined ? {} : { region }) });
    clients.set(region, client);
    return client;
  };
  return {
    async createLogGroup({ name, region }) {
      try {
        await ask('logs:CreateLogGroup', () =>
          clientFor(region).send(new CreateLogGroupCommand({ logGroupName: name })),
        );
      } catch (error) {
        if (!isAwsError(error, 'ResourceAlreadyExistsException')) throw error;
      }
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
