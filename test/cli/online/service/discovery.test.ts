import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { serviceRemove, serviceUp } from '../../../../src/cli/online.ts';
import { startSimulator } from '../../../../src/simulator.ts';
import type { ServiceSettings } from '../../../../src/transformer/service-settings.ts';
import type { Task } from '../../../../src/transformer/task.ts';
import { shop, Terminal } from '../project.ts';

type ServiceDiscovery = NonNullable<ServiceSettings['serviceDiscovery']>;

const inside: ServiceDiscovery = { privateDnsNamespace: { name: 'shop.internal', vpc: 'vpc-1' } };

let terminal: Terminal;
beforeEach(() => {
  terminal = new Terminal();
});
afterEach(() => terminal.close());

function named(serviceDiscovery: ServiceDiscovery = inside, family = 'shop'): Task {
  const task = shop({ run: { service: { serviceDiscovery } } });
  return { ...task, definition: { ...task.definition, family } };
}

async function plan(task: Task): Promise<string> {
  expect(await serviceUp(terminal.context(task), { dryRun: true })).toBe(0);
  return terminal.out;
}

const nothing = 'Nothing to do: everything is as the files say.\n';

test('a service gets a name in a namespace that is made for it; unchanged it stays', async () => {
  expect(await serviceUp(terminal.context(named()), {})).toBe(0);
  expect(terminal.error).toContain(
    'Create the private namespace shop.internal in vpc-1, whose hosted zone costs $0.50 a month',
  );
  expect(terminal.error).toContain('Give the service the name shop.shop.internal (A records, 60 s)');
  expect(await plan(named())).toBe(nothing);
});

test('service rm deletes the name and the namespace when the tasks are gone', async () => {
  await serviceUp(terminal.context(named()), {});
  expect(await serviceRemove(terminal.context(named()), {})).toBe(0);
  expect(terminal.error).toMatch(
    /Delete the service shop\.[\s\S]*Delete the name shop\.shop\.internal\.\nDelete the namespace shop\.internal\./,
  );
  expect(await plan(named())).toContain('Create the private namespace shop.internal');
});

test('a namespace of the same name for another VPC is another one', async () => {
  const elsewhere = named({ privateDnsNamespace: { name: 'shop.internal', vpc: 'vpc-2' } }, 'shop2');
  await serviceUp(terminal.context(named()), {});
  expect(await plan(elsewhere)).toContain('Create the private namespace shop.internal in vpc-2');
  expect(await serviceUp(terminal.context(elsewhere), {})).toBe(0);
  expect(await plan(named())).toBe(nothing);
  expect(await plan(elsewhere)).toBe(nothing);
  const beside = named({ privateDnsNamespace: { name: 'shop.internal', vpc: 'vpc-2' } }, 'shop3');
  expect(await plan(beside)).not.toContain('Create the private namespace');
});

test.each<[string, Task['run']['network']]>([
  ['the default one', {}],
  ['that of the subnets of the files', { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'ENABLED' }],
])('a private namespace without a VPC is for that of the tasks: %s', async (_, network) => {
  const inVpcOf = (privateDnsNamespace: NonNullable<ServiceDiscovery['privateDnsNamespace']>) =>
    shop({ run: { network, service: { serviceDiscovery: { privateDnsNamespace } } } });
  const open = { name: 'shop.internal' };
  const first = await plan(inVpcOf(open));
  const [vpc = ''] = /vpc-\w+/.exec(first) ?? [];
  expect(first).toMatch(/^Create the private namespace shop\.internal in vpc-\w+,/m);
  expect(await serviceUp(terminal.context(inVpcOf(open)), {})).toBe(0);
  expect(await plan(inVpcOf(open))).toBe(nothing);
  expect(await plan(inVpcOf({ ...open, vpc }))).toBe(nothing);
  expect(await plan(inVpcOf({ ...open, vpc: 'vpc-2' }))).toContain(
    'Create the private namespace shop.internal in vpc-2',
  );
});

