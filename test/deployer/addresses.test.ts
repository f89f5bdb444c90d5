import { expect, test } from 'vitest';
import { formatAddress, offered } from '../../src/deployer/addresses.ts';
import { admits, type InboundRule } from '../../src/deployer/network/network.ts';
import type { PublishedPort } from '../../src/transformer/task.ts';

test.each<[number, 'tcp' | 'udp', string]>([
  [80, 'tcp', 'http://203.0.113.9'],
  [443, 'tcp', 'https://203.0.113.9'],
  [80, 'udp', '203.0.113.9:80/udp'],
  [5432, 'tcp', '203.0.113.9:5432/tcp'],
])('port %d/%s is %s', (port, protocol, text) => {
  expect(formatAddress({ host: '203.0.113.9', port, protocol })).toBe(text);
});

test.each<[string, InboundRule, boolean]>([
  ['all traffic', { protocol: '-1', source: '0.0.0.0/0' }, true],
  ['the port', { protocol: 'tcp', fromPort: 80, toPort: 80, source: '0.0.0.0/0' }, true],
  ['a range', { protocol: 'tcp', fromPort: 1, toPort: 1000, source: '10.0.0.0/8' }, true],
  ['a range above', { protocol: 'tcp', fromPort: 81, toPort: 1000, source: '0.0.0.0/0' }, false],
  ['another group', { protocol: '-1', source: 'sg-2' }, false],
  ['another protocol', { protocol: 'udp', fromPort: 80, toPort: 80, source: '0.0.0.0/0' }, false],
])('%s', (_, rule, open) => {
  expect(admits([{ inbound: [] }, { inbound: [rule] }], 80, 'tcp')).toBe(open);
});

test('ports for the machine itself are not offered', () => {
  const port = (hostIp?: string) =>
    ({
      containerName: 'web',
      containerPort: 80,
      protocol: 'tcp',
      ...(hostIp === undefined ? {} : { hostIp }),
    }) as PublishedPort;
  const all = [port(), port('127.0.0.1'), port('0.0.0.0'), port('::1'), port('[::1]')];
  expect(offered(all).map(({ hostIp }) => hostIp)).toEqual([undefined, '0.0.0.0']);
});
