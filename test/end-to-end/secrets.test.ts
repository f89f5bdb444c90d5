import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator.ts';
import { folder } from '../folder.ts';
import { launcher } from './cli.ts';

const compose = `name: shop
services:
  web:
    image: nginx
    environment: {DB_PASSWORD: "", MODE: x}
  db:
    image: mysql:8
    environment: {DB_PASSWORD_FILE: /run/secrets/db_password}
`;

let simulator: Simulator;

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator(options);
}
beforeEach(() => start());
afterEach(() => simulator.close());

async function push(
  input: string,
  words: readonly string[] = [],
  cwd = folder({ 'compose.yaml': compose }),
): Promise<{ code: number | undefined; out: string; error: string }> {
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [launcher, 'secrets', 'push', ...words, '--endpoint-url', simulator.endpoint, '--region', 'us-east-1'],
    {
      cwd,
      input,
      reject: false,
      extendEnv: false,
      stripFinalNewline: false,
      env: { PATH: '', HOME: '/nowhere', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' },
    },
  );
  return { code: exitCode, out: stdout, error: stderr };
}

const writes = () =>
  simulator.calls.filter(({ operation }) => /^(?:Create|Put|Update)/.test(operation)).map((call) => call.operation);
const inputOf = (operation: string) => simulator.calls.find((call) => call.operation === operation)?.input;

describe('secrets push', () => {
  it('makes secrets and prints the lines of ecs-params for the services that read them', async () => {
    const { code, out, error } = await push("DB_PASSWORD='hunt$er2'\n");
    expect(code).toBe(0);
    const arn = /arn:aws:secretsmanager:us-east-1:123456789012:secret:shop\/DB_PASSWORD-\w{6}/.exec(out)?.[0];
    const lines = (service: string) =>
      `    ${service}:\n      secrets:\n        - name: DB_PASSWORD\n          value_from: ${arn}\n`;
    expect(out).toBe(`task_definition:\n  services:\n${lines('web')}${lines('db')}`);
    expect(inputOf('CreateSecret')).toMatchObject({
      Name: 'shop/DB_PASSWORD',
      SecretString: 'hunt$er2',
      Tags: [{ Key: 'compose2fargate:project', Value: 'shop' }],
    });
    expect(`${out}${error}`).not.toContain('hunt');
  });

  it('writes what has changed, and nothing else', async () => {
    await push('A=1\nB=2\n');
    const { code, out, error } = await push('A=1\nB=3\n', ['--json']);
    expect(code).toBe(0);
    expect(writes()).toEqual(['CreateSecret', 'CreateSecret', 'PutSecretValue']);
    expect(JSON.parse(out)).toMatchObject({
      store: 'secrets-manager',
      secrets: [
        { variable: 'A', name: 'shop/A', change: 'unchanged' },
        { variable: 'B', name: 'shop/B', change: 'updated' },
      ],
    });
    expect(error).not.toMatch(/"(?:value|[123])"/);
  });

  it('warns of a value that addresses another service, which nothing rewrites, and pushes it all the same', async () => {
    const input = 'DATABASE_URL=mysql://u:hunter2@db:3306/shop\nMODE=db\n';
    const { code, error } = await push(input);
    expect(code).toBe(0);
    expect(error).toMatch(/^warning: DATABASE_URL addresses another service by its name, .*\[secret\/sibling\]$/m);
    expect(error).not.toContain('hunter2');
    expect((await push(input, ['--no-rewrite-hosts'])).error).not.toContain('secret/sibling');
    const mended = await push(input.replace('@db', '@127.0.0.1'), ['--dry-run']);
    expect(mended.error).not.toContain('secret/sibling');
  });

  it('--store ssm: SecureString parameters below /PROJECT, with the key', async () => {
    const { out } = await push('A=1\n', ['--store', 'ssm', '--kms-key', 'alias/mine']);
    expect(out).toContain('value_from: arn:aws:ssm:us-east-1:123456789012:parameter/shop/A\n');
    expect(inputOf('PutParameter')).toMatchObject({ Name: '/shop/A', Type: 'SecureString', KeyId: 'alias/mine' });
    await push('A=1\n', ['--store', 'ssm']);
    expect(writes()).toEqual(['PutParameter']);
    expect((await push('A=2\n', ['--store', 'ssm'])).code).toBe(0);
    expect(writes()).toEqual(['PutParameter', 'PutParameter']);
  });

  it('from a file, only the variables that are named', async () => {
    const cwd = folder({ 'compose.yaml': compose, 'secrets.env': 'A=1\nB=2\n' });
    expect((await push('', ['B', '--from', 'secrets.env'], cwd)).code).toBe(0);
    expect(inputOf('CreateSecret')).toMatchObject({ Name: 'shop/B' });
    expect(writes()).toHaveLength(1);
    expect((await push('', ['--env-file', 'secrets.env'], cwd)).code).toBe(0);
    expect(writes()).toHaveLength(2);
  });

  it('--dry-run prints the plan and writes nothing', async () => {
    expect(await push('A=1\n', ['--dry-run'])).toMatchObject({ code: 0, out: 'Create the secret shop/A.\n' });
    expect(writes()).toEqual([]);
  });

  it('lines that it prints are lines that ecs-params takes', async () => {
    const { out } = await push('DB_PASSWORD=x\n');
    const cwd = folder({ 'compose.yaml': compose, 'ecs-params.yml': out });
    const { stdout } = await execa(process.execPath, [launcher, 'convert', '--region', 'us-east-1'], { cwd });
    const [web] = JSON.parse(stdout).containerDefinitions;
    expect(web.secrets).toEqual([{ name: 'DB_PASSWORD', valueFrom: expect.stringMatching(/^arn:aws:secretsmanager/) }]);
  });
});

describe('what it refuses', () => {
  it.each([
    ['DB PASSWORD=hunter2\n', 1],
    ['A="hunter2\n', 1],
    ['A=${hunter2\n', 1],
    ['A=x$hunter2\n', 1],
    ['A=\n', 2],
    ['', 2],
  ])('%j: exit %i, nothing is written, and the value is not shown', async (input, exit) => {
    const { code, out, error } = await push(input);
    expect({ code, out, calls: simulator.calls }).toEqual({ code: exit, out: '', calls: [] });
    expect(error).toContain('error:');
    expect(error).not.toContain('hunter2');
  });

  it('what AWS refuses is exit 3 and the permission; the next run goes on', async () => {
    await simulator.close();
    await start({ faults: [{ operation: 'CreateSecret', nth: 2, kind: 'access-denied' }] });
    const { code, out, error } = await push('A=1\nB=2\n');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(error).toContain('lack the permission secretsmanager:CreateSecret');
    expect((await push('A=1\nB=2\n')).code).toBe(0);
    expect(writes()).toEqual(['CreateSecret', 'CreateSecret', 'CreateSecret']);
  });
});
