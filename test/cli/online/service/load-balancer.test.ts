import { DeleteServiceCommand, ECSClient } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { probeOnce } from '../../../../src/cli/online/probe.ts';
import { down, servicePs, serviceRemove, serviceStop, serviceUp } from '../../../../src/cli/online.ts';
import { type Simulator, startSimulator } from '../../../../src/simulator.ts';
import type { ApplicationLoadBalancer, ServiceSettings } from '../../../../src/transformer/service-settings.ts';
import type { NetworkSettings } from '../../../../src/transformer/task.ts';
import { plainLoadBalancer } from '../../../plain-load-balancer.ts';
import { shop, Terminal } from '../project.ts';

const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';
const address = /^http:\/\/compose2fargate-shop-\d+\.us-east-1\.elb\.amazonaws\.com\n$/;

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

/** The operations of one AWS service that were called, in order. */
function called(name: string, since = 0): readonly string[] {
  return simulator.calls
    .slice(since)
    .filter(({ service }) => service === name)
    .map(({ operation }) => operation);
}

/** The shop behind a load balancer of its own, in the default network unless said otherwise. */
function balanced(
  changes: Partial<ApplicationLoadBalancer> = {},
  { network = {}, service = {} }: { readonly network?: NetworkSettings; readonly service?: ServiceSettings } = {},
) {
  const applicationLoadBalancer = { ...plainLoadBalancer, ...changes };
  return terminal.context(shop({ run: { network, service: { applicationLoadBalancer, ...service } } }));
}

const unbalanced = () => terminal.context(shop({ run: { network: {} } }));

/** What `service up` would do, a sentence a line. */
async function planned(context: Parameters<typeof serviceUp>[0]): Promise<readonly string[]> {
  expect(await serviceUp(context, { dryRun: true })).toBe(0);
  return terminal.out.split('\n').filter((line) => line !== '');
}

const steady = 'Wait until the service shop is steady with 1 task.';
const nothing = ['Nothing to do: everything is as the files say.'];

test('is made before the service, told with its price, and is the way in', async () => {
  const plan = await planned(balanced());
  const about = plan.filter((line) => /load.balancer|target group|security group/i.test(line));
  expect(about).toEqual([
    expect.stringMatching(
      /^Create the security group compose2fargate-shop\/load-balancer in vpc-\w+, which costs nothing\.$/,
    ),
    'Open 80/tcp to everybody in the security group compose2fargate-shop/load-balancer.',
    'Create the target group compose2fargate-shop for port 80, checked at / for 200-399 every 30 s.',
    'Create the load balancer compose2fargate-shop in 3 availability zones, which costs about $0.0375 an hour with its 3 public addresses, $27 a month, before any request, at the prices of 2026-09-23 in us-east-1.',
    'Let the load balancer compose2fargate-shop send HTTP at port 80 to the target group compose2fargate-shop.',
    'Wait until the load balancer compose2fargate-shop takes requests.',
    expect.stringMatching(/^Create the security group compose2fargate-shop in vpc-/),
    'Open 80/tcp to compose2fargate-shop/load-balancer in the security group compose2fargate-shop.',
    'Create the service shop of 1 task behind the target group compose2fargate-shop (web:80).',
  ]);
  expect(await serviceUp(balanced(), {})).toBe(0);
  expect(terminal.out).toMatch(address);
  expect(terminal.error).not.toContain('closed');
  expect(terminal.error).toContain('and a load balancer before any request');
  expect(await planned(balanced())).toEqual(nothing);
  expect(await servicePs(balanced(), {})).toBe(0);
  expect(terminal.out).toMatch(
    /web +\w+ +RUNNING +- +http:\/\/compose2fargate-shop-\d+\.us-east-1\.elb\.amazonaws\.com +172/,
  );
});

