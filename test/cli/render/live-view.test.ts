import { stripVTControlCharacters } from 'node:util';
import { expect, test, vi } from 'vitest';
import type { Io } from '../../../src/cli/io.ts';
import { LiveView } from '../../../src/cli/render/live-view.ts';
import type { OperationSummary } from '../../../src/deployer.ts';
import { nodeHost } from '../../../src/node.ts';

function terminal(): { io: Io; frames: string[] } {
  const frames: string[] = [];
  const output = (write: (text: string) => void) => ({ write, isTerminal: true, color: false, columns: 80 });
  return {
    frames,
    io: {
      host: nodeHost(),
      out: output(() => {
        throw new Error('The view is not for stdout.');
      }),
      error: output((text) => frames.push(stripVTControlCharacters(text))),
      signal: new AbortController().signal,
      handOver: (program) => program(),
    },
  };
}

function operations(count: number): readonly OperationSummary[] {
  return Array.from({ length: count }, (_, index) => ({ index, kind: 'run-tasks', sentence: `Step ${index}` }));
}

/** Waits until the view has drawn something; listr2 draws in its own time. */
async function drawn(frames: readonly string[], text: string): Promise<void> {
  await vi.waitFor(() => expect(frames.join('')).toContain(text), { timeout: 10_000 });
}

function progress(task: string): Parameters<LiveView['show']>[0] {
  const containers = [{ name: 'web', lastStatus: 'RUNNING', healthStatus: 'HEALTHY' }];
  return { code: 'task/changed', level: 'info', data: { task, status: 'RUNNING', containers } };
}

test('a row an operation, with the tasks below the one at hand, and its result in the end', async () => {
  const { io, frames } = terminal();
  const view = new LiveView(io, {});
  const steps = operations(2);
  view.show({ code: 'plan/made', level: 'info', data: { operations: steps, changes: true } });
  await drawn(frames, 'Step 0');
  view.show({ code: 'operation/done', level: 'info', data: { ...(steps[0] as OperationSummary), result: 'shop:1' } });
  view.show(progress('0123456789abcdef'));
  await drawn(frames, '01234567 RUNNING  web HEALTHY');
  view.show({ code: 'operation/done', level: 'info', data: { ...(steps[1] as OperationSummary), result: 'done' } });
  await view.close();
  expect(frames.join('')).toMatch(/Step 0: shop:1\n.*Step 1: done\n/);
});

test('an operation that did not end is not shown as done, and errors stand below the rows', async () => {
  const { io, frames } = terminal();
  const view = new LiveView(io, {});
  view.show({ code: 'plan/made', level: 'info', data: { operations: operations(2), changes: true } });
  await drawn(frames, 'Step 0');
  view.show({ code: 'task/lost', level: 'error', data: { tasks: ['abc'], cluster: 'default' } });
  await view.close();
  expect(frames.at(-1)).toMatch(/^error: ECS no longer knows task abc/);
  expect(frames.join('')).not.toMatch(/[✔√] Step/);
});

test('it is at most 24 lines high', async () => {
  const { io, frames } = terminal();
  const view = new LiveView(io, {});
  const steps = operations(60);
  view.show({ code: 'plan/made', level: 'info', data: { operations: steps, changes: true } });
  for (let index = 0; index < 13; index++) {
    view.show({ code: 'operation/done', level: 'info', data: { ...(steps[index] as OperationSummary), result: 'x' } });
  }
  for (let task = 0; task < 30; task++) view.show(progress(`${task}`.padStart(32, '0')));
  await drawn(frames, '00000000 RUNNING');
  for (let task = 0; task < 30; task++) view.show(progress(`${task}`.padStart(32, '1')));
  await drawn(frames, '11111111 RUNNING');
  await view.close();
  // What stays on the screen in the end too.
  expect(Math.max(...frames.map((frame) => frame.trimEnd().split('\n').length))).toBeLessThanOrEqual(24);
  expect(frames.join('')).not.toContain('Step 20');
});

test('a task stands below its row once, as it is now, with the service and its last events', async () => {
  const { io, frames } = terminal();
  const view = new LiveView(io, {});
  view.show({ code: 'plan/made', level: 'info', data: { operations: operations(1), changes: true } });
  await drawn(frames, 'Step 0');
  const service = { service: 'shop', status: 'ACTIVE', desired: 1, pending: 0, deployments: [] };
  view.show({ code: 'rollout/changed', level: 'info', data: { ...service, running: 0 } });
  view.show({ code: 'task/changed', level: 'info', data: { task: '01234567', status: 'PENDING', containers: [] } });
  view.show({ code: 'service/event', level: 'info', data: { service: 'shop', message: 'has started a task' } });
  await drawn(frames, 'PENDING');
  view.show({ code: 'rollout/changed', level: 'info', data: { ...service, running: 1 } });
  view.show(progress('01234567'));
  view.show({ code: 'service/event', level: 'info', data: { service: 'shop', message: 'is steady' } });
  await drawn(frames, 'is steady');
  const last = frames.findLast((frame) => frame.includes('is steady'));
  expect(last).toMatch(/Service shop: 1 of 1 .*\n.*01234567 RUNNING {2}web HEALTHY\n.*has started a task\n.*is steady/);
  expect(last).not.toMatch(/PENDING|0 of 1/);
  await view.close();
  // The rollout did not end well, and this is what ECS said last.
  expect(frames.at(-1)).toBe('is steady\n');
});
