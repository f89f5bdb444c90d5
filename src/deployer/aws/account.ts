import type { Account } from '../account.ts';
import type { Balancing } from '../balancer/balancing.ts';
import type { Stacks } from '../cluster/stacks.ts';
import type { Discovery } from '../discovery/discovery.ts';
import type { Roles } from '../iam/roles.ts';
import type { Registry } from '../image/registry.ts';
import type { Network } from '../network/network.ts';
import type { Scaling } from '../scaling/scaling.ts';
import { asking, type OnCall } from './aws-error.ts';
import { type Connection, callerOf, clientConfiguration } from './connection.ts';
import { ecsAccount } from './ecs.ts';
import { logsAccount } from './logs.ts';

/**
 * Opens an account of AWS, or of anything that speaks its protocols at the connection's endpoint. Calls nothing.
 * `onCall` is told of every call when it has ended.
 */
export function openAccount(connection: Connection, onCall?: OnCall): Account {
  const configuration = clientConfiguration(connection);
  const ask = asking(callerOf(connection), onCall);
  const ecs = ecsAccount(configuration, ask);
  const logs = logsAccount(configuration, ask);
  const registries = new Map<string, Registry>();
  let network: Promise<Network> | undefined;
  let stacks: Promise<Stacks> | undefined;
  let roles: Promise<Roles> | undefined;
  let balancing: Promise<Balancing> | undefined;
  let discovery: Promise<Discovery> | undefined;
  let scaling: Promise<Scaling> | undefined;
  return {
    ...ecs,
    ...logs,
    network() {
      network ??= import('../network/ec2-client.ts').then(({ ec2Network }) => ec2Network(configuration, ask));
      return network;
    },
    async registry(region = connection.region ?? '') {
      const { ecrRegistry } = await import('../image/ecr-client.ts');
      const registry = registries.get(region) ?? ecrRegistry({ ...configuration, region }, ask);
      registries.set(region, registry);
      return registry;
    },
    async secretStore(kind) {
      if (kind === 'ssm') return (await import('../secret/ssm-client.ts')).parameterStore(configuration, ask);
      return (await import('../secret/secrets-manager-client.ts')).secretsManager(configuration, ask);
    },
    stacks() {
      stacks ??= import('../cluster/cloudformation-client.ts').then(({ cloudFormationStacks }) =>
        cloudFormationStacks(configuration, ask),
      );
      return stacks;
    },
    roles() {
      roles ??= import('../iam/iam-client.ts').then(({ iamRoles }) => iamRoles(configuration, ask));
      return roles;
    },
    balancing() {
      balancing ??= import('../balancer/elastic-load-balancing-client.ts').then(({ elasticLoadBalancing }) =>
        elasticLoadBalancing(configuration, ask),
      );
      return balancing;
    },
    discovery() {
      discovery ??= import('../discovery/cloud-map-client.ts').then(({ cloudMap }) => cloudMap(configuration, ask));
      return discovery;
    },
    scaling() {
      scaling ??= import('../scaling/application-auto-scaling-client.ts').then(({ applicationAutoScaling }) =>
        applicationAutoScaling(configuration, ask),
      );
      return scaling;
    },
    close() {
      ecs.close();
      logs.close();
    },
  };
}
