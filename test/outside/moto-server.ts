import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { afterAll, beforeAll, inject } from 'vitest';

/** Starts a moto for the tests of a suite, on a free port, and gives the variables that lead an AWS client to it. */
export function motoAccount(): () => Readonly<Record<string, string>> {
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
  return () => ({ AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
}

function startMoto() {
  // Its services start no tasks: they are told how many run.
  const env = { MOTO_ECS_SERVICE_RUNNING: '1' };
  return execa(join(inject('judges') as string, 'moto_server'), ['-H', '127.0.0.1', '-p', '0'], { reject: false, env });
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