test('without service_discovery the name goes from a service that stays', async () => {
  await serviceUp(terminal.context(named()), {});
  expect(await plan(shop())).toMatch(/^Update the service shop: serviceRegistries shop\.shop\.internal → none\./);
  expect(await serviceUp(terminal.context(shop()), {})).toBe(0);
  expect(terminal.error).toMatch(/is steady with 1 task[\s\S]*Delete the name shop\.shop\.internal/);
  expect(await plan(shop())).toBe(nothing);
});

test('another name takes the place of the former one', async () => {
  await serviceUp(terminal.context(named()), {});
  const other = named({ ...inside, serviceDiscoveryService: { name: 'front' } });
  expect(await serviceUp(terminal.context(other), {})).toBe(0);
  expect(terminal.error).toContain('Give the service the name front.shop.internal');
  expect(terminal.error).toContain('Delete the name shop.shop.internal');
  expect(terminal.error).not.toContain('Delete the namespace');
  expect(await plan(other)).toBe(nothing);
});

test('a service that is there already gets a name, and another time to live', async () => {
  await serviceUp(terminal.context(shop()), {});
  expect(await serviceUp(terminal.context(named()), {})).toBe(0);
  expect(terminal.error).toContain('Update the service shop: serviceRegistries none → shop.shop.internal');
  const short = named({ ...inside, serviceDiscoveryService: { dnsConfig: { ttl: 10 } } });
  expect(await plan(short)).toMatch(/^Keep answers about the name shop for 10 s\./);
  await serviceUp(terminal.context(short), {});
  expect(await plan(short)).toBe(nothing);
});

test('SRV records tell the port, and a name keeps the type of its records', async () => {
  const ports: ServiceDiscovery = {
    ...inside,
    containerName: 'web',
    containerPort: 80,
    serviceDiscoveryService: { dnsConfig: { type: 'SRV' } },
  };
  expect(await serviceUp(terminal.context(named(ports)), {})).toBe(0);
  expect(await plan(named(ports))).toBe(nothing);
  expect(await serviceUp(terminal.context(named()), {})).toBe(3);
  expect(terminal.error).toContain('The name shop has SRV records, and the files want A');
});

test('two services share a namespace, which goes with the last of them', async () => {
  await serviceUp(terminal.context(named()), {});
  await serviceUp(terminal.context(named(inside, 'other')), {});
  expect(terminal.error).not.toContain('namespace shop.internal in');
  expect(await serviceRemove(terminal.context(named()), {})).toBe(0);
  expect(terminal.error).toContain('The namespace shop.internal stays, since it has other names: other.');
  expect(terminal.error).not.toContain('Delete the namespace');
  expect(await serviceRemove(terminal.context(named(inside, 'other')), {})).toBe(0);
  expect(terminal.error).toContain('Delete the namespace shop.internal');
});

test('a namespace that somebody else made stays, and one that is not there is refused', async () => {
  const theirs = named({ privateDnsNamespace: { id: 'ns-0123456789abcdef' } });
  expect(await serviceUp(terminal.context(theirs), {})).toBe(0);
  expect(await serviceRemove(terminal.context(theirs), {})).toBe(0);
  expect(terminal.error).toContain('Delete the name shop.simulated.internal');
  expect(terminal.error).not.toContain('Delete the namespace');
  const missing = named({ publicDnsNamespace: { name: 'example.com' } });
  expect(await serviceUp(terminal.context(missing), {})).toBe(3);
  expect(terminal.error).toContain('Cloud Map has no namespace example.com in this region.');
});

test('a namespace that Cloud Map does not get made is waited for no longer than --timeout', async () => {
  const simulator = await startSimulator({ faults: [{ operation: 'GetOperation', kind: 'not-visible', times: 1e6 }] });
  const waiting = new Terminal({ endpointUrl: simulator.endpoint, simulateSpeed: 500 });
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    waiting.close();
    await simulator.close();
  });
  expect(await serviceUp(waiting.context(named()), { timeout: 60_000 })).toBe(3);
  expect(waiting.error).toContain('The namespace shop.internal is still being made.');
  expect(waiting.error).not.toContain('Create the service');
});
