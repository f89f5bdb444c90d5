import { CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, inject, test } from 'vitest';
import { coreScenarios, User } from '../end-to-end/scenarios.ts';
import { motoAccount } from './moto-server.ts';

describe.skipIf(inject('judges') === undefined)('against moto', () => {
  const account = motoAccount();
  coreScenarios(account);

  test('logs prints what stands in the streams of the containers, the oldest line first', async () => {
    const user = new User(account(), 'ap-south-1');
    await user.run('up', '--wait-for', 'running');
    const [{ task } = { task: '' }] = await user.running();
    const now = Date.now();
    await write(user, `web/web/${task}`, { [now - 3000]: 'GET /', [now - 1000]: 'GET /cart' });
    await write(user, `worker/worker/${task}`, { [now - 2000]: 'one job done' });
    const { code, out } = await user.run('logs');
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^web +\| .*GET \/$/),
      expect.stringMatching(/^worker +\| .*one job done$/),
      expect.stringMatching(/^web +\| .*GET \/cart$/),
      '',
    ]);
    expect((await user.run('logs', 'web', '--tail', '1')).out).toMatch(/^web +\| .*GET \/cart\n$/);
  });
});

/** Moto's containers write nothing: their lines are ours, by the time at which they were written. */
async function write({ logs }: User, logStreamName: string, lines: Readonly<Record<number, string>>): Promise<void> {
  const stream = { logGroupName: '/ecs/shop', logStreamName };
  await logs.send(new CreateLogStreamCommand(stream));
  const logEvents = Object.entries(lines).map(([time, message]) => ({ timestamp: Number(time), message }));
  await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
}
