import { expect, test } from 'vitest';
import { serviceDiscoveryOf } from '../../src/cli/service-discovery.ts';

const files = {
  privateDnsNamespace: { name: 'shop.internal', vpc: 'vpc-1' },
  serviceDiscoveryService: { name: 'front', dnsConfig: { ttl: 10 } },
};

test('without options the files say it', () => {
  expect(serviceDiscoveryOf(files, {})).toBe(files);
  expect(serviceDiscoveryOf(undefined, {})).toBeUndefined();
});

test('each option wins over the files, which say the rest', () => {
  expect(serviceDiscoveryOf(files, { vpc: 'vpc-2', dnsTtl: 20 })).toMatchObject({
    privateDnsNamespace: { name: 'shop.internal', vpc: 'vpc-2' },
    serviceDiscoveryService: { name: 'front', dnsConfig: { ttl: 20 } },
  });
  expect(serviceDiscoveryOf(files, { privateDnsNamespace: 'other' })?.privateDnsNamespace).toEqual({
    name: 'other',
    vpc: 'vpc-1',
  });
  const elsewhere = serviceDiscoveryOf(files, { publicDnsNamespaceId: 'ns-1' });
  expect(elsewhere).toMatchObject({ publicDnsNamespace: { id: 'ns-1' } });
  expect(elsewhere).not.toHaveProperty('privateDnsNamespace');
});

test.each([
  ['no namespace', { enableServiceDiscovery: true }, /needs a namespace/],
  ['two namespaces', { privateDnsNamespaceId: 'ns-1', publicDnsNamespace: 'x' }, /one namespace/],
  ['no port', { privateDnsNamespaceId: 'ns-1', dnsType: 'SRV' as const }, /SRV records tell a port/],
])('%s is wrong usage', (_, options, words) => {
  expect(() => serviceDiscoveryOf(undefined, options)).toThrow(words);
});
