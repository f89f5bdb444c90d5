import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isProbeable, probe, probeOnce } from '../../../src/cli/online/probe.ts';
import { down, plan, ps, scale, serviceRemove, serviceUp, up } from '../../../src/cli/online.ts';
import type { Address } from '../../../src/deployer.ts';
import { type Fault, type Simulator, startSimulator } from '../../../src/simulator.ts';
import type { NetworkSettings, PublishedPort, Task } from '../../../src/transformer/task.ts';
import { shop, Terminal } from './project.ts';

let terminal: Terminal;
beforeEach(() => {
  terminal = new Terminal();
});
afterEach(() => terminal.close());

/** The shop in a network, its database published too. */
function shopIn(network: NetworkSettings): Task {
  const task = shop();
  const [web] = task.published;
  const db = { ...(web as PublishedPort), containerName: 'db', containerPort: 3306 };
  return { ...task, run: { ...task.run, network }, published: [web as PublishedPort, db] };
}

describe('nothing given', () => {
  test('plan shows the group, and the lines that open a port of a database', async () => {
    expect(await plan(terminal.context(shopIn({})), {})).toBe(0);
    expect(terminal.out).toMatch(/^Create the security group compose2fargate-shop in vpc-\w+, which costs nothing\.$/m);
    expect(terminal.out).toContain('Open 80/tcp to everybody in the security group compose2fargate-shop.\n');
    expect(terminal.error).toMatch(/compose\.yaml:8:\d+: warning: Port 3306\/tcp of db is published, but stays closed/);
    expect(terminal.error).toContain('- { port: 3306, source: ADDRESSES_OR_SECURITY_GROUP }');
  });

  test('up prints public and private addresses of what is open, and down leaves no group', async () => {
    expect(await up(terminal.context(shopIn({})), {})).toBe(0);
    expect(terminal.out).toMatch(/^http:\/\/203\.0\.113\.\d+\n$/);
    expect(terminal.error).toMatch(/Task \w+ has the address 203\.0\.113\.\d+, and 172\.31\.\d+\.\d+ within its VPC\./);
    expect(terminal.error).toContain('[port/withheld]');
    expect(terminal.error).toMatch(/^http:\/\/203\.0\.113\.\d+ answers with HTTP status 200\.$/m);
    expect(await down(terminal.context(shopIn({})), {})).toBe(0);
    expect(terminal.error).toMatch(/^Delete the security group compose2fargate-shop: sg-\w+$/m);
    expect(await down(terminal.context(shopIn({})), {})).toBe(0);
    expect(terminal.error).not.toContain('Delete the security group');
  });

  test('scale puts more tasks into the same group', async () => {
    await up(terminal.context(shopIn({})), {});
    expect(await scale(terminal.context(shopIn({})), { count: 2 })).toBe(0);
    expect(terminal.error).not.toContain('Create the security group');
    await ps(terminal.context(shopIn({}), { json: true }), {});
    const rows: readonly { container: string; addresses: readonly object[]; privateHost: string }[] = JSON.parse(
      terminal.out,
    ).containers;
    const web = rows.filter(({ container }) => container === 'web');
    expect(web).toHaveLength(2);
    for (const { addresses, privateHost } of web) {
      expect(addresses).toMatchObject([{ address: expect.stringMatching(/^http:/), open: true, privateHost }]);
      expect(privateHost).toMatch(/^172\.31\./);
    }
  });

  test('service up makes the group, and service rm deletes it', async () => {
    expect(await serviceUp(terminal.context(shopIn({})), {})).toBe(0);
    expect(terminal.out).toMatch(/^http:\/\/203\.0\.113\.\d+\n$/);
    // The tasks of the service are in it.
    expect(await down(terminal.context(shopIn({})), {})).toBe(0);
    expect(terminal.error).not.toContain('Delete the security group');
    expect(await serviceRemove(terminal.context(shopIn({})), {})).toBe(0);
    expect(terminal.error).toMatch(/^Delete the security group compose2fargate-shop: sg-\w+$/m);
  });

  test('two projects have a group each', async () => {
    const other = shopIn({});
    const family = { ...other, definition: { ...other.definition, family: 'other' } };
    await up(terminal.context(shopIn({})), {});
    await up(terminal.context(family, { projectName: 'other' }), {});
    await down(terminal.context(shopIn({})), {});
    await ps(terminal.context(family, { json: true, projectName: 'other' }), {});
    expect(JSON.parse(terminal.out).containers).toHaveLength(2);
  });
});

describe('a group that ECS does not see yet', () => {
  const faults: Fault[] = [];
  let simulator: Simulator;
  beforeEach(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
    simulator = await startSimulator({ speed: 100, faults });
    terminal.close();
    terminal = new Terminal({ endpointUrl: simulator.endpoint, simulateSpeed: 100 });
  });
  afterEach(async () => {
    faults.length = 0;
    vi.unstubAllEnvs();
    await simulator.close();
  });
  const starts = () => simulator.calls.filter(({ operation }) => /^(?:RunTask|CreateService)$/.test(operation));

  test.each([
    ['RunTask', up],
    ['CreateService', serviceUp],
  ] as const)('is waited for before %s where the plan has made it', async (operation, command) => {
    faults.push({ operation, kind: 'not-visible', times: 2 });
    expect(await command(terminal.context(shopIn({})), {})).toBe(0);
    expect(starts()).toHaveLength(3);
  });

  test('is waited for also where an "up" that made it was cut short', async () => {
    faults.push({ operation: 'AuthorizeSecurityGroupIngress', kind: 'access-denied' });
    expect(await up(terminal.context(shopIn({})), {})).toBe(3);
    faults.push({ operation: 'RunTask', kind: 'not-visible' });
    expect(await up(terminal.context(shopIn({})), {})).toBe(0);
    expect(starts()).toHaveLength(2);
  });

  test('is refused at once where the files name it', async () => {
    faults.push({ operation: 'RunTask', kind: 'not-visible' });
    expect(await up(terminal.context(shop()), {})).toBe(3);
    expect(terminal.error).toContain("The security group 'sg-1' does not exist");
    expect(starts()).toHaveLength(1);
  });
});

