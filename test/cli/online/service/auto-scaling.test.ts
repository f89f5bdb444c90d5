import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { serviceRemove, serviceScale, serviceStop, serviceUp } from '../../../../src/cli/online.ts';
import { type Simulator, startSimulator } from '../../../../src/simulator.ts';
import type { ServiceSettings } from '../../../../src/transformer/service-settings.ts';
import type { Task } from '../../../../src/transformer/task.ts';
import { shop, Terminal } from '../project.ts';

const targetGroupArn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/shop/0123456789abcdef';
const autoScaling: NonNullable<ServiceSettings['autoScaling']> = {
  minCapacity: 2,
  maxCapacity: 4,
  targetTracking: [
    { predefinedMetricType: 'ECSServiceAverageCPUUtilization', targetValue: 60, scaleInCooldown: 300 },
    { predefinedMetricType: 'ALBRequestCountPerTarget', targetValue: 500 },
  ],
  scheduledActions: [{ scheduledActionName: 'morning', schedule: 'cron(0 7 ? * MON-FRI *)', minCapacity: 3 }],
};

let simulator: Simulator;
let terminal: Terminal;
beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
  simulator = await startSimulator({ speed: 50 });
  terminal = new Terminal({ endpointUrl: simulator.endpoint });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  terminal.close();
  await simulator.close();
});

function scaled(changes: Partial<typeof autoScaling> = {}): Task {
  const loadBalancers = [{ targetGroupArn, containerName: 'web', containerPort: 80 }];
  return shop({ run: { service: { loadBalancers, autoScaling: { ...autoScaling, ...changes } } } });
}

/** The calls to Application Auto Scaling since the last time, in order. */
let seen = 0;
function scalingCalls(): readonly string[] {
  const calls = simulator.calls.slice(seen);
  seen = simulator.calls.length;
  return calls.filter(({ service }) => service === 'application-autoscaling').map(({ operation }) => operation);
}
beforeEach(() => {
  seen = 0;
});

test('a service is scaled as the files say; unchanged, nothing is told again', async () => {
  expect(await serviceUp(terminal.context(scaled()), {})).toBe(0);
  expect(terminal.error).toContain('Create the service shop of 2 tasks behind');
  expect(terminal.error).toContain('Let Application Auto Scaling keep 2 to 4 tasks of the service shop');
  expect(terminal.error).toContain('Scale the service shop to an average of 60 % CPU');
  expect(terminal.error).toContain('Scale the service shop to 500 requests a minute for each task');
  expect(terminal.error).toContain(
    'Schedule morning of the service shop: at least 3 tasks from cron(0 7 ? * MON-FRI *) on',
  );
  expect(scalingCalls()).toEqual([
    'RegisterScalableTarget',
    'PutScalingPolicy',
    'PutScalingPolicy',
    'PutScheduledAction',
  ]);
  const labels = simulator.calls.flatMap(
    ({ input }) => /"ResourceLabel":"([^"]*)"/.exec(JSON.stringify(input))?.[1] ?? [],
  );
  expect(labels).toEqual([expect.stringMatching(/^app\/shop\/\w+\/targetgroup\/shop\/0123456789abcdef$/)]);

  expect(await serviceUp(terminal.context(scaled()), {})).toBe(0);
  expect(terminal.error).toContain('Everything is as the files say.');
  expect(scalingCalls().filter((operation) => !operation.startsWith('Describe'))).toEqual([]);
});

test('of more schedules than an answer of AWS has, none is told again', async () => {
  const scheduledActions = Array.from({ length: 60 }, (_, minute) => ({
    scheduledActionName: `at-${minute}`,
    schedule: `cron(${minute} 7 ? * MON-FRI *)`,
    minCapacity: 3,
  }));
  await serviceUp(terminal.context(scaled({ scheduledActions })), {});
  expect(await serviceUp(terminal.context(scaled({ scheduledActions })), { dryRun: true })).toBe(0);
  expect(terminal.out).toBe('Nothing to do: everything is as the files say.\n');
});

test('how many tasks there are is left to it', async () => {
  await serviceUp(terminal.context(scaled()), {});
  await serviceScale(terminal.context(scaled()), { count: 4 });
  expect(await serviceUp(terminal.context(scaled()), { dryRun: true })).toBe(0);
  expect(terminal.out).toBe('Nothing to do: everything is as the files say.\n');
});