test('where its price is not known, the price of the tasks is told without it', async () => {
  const elsewhere = { ...balanced(), region: 'eu-west-1' };
  const plan = await planned(elsewhere);
  expect(plan).toContain(
    'Create the load balancer compose2fargate-shop in 3 availability zones; its price in eu-west-1 is not known here.',
  );
  expect(await serviceUp(elsewhere, {})).toBe(0);
  // 0.0247 for a task of 0.5 vCPU and 1 GiB, and 0.005 for its address; the load balancer's addresses are left out with it.
  expect(terminal.error).toMatch(
    /This costs about \$0\.0297 an hour: 1 task with a public address, without the load balancer, whose price in eu-west-1 is not known here, at/,
  );
  expect(terminal.error).not.toContain('before any request');
});

describe('changes in place:', () => {
  beforeEach(async () => {
    expect(await serviceUp(balanced(), {})).toBe(0);
  });

  test('the health check, and who may reach it', async () => {
    const changed = () =>
      balanced({ source: ['10.0.0.0/8'], healthCheck: { ...plainLoadBalancer.healthCheck, path: '/up' } });
    expect(await planned(changed())).toEqual([
      'Open 80/tcp to 10.0.0.0/8 in the security group compose2fargate-shop/load-balancer.',
      'Change the health check of the target group compose2fargate-shop: path / → /up.',
      'Close 80/tcp to everybody in the security group compose2fargate-shop/load-balancer.',
      steady,
    ]);
    expect(await serviceUp(changed(), {})).toBe(0);
    expect(await planned(changed())).toEqual(nothing);
  });

  test('a certificate, and none again', async () => {
    const secured = () => balanced({ certificateArn: certificate });
    expect(await planned(secured())).toEqual([
      'Open 443/tcp to everybody in the security group compose2fargate-shop/load-balancer.',
      'Let the load balancer compose2fargate-shop send HTTPS at port 443 to the target group compose2fargate-shop, with the certificate 12345678-1234-1234-1234-123456789012.',
      'Let the load balancer compose2fargate-shop redirect port 80 to HTTPS from now on.',
      steady,
    ]);
    expect(await serviceUp(secured(), {})).toBe(0);
    expect(terminal.out).toMatch(/^https:\/\/compose2fargate-shop-\d+\.us-east-1\.elb\.amazonaws\.com\n$/);
    expect(terminal.error).toMatch(
      /help: Give that name a CNAME record, .* leads to compose2fargate-shop-\d+\.us-east-1/,
    );
    expect(await planned(secured())).toEqual(nothing);
    expect(await serviceUp(secured(), {})).toBe(0);
    expect(terminal.error).not.toContain('CNAME');
    expect(await planned(balanced())).toEqual([
      'Let the load balancer compose2fargate-shop send HTTP at port 80 to the target group compose2fargate-shop from now on.',
      'Take port 443 from the load balancer compose2fargate-shop.',
      'Close 443/tcp to everybody in the security group compose2fargate-shop/load-balancer.',
      steady,
    ]);
    expect(await serviceUp(balanced(), {})).toBe(0);
    expect(await planned(balanced())).toEqual(nothing);
  });

  test('whoever reaches the tasks is kept out only when no task of before is left', async () => {
    const openAndClosed = (lines: readonly string[]) =>
      lines.flatMap((line) => line.match(/^(?:Open|Close|Update|Wait until the service|Delete the load).*/)?.[0] ?? []);
    const update = expect.stringMatching(/^Update the service shop: .*loadBalancers/);
    const group = 'in the security group compose2fargate-shop.';
    expect(openAndClosed(await planned(unbalanced()))).toEqual([
      `Open 80/tcp to everybody ${group}`,
      update,
      steady,
      `Close 80/tcp to compose2fargate-shop/load-balancer ${group}`,
      'Delete the load balancer compose2fargate-shop and its listeners.',
    ]);
    expect(await serviceUp(unbalanced(), {})).toBe(0);
    expect(openAndClosed(await planned(balanced()))).toEqual([
      'Open 80/tcp to everybody in the security group compose2fargate-shop/load-balancer.',
      `Open 80/tcp to compose2fargate-shop/load-balancer ${group}`,
      update,
      steady,
      `Close 80/tcp to everybody ${group}`,
    ]);
    expect(await serviceUp(balanced(), {})).toBe(0);
    expect(await planned(balanced())).toEqual(nothing);
    // Without a rollout nobody has to wait.
    const network = { ingress: [{ port: 80, source: '10.0.0.0/8' }] };
    const direct = () => terminal.context(shop({ run: { network } }));
    expect(await serviceUp(unbalanced(), {})).toBe(0);
    expect((await planned(direct())).indexOf(`Close 80/tcp to everybody ${group}`)).toBe(1);
  });

  test('what ELB does not change is refused, with the way out', async () => {
    expect(await serviceUp(balanced({ scheme: 'internal' }), {})).toBe(3);
    expect(terminal.error).toContain('The scheme of the load balancer compose2fargate-shop is internet-facing');
    expect(terminal.error).toContain('Take application_load_balancer out of ecs-params.yml');
  });

  test('without the key the service leaves it, and then it goes', async () => {
    expect(await serviceUp(unbalanced(), {})).toBe(0);
    const steps = terminal.error.split('\n');
    const order = ['is steady', 'Delete the load balancer', 'Delete the target group', 'Delete the security group'];
    const places = order.map((words) => steps.findIndex((line) => line.includes(words)));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(terminal.out).toMatch(/^http:\/\/203\.0\.113\.\d+\n$/);
    const since = simulator.calls.length;
    expect(await planned(unbalanced())).toEqual(nothing);
    expect(called('elasticloadbalancing', since)).toEqual([]);
  });

  test('service rm removes all of it, and leaves nothing to look for', async () => {
    expect(await serviceRemove(balanced(), {})).toBe(0);
    const name = 'compose2fargate-shop';
    for (const gone of [`load balancer ${name} and`, `target group ${name}`, `security group ${name}/load-balancer`]) {
      expect(terminal.error).toContain(`Delete the ${gone}`);
    }
    expect(terminal.error).not.toContain('network interfaces are still in it');
    expect(await serviceRemove(balanced(), {})).toBe(0);
    expect(terminal.error).toContain('There is no service shop');
  });
});

