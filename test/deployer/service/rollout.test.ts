import { expect, test } from 'vitest';
import type { Account, TaskState } from '../../../src/deployer/account.ts';
import { awaitRollout } from '../../../src/deployer/service/rollout.ts';
import type { ServiceState } from '../../../src/deployer/service/service-account.ts';

/** A service that ECS shows as steady with one task. */
const service: ServiceState = {
  arn: 'arn:service/web',
  name: 'web',
  status: 'ACTIVE',
  revisionArn: 'arn:td/web:1',
  members: {
    desiredCount: 1,
    capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }],
    deploymentConfiguration: {
      maximumPercent: 200,
      minimumHealthyPercent: 100,
      deploymentCircuitBreaker: { enable: true, rollback: true },
    },
  },
  runningCount: 1,
  pendingCount: 0,
  tags: new Map(),
  deployments: [
    {
      id: 'ecs-svc/1',
      status: 'PRIMARY',
      revisionArn: 'arn:td/web:1',
      desiredCount: 1,
      runningCount: 1,
      pendingCount: 0,
      failedTasks: 0,
      rolloutState: 'COMPLETED',
    },
  ],
  events: [],
};

function task(arn: string, runs: boolean): TaskState {
  return {
    arn,
    revisionArn: 'arn:td/web:1',
    lastStatus: runs ? 'RUNNING' : 'STOPPED',
    desiredStatus: runs ? 'RUNNING' : 'STOPPED',
    healthStatus: 'UNKNOWN',
    tags: new Map(),
    startedAt: 1,
    startedBy: 'ecs-svc/1',
    ...(runs ? {} : { stopCode: 'EssentialContainerExited', stoppedAt: 2 }),
    containers: [],
  };
}

/** Waits for the service, whose tasks that run are those of `looks`, one look after the other; the last one stays. */
async function waited(...looks: readonly (readonly string[])[]): Promise<{ kind: string; seconds: number }> {
  let now = 0;
  let look = -1;
  const listed = () => looks[Math.min(look, looks.length - 1)] ?? [];
  const account: Partial<Account> = {
    describeService: async () => service,
    listServiceTasks: async () => {
      look++;
      return listed();
    },
    describeTasks: async (_, arns) => arns.map((arn) => task(arn, listed().includes(arn))),
  };
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const { signal } = new AbortController();
  const watching = { account: account as Account, cluster: 'default', clock, signal, emit: () => undefined };
  const { kind } = await awaitRollout(watching, service, 600_000);
  return { kind, seconds: now / 1000 };
}

test('tasks that ran before are steady at the first look', async () => {
  expect(await waited(['task/1'])).toEqual({ kind: 'steady', seconds: 1 });
});

test('a task that ECS counts and does not list yet must have run for ten seconds', async () => {
  const { kind, seconds } = await waited([], ['task/1']);
  expect(kind).toBe('steady');
  expect(seconds).toBeGreaterThan(10);
});

test('a service that looks steady while one task dies after the other has failed', async () => {
  expect(await waited([], ['task/1'], ['task/2'], ['task/3'], ['task/4'])).toMatchObject({ kind: 'rollout-failed' });
  const slow = ['task/1', 'task/2', 'task/3', 'task/4'].flatMap((arn) => [[arn], [arn]]);
  expect(await waited([], ...slow)).toMatchObject({ kind: 'rollout-failed' });
});
