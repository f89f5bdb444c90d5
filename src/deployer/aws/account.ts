import type { Account } from '../account.ts';
import type { Registry } from '../image/registry.ts';
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
  return {
    ...ecs,
    ...logs,
    network: lazily(() => import('../network/ec2-client.ts').then(({ ec2Network }) => ec2Network(configuration, ask))),
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
    stacks: lazily(() =>
      import('../cluster/cloudformation-client.ts').then(({ cloudFormationStacks }) =>
        cloudFormationStacks(configuration, ask),
      ),
    ),
    roles: lazily(() => import('../iam/iam-client.ts').then(({ iamRoles }) => iamRoles(configuration, ask))),
    balancing: lazily(() =>
      import('../balancer/elastic-load-balancing-client.ts').then(({ elasticLoadBalancing }) =>
        elasticLoadBalancing(configuration, ask),
      ),
    ),
    discovery: lazily(() =>
      import('../discovery/cloud-map-client.ts').then(({ cloudMap }) => cloudMap(configuration, ask)),
    ),
    scaling: lazily(() =>
      import('../scaling/application-auto-scaling-client.ts').then(({ applicationAutoScaling }) =>
        applicationAutoScaling(configuration, ask),
      ),
    ),
    close() {
      ecs.close();
      logs.close();
    },
  };
}

/** What is loaded when it is first asked for, and then kept. */
function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
