import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { coreScenarios, User } from '../end-to-end/scenarios.ts';

const judges = inject('judges');

describe.skipIf(judges === undefined)('against moto', () => {
  let endpoint = '';
  let server: ReturnType<typeof startMoto>;

  beforeAll(async () => {
    server = startMoto();
    endpoint = await listening(server);
    await tasksGoOnRunning(endpoint);
  });
  afterAll(async () => {
    server.kill();
    await server;
  });

  const account = () => ({ AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
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

/** A server of this suite's own, on a free port. */
function startMoto() {
  // Its services start no tasks: they are told how many run.
  const env = { MOTO_ECS_SERVICE_RUNNING: '1' };
  return execa(join(judges as string, 'moto_server'), ['-H', '127.0.0.1', '-p', '0'], { reject: false, env });
}

/** The address that it says it listens at. */
async function listening(server: ReturnType<typeof startMoto>): Promise<string> {
  for await (const line of createInterface({ input: server.stderr })) {
    const [address] = /http:\S+/.exec(line) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error(`moto ended: ${(await server).stderr}`);
}

/** Unasked, a task of moto's begins to stop at the first look at it. */
async function tasksGoOnRunning(endpoint: string): Promise<void> {
  const transition = { progression: 'manual', times: 1_000_000 };
  const response = await fetch(`${endpoint}/moto-api/state-manager/set-transition`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model_name: 'ecs::task', transition }),
  });
  if (!response.ok) throw new Error(`moto refused: ${await response.text()}`);
}

/** Moto's containers write nothing: their lines are ours, by the time at which they were written. */
async function write({ logs }: User, logStreamName: string, lines: Readonly<Record<number, string>>): Promise<void> {
  const stream = { logGroupName: '/ecs/shop', logStreamName };
  await logs.send(new CreateLogStreamCommand(stream));
  const logEvents = Object.entries(lines).map(([time, message]) => ({ timestamp: Number(time), message }));
  await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
}
