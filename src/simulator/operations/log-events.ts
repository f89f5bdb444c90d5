import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { type LogEvent, type LogStream, logGroupArn, streamsOf } from '../log-streams.ts';
import { logGroupOf } from './log-groups.ts';
import { type Operation, page } from './operation.ts';

interface Period {
  /** Milliseconds since 1970, as `endTime`, which is not in it. */
  readonly startTime?: number;
  readonly endTime?: number;
}

interface GetLogEventsInput extends Period {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly startFromHead?: boolean;
  readonly limit?: number;
  readonly nextToken?: string;
}

interface FilterLogEventsInput extends Period {
  readonly logGroupName: string;
  readonly logStreamNames?: readonly string[];
  readonly logStreamNamePrefix?: string;
  readonly filterPattern?: string;
  readonly limit?: number;
  readonly nextToken?: string;
}

interface DescribeLogStreamsInput {
  readonly logGroupName: string;
  readonly logStreamNamePrefix?: string;
  readonly orderBy?: string;
  readonly descending?: boolean;
  readonly limit?: number;
  readonly nextToken?: string;
}

/** The most events that one answer holds. */
const MOST_EVENTS = 10_000;

export const logEventOperations: Readonly<Record<string, Operation>> = {
  GetLogEvents: { answer: getLogEvents },
  FilterLogEvents: { answer: filterLogEvents },
  DescribeLogStreams: { answer: describeLogStreams },
};

/** A page of one stream. At the end of it the same forward token comes back, so that a follower knows. */
function getLogEvents(account: Account, call: Call<GetLogEventsInput>): object {
  const { logStreamName, startFromHead = false, limit = MOST_EVENTS, nextToken, startTime, endTime } = call.input;
  const stream = streams(account, call).find((candidate) => candidate.logStreamName === logStreamName);
  if (stream === undefined) {
    throw new ApiError('ResourceNotFoundException', 'The specified log stream does not exist.');
  }
  const { events } = stream;
  // A token counts from the beginning of the stream: the next call need not name the period again.
  const countBefore = (time: number) => events.filter(({ timestamp }) => timestamp < time).length;
  const first = startTime === undefined ? 0 : countBefore(startTime);
  const last = endTime === undefined ? events.length : countBefore(endTime);
  const start = Math.max(first, startOf(nextToken, limit) ?? (startFromHead ? first : last - limit));
  const end = Math.min(endOf(nextToken) ?? start + limit, last);
  return {
    events: events.slice(start, end).map((event) => ({ ...event, ingestionTime: event.timestamp })),
    nextForwardToken: `f/${Math.max(start, end)}`,
    nextBackwardToken: `b/${start}`,
  };
}

/** The index that a token starts at: `f/12` reads on from the 13th event, `b/12` reads the events before it. */
function startOf(token: string | undefined, limit: number): number | undefined {
  if (token === undefined) return undefined;
  const [, direction, index] = /^([fb])\/(\d+)$/.exec(token) ?? [];
  if (index === undefined) throw new ApiError('InvalidParameterException', 'The specified nextToken is invalid.');
  return direction === 'f' ? Number(index) : Math.max(0, Number(index) - limit);
}

function endOf(token: string | undefined): number | undefined {
  return token?.startsWith('b/') ? Number(token.slice(2)) : undefined;
}

/** The events of several streams by their times. Of filter patterns only plain words are modelled. */
function filterLogEvents(account: Account, call: Call<FilterLogEventsInput>): object {
  const { logStreamNames, logStreamNamePrefix = '', filterPattern = '', limit = MOST_EVENTS, nextToken } = call.input;
  if (/[{}[\]?%]/.test(filterPattern)) {
    const message = `The simulator reads only plain words in a filterPattern, not ${JSON.stringify(filterPattern)}.`;
    throw new ApiError('InvalidParameterException', message);
  }
  const words = filterPattern.split(/\s+/).map((word) => word.replaceAll('"', ''));
  const events = streams(account, call)
    .filter(
      ({ logStreamName }) => logStreamNames?.includes(logStreamName) ?? logStreamName.startsWith(logStreamNamePrefix),
    )
    .flatMap(identified)
    .filter(within(call.input))
    .filter(({ message }) => words.every((word) => message.includes(word)))
    .toSorted((a, b) => a.timestamp - b.timestamp);
  const { items, ...next } = page(events, limit, nextToken);
  return { events: items, searchedLogStreams: [], ...next };
}

function identified({ logStreamName, events }: LogStream) {
  return events.map((event, index) => ({
    ...event,
    logStreamName,
    ingestionTime: event.timestamp,
    eventId: `${logStreamName}/${index}`,
  }));
}

function describeLogStreams(account: Account, call: Call<DescribeLogStreamsInput>): object {
  const { logStreamNamePrefix = '', orderBy, descending = false, limit = 50, nextToken } = call.input;
  const described = streams(account, call)
    .filter(({ logStreamName }) => logStreamName.startsWith(logStreamNamePrefix))
    .map(({ logStreamName, creationTime, events }) => ({
      logStreamName,
      creationTime,
      ...(events.length === 0
        ? {}
        : { firstEventTimestamp: events[0]?.timestamp, lastEventTimestamp: events.at(-1)?.timestamp }),
      arn: `${logGroupArn(call.region, call.input.logGroupName)}:log-stream:${logStreamName}`,
    }))
    .toSorted((a, b) =>
      orderBy === 'LastEventTime'
        ? (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0)
        : a.logStreamName < b.logStreamName
          ? -1
          : 1,
    );
  const { items, ...next } = page(descending ? described.toReversed() : described, limit, nextToken);
  return { logStreams: items, ...next };
}

function streams(account: Account, call: Call<{ readonly logGroupName: string }>): readonly LogStream[] {
  return streamsOf(account, logGroupOf(account, call).arn, call.at);
}

function within({ startTime = 0, endTime = Number.POSITIVE_INFINITY }: Period): (event: LogEvent) => boolean {
  return ({ timestamp }) => timestamp >= startTime && timestamp < endTime;
}
