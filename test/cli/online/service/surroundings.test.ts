import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { serviceRemove, serviceUp } from '../../../../src/cli/online.ts';
import { openAccount } from '../../../../src/deployer.ts';
import { type Fault, type Simulator, startSimulator } from '../../../../src/simulator.ts';
import { shop, Terminal } from '../project.ts';

// The tests are many times as long beside other work.
vi.setConfig({ testTimeout: 180_000 });

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  // The SDK waits for a random part of a growing time before it tries again.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterAll(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const speed = 2_000;
const timeout = 1e12;

const surrounded = shop({
  run: {
    service: {
      autoScaling: {
        minCapacity: 1,
        maxCapacity: 2,
        targetTracking: [{ predefinedMetricType: 'ECSServiceAverageCPUUtilization', targetValue: 60 }],
        scheduledActions: [{ scheduledActionName: 'night', schedule: 'cron(0 22 * * ? *)', maxCapacity: 1 }],
      },
      serviceDiscovery: { privateDnsNamespace: { name: 'shop.internal', vpc: 'vpc-1' } },
    },
  },
});

type Command = (terminal: Terminal) => Promise<number>;
const make: Command = (terminal) => serviceUp(terminal.context(surrounded), { timeout });
const remove: Command = (terminal) => serviceRemove(terminal.context(surrounded), { timeout });

/** What there is around the service. */
async function state({ endpoint }: Simulator): Promise<unknown> {
  const account = openAccount({ region: 'us-east-1', endpoint });
  const scaling = await (await account.scaling()).describe({ cluster: 'default', service: 'shop' });
  const where = { name: 'shop.internal', type: 'DNS_PRIVATE' } as const;
  const { namespace, entry } = await (await account.discovery()).find(where, 'shop');
  const service = await account.describeService('default', 'shop');
  account.close();
  const registries = service?.members.serviceRegistries ?? [];
  return {
    service: service?.status,
    scaling: { ...scaling, policies: [...scaling.policies.keys()] },
    namespace: namespace?.name,
    entry: entry?.name,
    registered: registries.some(({ registryArn }) => registryArn === entry?.arn),
  };
}

/** What there is when one call of a command has suffered, and the command has run once more where it failed. */
async function disturbed(before: Command | undefined, run: Command, call: Call, kind: Fault['kind']) {
  const faults: Fault[] = [];
  const simulator = await startSimulator({ speed, faults });
  const terminal = new Terminal({ endpointUrl: simulator.endpoint, simulateSpeed: speed });
  try {
    if (before !== undefined) expect(await before(terminal)).toBe(0);
    faults.push({ ...call, kind });
    const code = await run(terminal);
    faults.length = 0;
    // The SDK asks again where an answer is lost, and what was made by then is no hindrance.
    expect(code, terminal.error).toBe(kind === 'lost-answer' ? 0 : 3);
    if (code !== 0) expect(await run(terminal), terminal.error).toBe(0);
    return await state(simulator);
  } finally {
    terminal.close();
    await simulator.close();
  }
}

/** The calls that change what stands around a service, and the service itself. */
type Call = Pick<Fault, 'operation'> & { readonly service: string };

const made: readonly Call[] = [
  { service: 'servicediscovery', operation: 'CreatePrivateDnsNamespace' },
  { service: 'servicediscovery', operation: 'GetOperation' },
  { service: 'servicediscovery', operation: 'CreateService' },
  { service: 'ecs', operation: 'CreateService' },
  { service: 'application-autoscaling', operation: 'RegisterScalableTarget' },
  { service: 'application-autoscaling', operation: 'PutScalingPolicy' },
  { service: 'application-autoscaling', operation: 'PutScheduledAction' },
];
const removed: readonly Call[] = [
  { service: 'application-autoscaling', operation: 'DeregisterScalableTarget' },
  { service: 'ecs', operation: 'UntagResource' },
  { service: 'ecs', operation: 'DeleteService' },
  { service: 'servicediscovery', operation: 'DeleteService' },
  { service: 'servicediscovery', operation: 'DeleteNamespace' },
];

const whole = {
  service: 'ACTIVE',
  scaling: {
    capacity: { minCapacity: 1, maxCapacity: 2 },
    policies: ['ECSServiceAverageCPUUtilization'],
    scheduledActions: [{ scheduledActionName: 'night', schedule: 'cron(0 22 * * ? *)', maxCapacity: 1 }],
  },
  namespace: 'shop.internal',
  entry: 'shop',
  registered: true,
};
const nothing = {
  service: 'INACTIVE',
  scaling: { policies: [], scheduledActions: [] },
  namespace: undefined,
  entry: undefined,
  registered: false,
};

describe.each(['access-denied', 'lost-answer'] as const)('with one call that ends in %s, and run again', (kind) => {
  test.each(made)('$service $operation: all is made', async (call) => {
    expect(await disturbed(undefined, make, call, kind)).toEqual(whole);
  });

  test.each(removed)('$service $operation: all goes', async (call) => {
    expect(await disturbed(make, remove, call, kind)).toEqual(nothing);
  });
});