test('its address is tried as those of tasks are', async () => {
  expect(await serviceUp(balanced(), { probe: true })).toBe(0);
  const url = terminal.out.trim();
  expect(terminal.error).toContain(`${url} answers with HTTP status 200.`);
  expect(await servicePs(balanced(), { probe: true })).toBe(0);
  expect(terminal.out).toContain(`${url} (HTTP 200)`);

  const { options } = terminal;
  terminal.close();
  terminal = new Terminal({ ...options, simulateSpeed: 50 });
  expect(await serviceUp(balanced({ source: ['10.0.0.0/8'] }), { probe: true })).toBe(0);
  const reason = /no security group of the load balancer compose2fargate-shop .* admits 80\/tcp from the Internet\./;
  expect(terminal.error).toContain(`${url} does not answer: `);
  expect(terminal.error).toMatch(reason);
  expect(terminal.error).toContain('"source" of the load balancer');
  expect(await serviceUp(balanced(), {})).toBe(0);
  expect(await serviceStop(balanced(), {})).toBe(0);
  const address = { host: new URL(url).hostname, port: 80, protocol: 'tcp' } as const;
  const answer = await probeOnce(address, simulator.endpoint);
  expect(answer).toEqual({
    kind: 'silent',
    reason: 'no target of the load balancer compose2fargate-shop is healthy',
  });
});

test('what a removal that was cut short has left goes with down', async () => {
  expect(await serviceUp(balanced(), {})).toBe(0);
  const ecs = new ECSClient({ endpoint: simulator.endpoint, region: 'us-east-1' });
  await ecs.send(new DeleteServiceCommand({ service: 'shop', force: true }));
  await vi.waitFor(async () => {
    await servicePs(balanced(), {});
    expect(terminal.out).toBe('');
  });
  expect(await down(balanced(), {})).toBe(0);
  expect(terminal.error).toContain('Delete the load balancer compose2fargate-shop and its listeners');
  expect(terminal.error).toContain('Delete the security group compose2fargate-shop/load-balancer');
});

