import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { StopTaskCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { prepareShop, refusal, runShop, type TestAccount, testAccount } from './account.ts';

const logGroupName = '/ecs/shop';
let account: TestAccount;
let stream: string;
beforeEach(async () => {
  account = await testAccount({ behaviours: { web: { logs: ['one', 'two', 'three'] } } });
  await prepareShop(account);
  const task = await runShop(account);
  stream = `web/web/${task.replace(/^.*\//, '')}`;
});
afterEach(() => account.close());

async function read(input: object = {}) {
  const { events = [], ...tokens } = await account.logs.send(
    new GetLogEventsCommand({ logGroupName, logStreamName: stream, startFromHead: true, ...input }),
  );
  return { lines: events.map(({ message }) => message), ...tokens };
}

it('has a stream once the container started, and lines as time goes', async () => {
  expect(await refusal(read())).toMatchObject({ name: 'ResourceNotFoundException' });
  account.pass(5.6);
  const first = await read();
  expect(first.lines).toEqual(['one']);
  account.pass(0.3);
  const second = await read({ nextToken: first.nextForwardToken });
  expect(second.lines).toEqual(['two']);
  account.pass(10);
  const third = await read({ nextToken: second.nextForwardToken });
  expect(third.lines).toEqual(['three']);
  const end = await read({ nextToken: third.nextForwardToken });
  expect(end).toMatchObject({ lines: [], nextForwardToken: third.nextForwardToken });
});

it('reads the last lines, the lines before them, and those of a period', async () => {
  account.pass(60);
  const last = await read({ startFromHead: false, limit: 1 });
  expect(last.lines).toEqual(['three']);
  expect((await read({ nextToken: last.nextBackwardToken, limit: 1 })).lines).toEqual(['two']);
  const { events = [] } = await account.logs.send(new GetLogEventsCommand({ logGroupName, logStreamName: stream }));
  expect((await read({ startTime: events[1]?.timestamp, endTime: events[2]?.timestamp })).lines).toEqual(['two']);
});

it('reads on from the end of a period', async () => {
  account.pass(60);
  const { events = [] } = await account.logs.send(new GetLogEventsCommand({ logGroupName, logStreamName: stream }));
  const period = await read({ startTime: events[1]?.timestamp, endTime: events[2]?.timestamp });
  expect((await read({ nextToken: period.nextForwardToken })).lines).toEqual(['three']);
  const nothingYet = await read({ startTime: (events[2]?.timestamp ?? 0) + 1 });
  expect(nothingYet.lines).toEqual([]);
  expect((await read({ nextToken: nothingYet.nextForwardToken })).lines).toEqual([]);
});

it('says in its own lines that nothing runs, and merges the streams of a group', async () => {
  account.pass(60);
  await account.ecs.send(new StopTaskCommand({ task: stream.replace(/^.*\//, '') }));
  account.pass(60);
  const { events = [] } = await account.logs.send(new FilterLogEventsCommand({ logGroupName }));
  const lines = events.map(({ logStreamName, message }) => `${logStreamName?.split('/')[0]}: ${message}`);
  expect(lines).toEqual([
    "db: [simulated] db started; no container runs, these lines are the simulator's",
    'db: [simulated] db passes its health check',
    'web: one',
    'web: two',
    'web: three',
    'db: [simulated] db was stopped',
  ]);
  const found = await account.logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: 'health' }));
  expect(found.events?.length).toBe(1);
  const { logStreams } = await account.logs.send(new DescribeLogStreamsCommand({ logGroupName }));
  expect(logStreams?.map(({ logStreamName }) => logStreamName?.split('/')[0])).toEqual(['db', 'web']);
});

it('keeps groups, each made once, with their retention', async () => {
  const again = new CreateLogGroupCommand({ logGroupName });
  expect(await refusal(account.logs.send(again))).toMatchObject({ name: 'ResourceAlreadyExistsException' });
  await account.logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 30 }));
  const eight = new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 8 });
  expect(await refusal(account.logs.send(eight))).toMatchObject({ name: 'InvalidParameterException' });
  await account.logs.send(new CreateLogGroupCommand({ logGroupName: '/other' }));
  const { logGroups } = await account.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/ecs/' }));
  expect(logGroups).toMatchObject([{ logGroupName, retentionInDays: 30 }]);
  const nowhere = new GetLogEventsCommand({ logGroupName: '/nowhere', logStreamName: 'x' });
  expect(await refusal(account.logs.send(nowhere))).toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'The specified log group does not exist.',
  });
});

it('begins anew when its group was deleted', async () => {
  account.pass(60);
  await account.logs.send(new DeleteLogGroupCommand({ logGroupName }));
  expect(await refusal(read())).toMatchObject({ name: 'ResourceNotFoundException' });
  await account.logs.send(new CreateLogGroupCommand({ logGroupName }));
  const { logStreams } = await account.logs.send(new DescribeLogStreamsCommand({ logGroupName }));
  expect(logStreams).toEqual([]);
});
