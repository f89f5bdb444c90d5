import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateClusterCommand, DescribeClustersCommand, ListTasksCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AccountFile } from '../../src/simulator/account-file.ts';
import { AccountFileError, defaultStateFile } from '../../src/simulator.ts';
import { describe, prepareShop, refusal, runShop, type TestAccount, testAccount } from './account.ts';

let folder: string;
let stateFile: string;
const open: TestAccount[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  stateFile = join(folder, 'state', 'account.jsonl');
});
afterEach(async () => {
  for (const account of open.splice(0)) await account.close();
  rmSync(folder, { recursive: true });
});

async function account(options: Parameters<typeof testAccount>[0] = {}): Promise<TestAccount> {
  const opened = await testAccount({ stateFile, ...options });
  open.push(opened);
  return opened;
}

it('outlives the command: a later one sees what became of the task', async () => {
  const first = await account({ behaviours: { web: { exit: { code: 7, after: 1000 } } }, speed: 2 });
  await prepareShop(first);
  const task = await runShop(first);
  await first.close();
  const second = await account();
  second.pass(3);
  expect((await describe(second, task)).lastStatus).toBe('RUNNING');
  second.pass(10);
  const stopped = await describe(second, task);
  expect(stopped.containers?.map(({ name, exitCode }) => [name, exitCode])).toEqual([
    ['db', 0],
    ['web', 7],
  ]);
});

it('shows each of two simulators what the other does', async () => {
  const first = await account();
  const second = await account();
  await first.ecs.send(new CreateClusterCommand({}));
  expect((await second.ecs.send(new DescribeClustersCommand({}))).clusters?.length).toBe(1);
  const clusterNames = ['a', 'b', 'c', 'd', 'e', 'f'];
  await Promise.all(
    clusterNames.map((clusterName, index) =>
      (index % 2 ? first : second).ecs.send(new CreateClusterCommand({ clusterName })),
    ),
  );
  const { clusters } = await first.ecs.send(new DescribeClustersCommand({ clusters: clusterNames }));
  expect(clusters?.length).toBe(6);
});

it('keeps regions apart', async () => {
  const virginia = await account();
  await prepareShop(virginia);
  await runShop(virginia);
  const ireland = await account({ region: 'eu-west-1' });
  expect(await refusal(ireland.ecs.send(new ListTasksCommand({})))).toMatchObject({ name: 'ClusterNotFoundException' });
});

it('can be read by its owner alone', async () => {
  const { ecs } = await account();
  await ecs.send(new CreateClusterCommand({}));
  expect(statSync(stateFile).mode & 0o777).toBe(0o600);
});

it.each([
  ['nonsense', 'it is no account of this version of the simulator'],
  ['{"file":"compose2fargate\'s simulated AWS account","version":1}\n{"service":"ecs","opera', 'line 2 is damaged'],
  ['{"file":"compose2fargate\'s simulated AWS account","version":1}\n{"service":"ecs"}', 'line 2 is damaged'],
])('names a damaged file: %j', async (text, why) => {
  stateFile = join(folder, 'damaged.jsonl');
  writeFileSync(stateFile, text);
  const error = await refusal(account());
  expect(error).toBeInstanceOf(AccountFileError);
  expect(error.message).toBe(
    `The simulated account ${stateFile} cannot be read: ${why}. Delete the file to begin a new account.`,
  );
  expect(readFileSync(stateFile, 'utf8')).toBe(text);
});

it('begins anew with an empty file', async () => {
  stateFile = join(folder, 'empty.jsonl');
  writeFileSync(stateFile, '');
  await prepareShop(await account());
  expect(readFileSync(stateFile, 'utf8').split('\n').length).toBe(5);
});

it('names a path that is a folder', async () => {
  stateFile = folder;
  expect((await refusal(account())).message).toMatch(`The simulated account ${folder} cannot be read: `);
});

it('takes over the lock of a process that died', async () => {
  stateFile = join(folder, 'account.jsonl');
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(`${stateFile}.lock`, String(pid));
  await prepareShop(await account());
  expect(existsSync(`${stateFile}.lock`)).toBe(false);
});

it('waits for a command that has the lock, and in the end says which', async () => {
  stateFile = join(folder, 'account.jsonl');
  writeFileSync(`${stateFile}.lock`, String(process.ppid));
  const released = setTimeout(() => rmSync(`${stateFile}.lock`), 200);
  await account();
  clearTimeout(released);
  writeFileSync(`${stateFile}.lock`, String(process.ppid));
  const error = await refusal(new AccountFile(stateFile, 100).locked(() => undefined));
  expect(error.message).toContain(`${stateFile} is in use by process ${process.ppid}.`);
  expect(error.message).toContain(`delete ${stateFile}.lock`);
});

it('is kept in the state folder of the user', () => {
  expect(defaultStateFile({ XDG_STATE_HOME: '/s', HOME: '/h' }, 'linux')).toBe('/s/compose2fargate/simulator.jsonl');
  expect(defaultStateFile({ XDG_STATE_HOME: 's', HOME: '/h' }, 'darwin')).toBe(
    '/h/.local/state/compose2fargate/simulator.jsonl',
  );
  expect(defaultStateFile({ LOCALAPPDATA: 'C:\\L' }, 'win32')).toBe('C:\\L\\compose2fargate\\simulator.jsonl');
  expect(defaultStateFile({}, 'linux')).toBeUndefined();
});
