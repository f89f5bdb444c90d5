import { expect, test } from 'vitest';
import type { ContainerState, TaskState } from '../../src/deployer/account.ts';
import type { WaitFor } from '../../src/deployer/desired.ts';
import { type Judgement, judge } from '../../src/deployer/verdict.ts';
import type { TaskDefinition } from '../../src/fargate/task-definition.ts';

const definition: TaskDefinition = {
  family: 'shop',
  containerDefinitions: [
    { name: 'db', image: 'mysql', healthCheck: { command: ['CMD', 'true'] } },
    { name: 'web', image: 'wordpress', dependsOn: [{ containerName: 'db', condition: 'HEALTHY' }] },
    { name: 'init', image: 'busybox', essential: false },
  ],
};

function state(
  lastStatus: string,
  containers: Record<string, Partial<ContainerState>> = {},
  more: Partial<TaskState> = {},
): TaskState {
  return {
    arn: 'arn:task/a',
    revisionArn: 'arn:td/shop:1',
    lastStatus,
    desiredStatus: 'RUNNING',
    healthStatus: 'UNKNOWN',
    tags: new Map(),
    containers: ['db', 'web', 'init'].map((name) => ({
      name,
      lastStatus,
      healthStatus: 'UNKNOWN',
      ...containers[name],
    })),
    ...more,
  };
}

const healthy = { db: { healthStatus: 'HEALTHY' } };
const unhealthy = { db: { healthStatus: 'UNHEALTHY' } };
const ended = { stopCode: 'EssentialContainerExited', desiredStatus: 'STOPPED' };

test.each<[WaitFor, string, TaskState, number, Judgement]>([
  ['none', 'anything', state('PROVISIONING'), 0, 'ready'],
  ['running', 'not yet running', state('PENDING'), 60_000, 'waiting'],
  ['running', 'for 9 s', state('RUNNING'), 9_000, 'waiting'],
  ['running', 'for 10 s', state('RUNNING'), 10_000, 'ready'],
  [
    'running',
    'unhealthy, which does not matter',
    state('RUNNING', { db: { healthStatus: 'UNHEALTHY' } }),
    10_000,
    'ready',
  ],
  ['running', 'stopping, its exit codes not known yet', state('STOPPING', {}, ended), 10_000, 'waiting'],
  ['running', 'stopped', state('STOPPED', {}, ended), 0, 'failed'],
  ['running', 'its network going, its exit codes known', state('DEPROVISIONING', {}, ended), 0, 'failed'],
  ['healthy', 'health not known', state('RUNNING'), 60_000, 'waiting'],
  ['healthy', 'healthy, the web server, which has no check, for 9 s', state('RUNNING', healthy), 9_000, 'waiting'],
  ['healthy', 'healthy, the web server, which has no check, for 10 s', state('RUNNING', healthy), 10_000, 'ready'],
  ['healthy', 'the database healthy, the web server not started', state('PENDING', healthy), 0, 'waiting'],
  ['healthy', 'an unhealthy dependency', state('PENDING', { db: { healthStatus: 'UNHEALTHY' } }), 0, 'failed'],
  ['completed', 'running', state('RUNNING', healthy), 60_000, 'waiting'],
  [
    'completed',
    'ended with 0',
    state('STOPPED', { db: { exitCode: 143 }, web: { exitCode: 0 }, init: { exitCode: 0 } }, ended),
    0,
    'ready',
  ],
  [
    'completed',
    'a helper ended with 0, the rest was killed',
    state('STOPPED', { db: { exitCode: 137 }, web: { exitCode: 137 }, init: { exitCode: 0 } }, ended),
    0,
    'failed',
  ],
  [
    'completed',
    'ended with 1',
    state('STOPPED', { db: { exitCode: 143 }, web: { exitCode: 1 }, init: { exitCode: 0 } }, ended),
    0,
    'failed',
  ],
  ['completed', 'never started', state('STOPPED', {}, { stopCode: 'TaskFailedToStart' }), 0, 'failed'],
  ['running', 'a dependency is unhealthy', state('PENDING', unhealthy), 0, 'failed'],
  ['completed', 'a dependency is unhealthy', state('PENDING', unhealthy), 0, 'failed'],
  ['none', 'a dependency is unhealthy', state('PENDING', unhealthy), 0, 'ready'],
])('waiting for %s: %s', (waitFor, _, task, runningFor, judgement) => {
  expect(judge(task, definition, waitFor, runningFor)).toBe(judgement);
});

test('where every essential container has a check, health alone counts', () => {
  const [db, , init] = definition.containerDefinitions;
  const checked = { ...definition, containerDefinitions: [db, init] } as TaskDefinition;
  const { containers, ...task } = state('RUNNING', healthy);
  const some = containers.filter(({ name }) => name !== 'web');
  expect(judge({ ...task, containers: some }, checked, 'healthy', 0)).toBe('ready');
});
