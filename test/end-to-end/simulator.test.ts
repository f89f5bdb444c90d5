import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { folder } from '../folder.ts';
import { bareEnvironment, cli, cliWith, launcher } from './cli.ts';
import { served } from './served.ts';

const fast = ['--simulate-speed', '100'];
const compose = 'name: shop\nservices:\n  web:\n    image: nginx\n';

/** A web server that ends at once, and a worker that its task lives on with. */
const ended = `${compose}    ports: ["80:80"]
    restart: "no"
    x-simulate: {exit: {code: 0, after: 1s}}
  worker:
    image: busybox
`;

it('serves an account to other commands, and Ctrl-C is its normal end', async () => {
  const simulator = await served(...fast);
  const cwd = folder({ 'compose.yaml': compose });
  expect((await cliWith(simulator.environment, cwd, 'up', ...fast)).code).toBe(0);
  expect((await cliWith(simulator.environment, cwd, 'ps')).out).toMatch(/web .*RUNNING/);
  expect((await simulator.interrupt()).code).toBe(0);
  const { code, error } = await cliWith(simulator.environment, cwd, 'ps');
  expect(code).toBe(3);
  expect(error).toContain('nobody answers at that address');
});

it('answers in place of tasks, which their addresses are tried for only when that is asked for', async () => {
  const simulator = await served(...fast);
  const cwd = folder({ 'compose.yaml': `${compose}    ports: ["80:80", "8080:8080"]\n` });
  expect((await cliWith(simulator.environment, cwd, 'up', ...fast)).error).not.toContain('answers');
  const probed = await cliWith(simulator.environment, cwd, 'up', '--probe', ...fast);
  expect(probed.error).toMatch(/^http:\/\/203\.0\.113\.\d+ answers with HTTP status 200\.$/m);
  expect(probed.error).toMatch(/^203\.0\.113\.\d+:8080\/tcp accepts connections\.$/m);
  expect((await cliWith(simulator.environment, cwd, 'ps', '--probe')).out).toContain(' (HTTP 200), 203.0.113.');
});

it('says where a request got lost: what stopped answers no more', async () => {
  const simulator = await served(...fast, '-f', join(folder({ 'compose.yaml': ended }), 'compose.yaml'));
  const cwd = folder({ 'compose.yaml': ended });
  const { code, error } = await cliWith(simulator.environment, cwd, 'up', '--probe', ...fast);
  expect(code).toBe(0);
  expect(error).toMatch(
    /warning: http:\/\/203\.0\.113\.\d+ does not answer: the container web of the task \w+ has stopped\. \[address\/silent\]/,
  );
});

it('prints the endpoint on stdout, and on stderr the line for a shell', async () => {
  const command = execa(process.execPath, [launcher, 'simulator'], { extendEnv: false, env: bareEnvironment });
  command.stdout.once('data', () => command.kill('SIGINT'));
  const { stdout, stderr } = await command;
  expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(stderr).toContain('nothing it runs is a container');
  expect(stderr).toContain(`  export AWS_ENDPOINT_URL=${stdout} AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 `);
});

it('lets containers behave as the file of -f says', async () => {
  const text = `${compose}    x-simulate: {exit: {code: 3, after: 1s}}\n`;
  const cwd = folder({ 'compose.yaml': text });
  const simulator = await served('-f', join(cwd, 'compose.yaml'), ...fast);
  const { code, error } = await cliWith(simulator.environment, cwd, 'up', ...fast);
  expect(code).toBe(4);
  expect(error).toContain('exit code 3');
});

it('keeps the account in the file that is named, and nowhere else', async () => {
  const cwd = folder({ 'compose.yaml': compose });
  const state = ['--simulate-state', join(cwd, 'account.jsonl')];
  const simulator = await served(...state, ...fast);
  await cliWith(simulator.environment, cwd, 'up', ...fast);
  await simulator.interrupt();
  expect((await cli(cwd, 'ps', ...state)).out).toMatch(/web .*RUNNING/);
  expect((await cliWith((await served()).environment, cwd, 'ps')).out).not.toContain('RUNNING');
});

it('a port that is taken, or that is none, is wrong usage', async () => {
  const { endpoint } = await served();
  const port = new URL(endpoint).port;
  const taken = await cli(folder(), 'simulator', '--port', port);
  expect(taken).toMatchObject({ code: 2, out: '' });
  expect(taken.error).toContain(`Port ${port} cannot be had: another program has it.`);
  expect((await cli(folder(), 'simulator', '--port', '65536')).code).toBe(2);
});

it('a file of -f that has errors ends it before it serves', async () => {
  const cwd = folder({ 'compose.yaml': 'services: {web: {}}\n' });
  expect(await cli(cwd, '-f', 'compose.yaml', 'simulator')).toMatchObject({ code: 1, out: '' });
});