describe('subnets given', () => {
  test('plan says which ports the default group keeps closed, and opens no database to the world', async () => {
    expect(await plan(terminal.context(shopIn({ subnets: ['subnet-1'] })), {})).toBe(0);
    expect(terminal.out).not.toContain('security group');
    expect(terminal.error).toMatch(
      /Ports 80\/tcp, 3306\/tcp are published, but .* admits them, so nobody will reach them/,
    );
    expect(terminal.error).toMatch(/authorize-security-group-ingress .* --port 80 --cidr 0\.0\.0\.0\/0$/m);
    expect(terminal.error).toMatch(/authorize-security-group-ingress .* --port 3306 --cidr YOUR_ADDRESS\/32$/m);
  });

  test.each<[string, NetworkSettings, RegExp | undefined]>([
    [
      'a private subnet',
      { subnets: ['subnet-private1'] },
      /cannot fetch mysql:8, wordpress: no route leads from there/,
    ],
    [
      'no public address',
      { subnets: ['subnet-1'], assignPublicIp: 'DISABLED' },
      /cannot fetch mysql:8, wordpress: without a public address/,
    ],
    ['a NAT gateway', { subnets: ['subnet-nat1'] }, undefined],
    ['a public subnet', { subnets: ['subnet-1'] }, undefined],
  ])('plan says whether the registry is reached: %s', async (_, network, finding) => {
    expect(await plan(terminal.context(shopIn(network)), {})).toBe(0);
    if (finding === undefined) expect(terminal.error).not.toContain('cannot fetch');
    else expect(terminal.error).toMatch(finding);
  });

  test('a subnet that routes to an internet gateway gives a public address, one behind NAT does not', async () => {
    const addressIn = async (subnet: string) => {
      await up(terminal.context(shopIn({ subnets: [subnet], securityGroups: ['sg-1'] })), {});
      return terminal.out.split('\n')[0];
    };
    expect(await addressIn('subnet-1')).toMatch(/^http:\/\/203\.0\.113\./);
    expect(await addressIn('subnet-nat1')).toMatch(/^http:\/\/172\.31\./);
  });
});

describe('a probe', () => {
  let server: Server;
  let port: number;
  beforeEach(async () => {
    server = createServer((_, response) => response.writeHead(503).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterEach(() => server.close());

  const clock = { now: Date.now, sleep: async () => undefined };
  const at = (more: Partial<Address>): Address => ({
    task: 't',
    container: 'web',
    protocol: 'tcp',
    host: '127.0.0.1',
    port,
    public: true,
    open: true,
    securityGroups: [],
    ...more,
  });

  test('asks by HTTP where the port is that of HTTP', async () => {
    expect(await probeOnce(at({ host: `127.0.0.1:${port}`, port: 80 }))).toEqual({ kind: 'http', status: 503 });
  });

  test.each([
    [503, { kind: 'silent', reason: 'the load balancer has no healthy task to ask' }],
    [404, { kind: 'http', status: 404 }],
  ])('takes %i of a load balancer for what it means there', async (status, answer) => {
    server.removeAllListeners('request');
    server.on('request', (_, response) => response.writeHead(status, { server: 'awselb/2.0' }).end());
    expect(await probeOnce(at({ host: `127.0.0.1:${port}`, port: 80 }))).toEqual(answer);
  });

  test('connects, or says why not after several tries', async () => {
    expect(await probeOnce(at({}))).toEqual({ kind: 'connected' });
    server.close();
    const pauses: number[] = [];
    const counting = { ...clock, sleep: async (milliseconds: number) => void pauses.push(milliseconds) };
    const answer = await probe(at({}), { clock: counting, signal: new AbortController().signal });
    expect(answer).toEqual({ kind: 'silent', reason: 'the connection was refused' });
    expect(pauses).toHaveLength(4);
  });

  test('asks what stands in for AWS only where that is the simulator', async () => {
    const http = { host: `127.0.0.1:${port}`, port: 80 };
    for (const endpoint of [`http://127.0.0.1:${port}`, 'http://127.0.0.1:1', 'https://127.0.0.1:1']) {
      expect(await probeOnce(at(http), endpoint)).toEqual({ kind: 'http', status: 503 });
    }
  });

  test('is made of public, open TCP addresses alone, and of simulated ones through what gave them', () => {
    expect(isProbeable(at({}))).toBe(true);
    expect(isProbeable(at({ public: false }))).toBe(false);
    expect(isProbeable(at({ open: false }))).toBe(false);
    expect(isProbeable(at({ protocol: 'udp' }))).toBe(false);
    expect(isProbeable(at({ host: '203.0.113.7' }))).toBe(false);
    expect(isProbeable(at({ host: '203.0.113.7' }), 'http://127.0.0.1:1')).toBe(true);
  });
});
