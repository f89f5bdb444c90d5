import { expect, it } from 'vitest';
import { fitsVpc, parseCidr, subnetCidr } from '../../../src/deployer/cluster/cidr.ts';
import type { ClusterSettings, NetworkChoice } from '../../../src/deployer/cluster/cluster-settings.ts';
import { clusterTemplate } from '../../../src/deployer/cluster/cluster-template.ts';
import { RESOURCE_TYPES, references } from '../../../src/simulator/stack-template.ts';

function settings(network: NetworkChoice, changes: Partial<ClusterSettings> = {}): ClusterSettings {
  return { cluster: 'prod', network, ingress: { ports: [80], source: '0.0.0.0/0' }, tags: [], ...changes };
}

const own = { kind: 'own', cidr: '10.0.0.0/16', private: false } as const;

const all: Readonly<Record<string, ClusterSettings>> = {
  public: settings(own),
  private: settings({ ...own, cidr: '10.9.0.0/24', zones: ['eu-west-1b', 'eu-west-1c'], private: true }),
  existing: settings(
    { kind: 'existing', vpc: 'vpc-1', subnets: ['subnet-1', 'subnet-2'] },
    { ingress: { ports: [80, 443], source: '203.0.113.0/24' } },
  ),
  'given-groups': settings(own, { securityGroups: ['sg-1', 'sg-2'] }),
  empty: settings({ kind: 'none' }),
};

// A reviewer reads the difference, as CloudFormation would.
it.each(Object.keys(all))('makes the template "%s"', async (name) => {
  const template = `${JSON.stringify(clusterTemplate(all[name] as ClusterSettings), null, 2)}\n`;
  await expect(template).toMatchFileSnapshot(`templates/${name}.generated.json`);
});

it.each(Object.keys(all))('refers only to what the template "%s" has', (name) => {
  const { Resources, Outputs } = clusterTemplate(all[name] as ClusterSettings);
  const known = new Set([...Object.keys(Resources), 'AWS::Partition']);
  const waits = Object.values(Resources).flatMap(({ DependsOn = [] }) => DependsOn);
  for (const one of [...references(Resources), ...references(Outputs), ...waits]) expect(known).toContain(one);
  for (const { Type } of Object.values(Resources)) expect(Object.keys(RESOURCE_TYPES)).toContain(Type);
});

it('cuts a VPC into subnets that do not overlap', () => {
  const cut = (vpc: string) => [0, 1, 2, 3].map((index) => subnetCidr(vpc, index));
  expect(cut('10.0.0.0/16')).toEqual(['10.0.0.0/20', '10.0.16.0/20', '10.0.32.0/20', '10.0.48.0/20']);
  expect(cut('192.168.7.0/24')).toEqual(['192.168.7.0/28', '192.168.7.16/28', '192.168.7.32/28', '192.168.7.48/28']);
  expect(() => subnetCidr('10.0.0.0/28', 0)).toThrow(RangeError);
});

it('knows what is a block of addresses', () => {
  expect(parseCidr('0.0.0.0/0')).toEqual({ base: 0, prefix: 0 });
  for (const text of ['10.0.0.1/16', '10.0.0.256/32', '10.0.0/16', '10.0.0.0', '10.0.0.0/33', '']) {
    expect(parseCidr(text), text).toBeUndefined();
  }
  expect(['10.0.0.0/15', '10.0.0.0/16', '10.0.0.0/24', '10.0.0.0/25'].map(fitsVpc)).toEqual([false, true, true, false]);
});
