import { AwsError, undefinedOn } from '../aws/aws-error.ts';
import type { StepEnd, Steps } from '../step.ts';
import { poll } from '../watch.ts';
import { removal } from '../when-unused.ts';
import type { DiscoveryOperation } from './operation.ts';

/** The steps that the name of a service needs. */
export const discoverySteps: Steps<DiscoveryOperation['kind']> = {
  async 'create-namespace'({ namespace, tags }, _, options) {
    const discovery = await options.account.discovery();
    // Another one has made the namespace meanwhile, or an answer to this one was lost.
    const unlessThere = undefinedOn('NamespaceAlreadyExists');
    const operation = await discovery.createPrivateNamespace(namespace, tags).catch(unlessThere);
    if (operation === undefined) {
      const { name, vpc } = namespace;
      const found = await discovery.find({ name, type: 'DNS_PRIVATE', vpc }, '');
      return { progress: { namespaceId: found.namespace?.id ?? '' }, result: namespace.name };
    }
    const start = options.clock.now();
    for await (const namespaceId of poll(options, () => discovery.namespaceMade(operation))) {
      if (namespaceId !== undefined) return { progress: { namespaceId }, result: namespace.name };
      if (options.clock.now() - start < options.timeout) continue;
      const message = `The namespace ${namespace.name} is still being made.`;
      throw new AwsError('servicediscovery:GetOperation', { name: 'NamespaceNotMade', message });
    }
    return interrupted;
  },
  async 'create-discovery-service'({ entry, registry }, { namespaceId = '' }, { account }) {
    const registryArn = await (await account.discovery()).createEntry({ namespaceId, ...entry });
    return { progress: { serviceRegistries: [{ registryArn, ...registry }] }, result: entry.name };
  },
  async 'update-discovery-service'({ id, name, changes }, _, { account }) {
    await (await account.discovery()).updateEntry(id, changes);
    return { result: name };
  },
  // Tasks that have just stopped are registered a while longer.
  async 'delete-discovery-service'({ id, name }, _, options) {
    const discovery = await options.account.discovery();
    return removal(options, () => discovery.deleteEntry(id), name);
  },
  async 'delete-namespace'({ id, name }, _, options) {
    const discovery = await options.account.discovery();
    return removal(options, () => discovery.deleteNamespace(id), name);
  },
};

const interrupted: StepEnd = { verdict: { kind: 'interrupted', tasks: [] } };