test('one that is not made in time ends the command, and the next command goes on with it', async () => {
  terminal.close();
  await simulator.close();
  let now = Date.now();
  simulator = await startSimulator({ clock: () => now });
  terminal = new Terminal({ endpointUrl: simulator.endpoint });
  expect(await serviceUp(balanced(), { timeout: 1 })).toBe(3);
  expect(terminal.error).toMatch(
    /^error: AWS takes longer .*: The load balancer compose2fargate-shop is provisioning\./m,
  );
  expect(terminal.error).toMatch(/^ +.*Run the command again, with a longer --timeout/m);
  expect(called('ecs')).not.toContain('CreateService');
  expect(await planned(balanced())).toContain('Wait until the load balancer compose2fargate-shop takes requests.');

  now += 60_000;
  const plan = await planned(balanced());
  expect(plan).toContain('Create the service shop of 1 task behind the target group compose2fargate-shop (web:80).');
  expect(plan.join()).not.toContain('load balancer compose2fargate-shop');
});

test.each([
  ['one zone', { subnets: ['subnet-0a', 'subnet-0a'] }, 'is in two availability zones at least'],
  [
    'no way from the Internet',
    { subnets: ['subnet-private0', 'subnet-private1', 'subnet-private2', 'subnet-private3'] },
    'no internet gateway leads to',
  ],
])('%s is refused before anything is changed', async (_, changes, words) => {
  expect(await serviceUp(balanced(changes), {})).toBe(3);
  expect(terminal.error).toContain(words);
  expect(simulator.calls.filter(({ operation }) => operation.startsWith('Create'))).toEqual([]);
});

test('groups of the user that keep it out are told with the command that lets it in', async () => {
  const network: NetworkSettings = {
    subnets: ['subnet-a', 'subnet-b', 'subnet-c', 'subnet-d'],
    assignPublicIp: 'ENABLED',
  };
  await planned(balanced({}, { network }));
  expect(terminal.error).toMatch(/--protocol tcp --port 80 --source-group compose2fargate-shop\/load-balancer/);
});

test('requests are counted at its target group', async () => {
  const autoScaling = {
    minCapacity: 1,
    maxCapacity: 3,
    targetTracking: [{ predefinedMetricType: 'ALBRequestCountPerTarget', targetValue: 500 }],
  };
  expect(await serviceUp(balanced({}, { service: { autoScaling } }), {})).toBe(0);
  expect(terminal.error).toContain('Scale the service shop to 500 requests a minute for each task');
  expect(await planned(balanced({}, { service: { autoScaling } }))).toEqual(nothing);
});

test('the address of a target group that exists is that of its load balancer', async () => {
  const targetGroupArn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/theirs/0123456789abcdef';
  const loadBalancers = [{ targetGroupArn, containerName: 'web', containerPort: 80 }];
  expect(await serviceUp(terminal.context(shop({ run: { service: { loadBalancers } } })), {})).toBe(0);
  expect(terminal.out).toMatch(/^http:\/\/theirs-\d+\.us-east-1\.elb\.amazonaws\.com\n$/);
});

test('service ps asks for a load balancer only where the service has one, whoever has said so', async () => {
  const plainly = () => terminal.context(shop());
  const targetGroupArn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/theirs/0123456789abcdef';
  expect(await serviceUp(plainly(), {})).toBe(0);
  const since = simulator.calls.length;
  expect(await servicePs(plainly(), {})).toBe(0);
  expect(simulator.calls.slice(since).map(({ operation }) => operation)).not.toContain('DescribeServices');
  const targetGroups = [{ targetGroupArn, containerName: 'web', containerPort: 80 }];
  expect(await serviceUp(plainly(), { targetGroups })).toBe(0);
  expect(await servicePs(plainly(), {})).toBe(0);
  expect(terminal.out).toMatch(/^web .* http:\/\/theirs-\d+\.us-east-1\.elb\.amazonaws\.com +172/m);
});
