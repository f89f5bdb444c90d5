import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator.ts';
import { folder } from '../folder.ts';
import { cliWith, type Ended, simulated } from './cli.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ speed: 100 });
});
afterEach(() => simulator.close());

const compose = 'name: shop\nservices:\n  db: {image: "mysql:8.4"}\n  web: {image: "nginx:1.29"}\n';
const params = (enabled: boolean) => `task_definition:
  task_role_arn: arn:aws:iam::123456789012:role/shop
run_params:
  enable_execute_command: ${enabled}
`;

function shop(enabled = true): string {
  return folder({ 'compose.yaml': compose, 'ecs-params.yml': params(enabled) });
}

/** Runs the program against the simulator, with these folders on the PATH besides that of node. */
function against(cwd: string, path: readonly string[], ...args: readonly string[]): Promise<Ended> {
  const environment = {
    PATH: [...path, dirname(process.execPath)].join(delimiter),
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: simulator.endpoint,
    AWS_CONFIG_FILE: join(cwd, 'config'),
  };
  const [command = '', ...others] = args;
  return cliWith(environment, cwd, command, '--simulate-speed', '100', ...others);
}

/** A session-manager-plugin that writes down how it was called, and ends with an exit code. */
function plugin(code = 0): { readonly path: string; readonly calls: () => readonly string[][] } {
  const path = folder();
  const file = join(path, 'session-manager-plugin');
  const record = join(path, 'calls.jsonl');
  writeFileSync(record, '');
  writeFileSync(
    file,
    `#!${process.execPath}
require('node:fs').appendFileSync(${JSON.stringify(record)}, JSON.stringify(process.argv.slice(2)) + '\\n');
console.log('in the container');
process.exitCode = ${code};
`,
  );
  chmodSync(file, 0o755);
  const lines = () => readFileSync(record, 'utf8').split('\n').filter(Boolean);
  return { path, calls: () => lines().map((line) => JSON.parse(line)) };
}

describe.skipIf(process.platform === 'win32')('exec', () => {
  it('opens a session and hands it over to session-manager-plugin', async () => {
    const cwd = shop();
    const { path, calls } = plugin();
    writeFileSync(join(cwd, 'config'), '[profile dev]\naws_access_key_id = a\naws_secret_access_key = b\n');
    expect((await against(cwd, [path], 'up')).code).toBe(0);
    const ended = await against(cwd, [path], 'exec', '--aws-profile', 'dev', 'web', 'sh', '-c', "echo 'a b'");
    expect(ended).toMatchObject({ code: 0, out: 'in the container\n', error: '' });

    const asked = simulator.calls.find(({ operation }) => operation === 'ExecuteCommand')?.input;
    expect(asked).toMatchObject({ container: 'web', interactive: true, command: `sh -c 'echo '"'"'a b'"'"''` });
    const [[session = '', region, operation, profile, request = '', endpoint] = []] = calls();
    expect(JSON.parse(session)).toEqual({
      sessionId: expect.stringMatching(/^ecs-execute-command-/),
      streamUrl: expect.stringMatching(/^wss:/),
      tokenValue: expect.any(String),
    });
    expect([region, operation, profile]).toEqual(['us-east-1', 'StartSession', 'dev']);
    const id = (await against(cwd, [], 'ps', '-q')).out.trim();
    expect(JSON.parse(request)).toEqual({ Target: expect.stringMatching(`^ecs:default_${id}_${id}-[0-9a-f]+$`) });
    expect(endpoint).toBe(simulator.endpoint);
  });

  it('of several tasks it takes the newest and says which, or the one that is named', async () => {
    const cwd = shop();
    const { path, calls } = plugin();
    await against(cwd, [path], 'up', '--count', '2');
    const [first = '', second = ''] = (await against(cwd, [], 'ps', '-q')).out.trim().split('\n');
    const ended = await against(cwd, [path], 'exec', 'web', 'sh');
    expect(ended.error).toMatch(/Of 2 tasks, this is the newest: [0-9a-f]{32}\. Name another one with --task-id\./);
    for (const id of [first, second]) await against(cwd, [path], 'exec', '--task-id', id.slice(0, 10), 'web', 'sh');
    const targets = calls().map(([, , , , request = '']) => JSON.parse(request).Target as string);
    expect(targets.slice(1).map((target) => target.split('_')[1])).toEqual([first, second]);
    expect((await against(cwd, [path], 'exec', '--task-id', 'zz', 'web', 'sh')).code).toBe(2);
  });

  it('a session that ends badly is exit code 3', async () => {
    const cwd = shop();
    const { path } = plugin(1);
    await against(cwd, [path], 'up');
    expect((await against(cwd, [path], 'exec', 'web', 'sh')).code).toBe(3);
  });

  it('without the plugin it says how to get it, and asks AWS nothing', async () => {
    const before = simulator.calls.length;
    const { code, error } = await against(shop(), [], 'exec', 'web', 'sh');
    expect(code).toBe(3);
    expect(error).toMatch(/session-manager-plugin.*\n.*https:\/\/docs\.aws\.amazon\.com/);
    expect(simulator.calls).toHaveLength(before);
  });

  it.each<[string, boolean, readonly string[], number, RegExp]>([
    ['nothing runs', true, [], 3, /No task of shop runs.*\n.*compose2fargate up/],
    ['it was started without ECS Exec', false, ['up'], 3, /enable_execute_command: true/],
  ])('%s: it explains that', async (_, enabled, before, expected, reason) => {
    const cwd = shop(enabled);
    const { path, calls } = plugin();
    for (const command of before) await against(cwd, [path], command);
    const { code, error } = await against(cwd, [path], 'exec', 'web', 'sh');
    expect(code).toBe(expected);
    expect(error).toMatch(reason);
    expect(calls()).toEqual([]);
  });

  it('with --simulate there is no container to enter', async () => {
    const { code, error } = await cliWith({}, shop(), 'exec', ...simulated(), 'web', 'sh');
    expect(code).toBe(3);
    expect(error).toContain('The simulator runs no containers');
  });
});
