import { expect, test } from 'vitest';
import { clientToken, type RunPurpose } from '../../src/deployer/client-token.ts';

const purpose: RunPurpose = {
  cluster: 'default',
  definition: { family: 'web', cpu: '256', containerDefinitions: [{ name: 'web', image: 'nginx' }] },
  network: { subnets: ['subnet-1'] },
  count: 1,
  ordinal: 0,
  observed: ['a', 'b'],
  attempt: 0,
};

test('the same purpose has the same token, however it is spelt', () => {
  const echoed = {
    family: 'web',
    cpu: '.25 vCPU',
    containerDefinitions: [{ name: 'web', image: 'nginx', cpu: 0, essential: true }],
  };
  expect(clientToken({ ...purpose, definition: echoed, observed: ['b', 'a'] })).toBe(clientToken(purpose));
});

test.each<[string, Partial<RunPurpose>]>([
  ['cluster', { cluster: 'other' }],
  ['content', { definition: { family: 'web', cpu: '512', containerDefinitions: [{ name: 'web', image: 'nginx' }] } }],
  ['network', { network: { subnets: ['subnet-2'] } }],
  ['launch', { launch: { platformVersion: '1.4.0' } }],
  ['count', { count: 2 }],
  ['ordinal', { ordinal: 1 }],
  ['tasks observed', { observed: ['a', 'b', 'c'] }],
  ['attempt', { attempt: 1 }],
])('another %s has another token', (_, change) => {
  expect(clientToken({ ...purpose, ...change })).not.toBe(clientToken(purpose));
});

test('a token has the form that ECS takes', () => {
  expect(clientToken(purpose)).toMatch(/^[!-~]{1,64}$/);
});
