import { expect, test } from 'vitest';
import { withheldPorts } from '../../../src/deployer/network/ingress.ts';
import type { Route, SecurityGroup } from '../../../src/deployer/network/network.ts';
import type { NetworkObservation } from '../../../src/deployer/network/observe.ts';
import { planNetwork } from '../../../src/deployer/network/plan.ts';
import { unreachableRegistry } from '../../../src/deployer/network/registry.ts';
import type { TaskDefinition } from '../../../src/fargate/task-definition.ts';
import type { NetworkSettings, PublishedPort } from '../../../src/transformer/task.ts';

const owner = { project: 'shop', cluster: 'default' };
const ports = [80, 5432].map((containerPort) => ({ containerName: 'web', containerPort, protocol: 'tcp' }));
const published = ports as unknown as readonly PublishedPort[];

function observed(routes: Readonly<Record<string, Route>>, more: Partial<NetworkObservation> = {}): NetworkObservation {
  return {
    vpc: 'vpc-1',
    subnets: Object.keys(routes),
    routes: new Map(Object.entries(routes)),
    securityGroups: [],
    ...more,
  };
}

test.each<[string, NetworkSettings, Readonly<Record<string, Route>>, 'ENABLED' | 'DISABLED']>([
  ['a public subnet', { subnets: ['subnet-1'] }, { 'subnet-1': 'internet-gateway' }, 'ENABLED'],
  ['the default VPC', {}, { 'subnet-1': 'internet-gateway' }, 'ENABLED'],
  ['one public subnet of two', {}, { 'subnet-1': 'nat', 'subnet-2': 'internet-gateway' }, 'ENABLED'],
  ['a subnet behind a NAT gateway', { subnets: ['subnet-1'] }, { 'subnet-1': 'nat' }, 'DISABLED'],
  ['a subnet without a way out', { subnets: ['subnet-1'] }, { 'subnet-1': 'none' }, 'DISABLED'],
  ['what the files say', { assignPublicIp: 'DISABLED' }, { 'subnet-1': 'internet-gateway' }, 'DISABLED'],
])('%s decides on public addresses', (_, network, routes, assignPublicIp) => {
  const planned = planNetwork({ network, published }, observed(routes), owner);
  expect(planned?.placement).toEqual({ subnets: Object.keys(routes), assignPublicIp });
});

test('in subnets that are named, the ports that the default group keeps closed are known before', () => {
  const source = '0.0.0.0/0';
  const inbound = [{ protocol: 'tcp', fromPort: 80, toPort: 80, source }];
  const usual: SecurityGroup = { id: 'sg-1', name: 'default', vpc: 'vpc-1', tags: new Map(), inbound };
  const network = { subnets: ['subnet-1'] };
  const planned = planNetwork(
    { network, published },
    observed({ 'subnet-1': 'nat' }, { securityGroups: [usual] }),
    owner,
  );
  expect(planned?.closed.map(({ containerPort }) => containerPort)).toEqual([5432]);
  expect(planned?.placement.securityGroups).toBeUndefined();
  expect(planned?.operations).toEqual([]);
});

test('a known port of a database is withheld, until a source is named, and only from a group of our own', () => {
  const withheld = (network: NetworkSettings) => withheldPorts({ network, published }).map((one) => one.containerPort);
  expect(withheld({})).toEqual([5432]);
  expect(withheld({ ingress: [{ port: 5432, source: '10.0.0.0/8' }] })).toEqual([]);
  expect(withheld({ ingress: [{ port: 5432, protocol: 'udp', source: '10.0.0.0/8' }] })).toEqual([5432]);
  expect(withheld({ securityGroups: ['sg-1'] })).toEqual([]);
});

const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1';

test.each<[string, string, Partial<NetworkObservation>, NetworkSettings, object | undefined]>([
  ['a way out', 'nginx', observed({ a: 'nat' }), {}, undefined],
  ['a public address', 'nginx', observed({ a: 'internet-gateway' }), {}, undefined],
  [
    'no public address',
    'nginx',
    observed({ a: 'internet-gateway' }),
    { assignPublicIp: 'DISABLED' },
    { images: ['nginx'], subnets: ['a'], lacksPublicAddress: true, missingEndpoints: [] },
  ],
  [
    'no route',
    'nginx',
    observed({ a: 'none', b: 'nat' }),
    {},
    { images: ['nginx'], subnets: ['a'], lacksPublicAddress: false, missingEndpoints: [] },
  ],
  [
    'an image of ECR without all endpoints',
    ecr,
    observed({ a: 'none' }, { endpoints: ['com.amazonaws.eu-west-1.ecr.api', 'com.amazonaws.eu-west-1.s3'] }),
    {},
    { images: [ecr], subnets: ['a'], lacksPublicAddress: false, missingEndpoints: ['ecr.dkr'] },
  ],
  [
    'an image of ECR with all endpoints',
    ecr,
    observed(
      { a: 'none' },
      { endpoints: ['ecr.api', 'ecr.dkr', 's3'].map((name) => `com.amazonaws.eu-west-1.${name}`) },
    ),
    {},
    undefined,
  ],
])('the registry is reached or not: %s', (_, image, network, settings, expected) => {
  const seen = network as NetworkObservation;
  const planned = planNetwork({ network: settings, published: [] }, seen, owner);
  const definition = { family: 'shop', containerDefinitions: [{ name: 'web', image }] } as TaskDefinition;
  expect(unreachableRegistry(definition, seen, planned)).toEqual(expected);
});
