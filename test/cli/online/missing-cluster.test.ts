import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { down, logs, type OnlineContext, ps, serviceLogs, servicePs, stop } from '../../../src/cli/online.ts';
import { shop, Terminal } from './project.ts';

let terminal: Terminal;
beforeEach(() => {
  terminal = new Terminal();
});
afterEach(() => {
  vi.unstubAllEnvs();
  terminal.close();
});

const commands: Readonly<Record<string, (context: OnlineContext) => Promise<number>>> = {
  ps: (context) => ps(context, {}),
  'ps --all': (context) => ps(context, { all: true }),
  logs: (context) => logs(context, {}),
  'logs --task-id': (context) => logs(context, { taskId: '1' }),
  stop: (context) => stop(context, {}),
  down: (context) => down(context, {}),
  'service ps': (context) => servicePs(context, {}),
  'service logs': (context) => serviceLogs(context, {}),
};

describe.each(Object.entries(commands))('%s', (_, run) => {
  test('with a cluster that was named and does not exist is refused', async () => {
    expect(await run(terminal.context(shop(), { cluster: 'shpo' }))).toBe(3);
    expect(terminal.error.match(/The cluster shpo does not exist in this region\./g)).toHaveLength(1);
    expect(terminal.error).toContain('compose2fargate cluster up --cluster shpo');
    expect(terminal.error).not.toContain('No task');
    expect(terminal.out).toBe('');
  });
});

test('a cluster that the environment names is a named one', async () => {
  vi.stubEnv('ECS_CLUSTER', 'shpo');
  expect(await ps(terminal.context(shop()), {})).toBe(3);
  expect(terminal.error).toContain('The cluster shpo does not exist');
});

test.each(['ps', 'logs', 'stop', 'down'])('%s before the first up, in the cluster default', async (name) => {
  expect(await commands[name]?.(terminal.context(shop()))).toBe(0);
  expect(terminal.error).toContain('No task of shop runs in the cluster default.');
});