test('a number of tasks that it would not keep is warned of', async () => {
  expect(await serviceUp(terminal.context(scaled()), { count: 9 })).toBe(0);
  expect(terminal.error).toContain(
    'warning: 9 tasks are asked for, and auto scaling keeps 2 to 4 of the service shop: it ends with 4.',
  );
  expect(terminal.error).toContain('Create the service shop of 4 tasks');
  expect(await serviceScale(terminal.context(scaled()), { count: 12 })).toBe(0);
  const { endpoint } = simulator;
  expect(terminal.error).toContain(`\
warning: 12 tasks are asked for, and auto scaling keeps 2 to 4 of the service shop: it ends with 4. [scale/outside-capacity]
  help: To keep 12, set run_params.auto_scaling.max_capacity in ecs-params.yml to 12, and run "compose2fargate service up --endpoint-url ${endpoint}".
`);
  await serviceScale(terminal.context(scaled()), { count: 1 });
  expect(terminal.error).toContain('1 task is asked for, and auto scaling keeps 2 to 4 of the service shop');
  expect(terminal.error).toContain('To keep 1, set run_params.auto_scaling.min_capacity');
  await serviceScale(terminal.context(scaled()), { count: 0 });
  expect(terminal.error).toContain('To keep it without tasks, use "compose2fargate service stop ');
  await serviceScale(terminal.context(scaled()), { count: 3 });
  expect(terminal.error).not.toContain('asked for');
});

test('what it cannot take back while it rests is not warned of', async () => {
  await serviceUp(terminal.context(scaled()), {});
  await serviceStop(terminal.context(scaled()), {});
  await serviceScale(terminal.context(scaled()), { count: 0 });
  expect(terminal.error).not.toContain('asked for');
});

test('what has changed alone is told, and what no longer stands there goes', async () => {
  await serviceUp(terminal.context(scaled()), {});
  scalingCalls();
  const [cpu] = autoScaling.targetTracking ?? [];
  const changes = { maxCapacity: 6, targetTracking: [{ ...cpu, targetValue: 70 }] as never, scheduledActions: [] };
  expect(await serviceUp(terminal.context(scaled(changes)), { dryRun: true })).toBe(0);
  expect(terminal.out).toBe(`Let Application Auto Scaling keep 2 to 6 tasks of the service shop, in place of 2 to 4.
Scale the service shop to an average of 70 % CPU.
No longer scale the service shop by ALBRequestCountPerTarget.
Take the schedule morning from the service shop.
Wait until the service shop is steady with 2 tasks.
`);
  await serviceUp(terminal.context(scaled(changes)), {});
  expect(await serviceUp(terminal.context(scaled(changes)), { dryRun: true })).toBe(0);
  expect(terminal.out).toBe('Nothing to do: everything is as the files say.\n');
});

test('"service stop" suspends it, so that no task is started again, and "service up" resumes it', async () => {
  await serviceUp(terminal.context(scaled()), {});
  expect(await serviceStop(terminal.context(scaled()), {})).toBe(0);
  expect(terminal.error).toMatch(
    /Suspend the auto scaling of the service shop, which would start tasks again\.[\s\S]*desiredCount \d → 0/,
  );
  expect(await serviceStop(terminal.context(scaled()), {})).toBe(0);
  expect(terminal.error).not.toContain('Suspend');
  expect(await serviceUp(terminal.context(scaled()), {})).toBe(0);
  expect(terminal.error).toContain('Resume the auto scaling of the service shop.');
  expect(await serviceUp(terminal.context(scaled()), { dryRun: true })).toBe(0);
  expect(terminal.out).toBe('Nothing to do: everything is as the files say.\n');
});

test('"service scale" resumes it too, unless there is to be no task', async () => {
  await serviceUp(terminal.context(scaled()), {});
  await serviceStop(terminal.context(scaled()), {});
  expect(await serviceScale(terminal.context(scaled()), { count: 0 })).toBe(0);
  expect(terminal.error).not.toContain('Resume');
  expect(await serviceScale(terminal.context(scaled()), { count: 3 })).toBe(0);
  expect(terminal.error).toMatch(/Resume the auto scaling of the service shop\.[\s\S]*desiredCount 0 → 3/);
  expect(await serviceScale(terminal.context(scaled()), { count: 4 })).toBe(0);
  expect(terminal.error).not.toContain('Resume');
});

test('without auto_scaling it ends, and nobody asks again', async () => {
  await serviceUp(terminal.context(scaled()), {});
  expect(await serviceUp(terminal.context(shop()), {})).toBe(0);
  expect(terminal.error).toContain('End the auto scaling of the service shop');
  scalingCalls();
  await serviceUp(terminal.context(shop()), {});
  expect(terminal.error).toContain('Everything is as the files say.');
  expect(scalingCalls()).toEqual([]);
});

test('it ends before the service does', async () => {
  await serviceUp(terminal.context(scaled()), {});
  expect(await serviceRemove(terminal.context(scaled()), {})).toBe(0);
  expect(terminal.error).toMatch(/End the auto scaling of the service shop[\s\S]*Delete the service shop/);
});
