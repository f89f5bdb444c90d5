import {
  CreatePrivateDnsNamespaceCommand,
  CreateServiceCommand,
  DeleteNamespaceCommand,
  DeleteServiceCommand,
  GetNamespaceCommand,
  GetOperationCommand,
  GetServiceCommand,
  ListTagsForResourceCommand,
  paginateListNamespaces,
  paginateListServices,
  ServiceDiscoveryClient,
  type ServiceDiscoveryClientConfig,
  type ServiceSummary,
  UpdateServiceCommand,
} from '@aws-sdk/client-servicediscovery';
import { type Ask, AwsError, undefinedOn } from '../aws/aws-error.ts';
import { defined } from '../aws/defined.ts';
import { vpcOfNamespace } from '../ownership.ts';
import type { Discovery, Entry, Namespace, NamespaceKey, RecordType } from './discovery.ts';

/** Cloud Map by the SDK. This file is a bundle of its own, loaded for services that are registered there. */
export function cloudMap(config: ServiceDiscoveryClientConfig, ask: Ask): Discovery {
  const client = new ServiceDiscoveryClient(config);
  const entriesOf = (namespaceId: string): Promise<readonly Entry[]> =>
    ask('servicediscovery:ListServices', async () => {
      const Filters = [{ Name: 'NAMESPACE_ID' as const, Values: [namespaceId], Condition: 'EQ' as const }];
      const entries: Entry[] = [];
      for await (const { Services = [] } of paginateListServices({ client }, { Filters }))
        entries.push(...Services.map(entryOf));
      return entries;
    });
  const namespaceOf = async (key: NamespaceKey): Promise<Namespace | undefined> => {
    if ('id' in key) {
      const answer = ask('servicediscovery:GetNamespace', () => client.send(new GetNamespaceCommand({ Id: key.id })));
      const found = await answer.catch(undefinedOn('NamespaceNotFound'));
      return found && { id: key.id, arn: found.Namespace?.Arn ?? '', name: found.Namespace?.Name ?? key.id };
    }
    const named = await namespacesNamed(key);
    if (key.vpc === undefined) return named[0];
    const vpcs = await Promise.all(named.map(async ({ arn }) => vpcOfNamespace(await tagsOf(arn))));
    // Of one that somebody else made the VPC is not known.
    return named[vpcs.indexOf(key.vpc)] ?? named[vpcs.indexOf(undefined)];
  };
  const namespacesNamed = ({ name, type }: Exclude<NamespaceKey, { id: string }>): Promise<readonly Namespace[]> =>
    ask('servicediscovery:ListNamespaces', async () => {
      const Filters = [
        { Name: 'TYPE' as const, Values: [type], Condition: 'EQ' as const },
        { Name: 'NAME' as const, Values: [name], Condition: 'EQ' as const },
      ];
      const found: Namespace[] = [];
      for await (const { Namespaces = [] } of paginateListNamespaces({ client }, { Filters }))
        found.push(...Namespaces.map(({ Id = '', Arn = '' }) => ({ id: Id, arn: Arn, name })));
      return found;
    });
  const tagsOf = async (ResourceARN: string): Promise<ReadonlyMap<string, string>> => {
    const { Tags = [] } = await ask('servicediscovery:ListTagsForResource', () =>
      client.send(new ListTagsForResourceCommand({ ResourceARN })),
    );
    return new Map(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  };
  return {
    async find(key, name) {
      const namespace = await namespaceOf(key);
      if (namespace === undefined) return {};
      const entry = (await entriesOf(namespace.id)).find((one) => one.name === name);
      return { namespace, ...(entry === undefined ? {} : { entry }) };
    },
    async registrationOf(registryArn) {
      const Id = registryArn.slice(registryArn.lastIndexOf('/') + 1);
      const answer = ask('servicediscovery:GetService', () => client.send(new GetServiceCommand({ Id })));
      const { Service } = (await answer.catch(undefinedOn('ServiceNotFound'))) ?? {};
      const namespace = Service?.NamespaceId === undefined ? undefined : await namespaceOf({ id: Service.NamespaceId });
      return namespace === undefined || Service === undefined ? {} : { namespace, entry: entryOf(Service) };
    },
    async ownershipOf({ namespace, entry }, isOwn) {
      if (namespace === undefined) return undefined;
      const [entries, namespaceTags, entryTags] = await Promise.all([
        entriesOf(namespace.id),
        tagsOf(namespace.arn),
        entry === undefined ? new Map() : tagsOf(entry.arn),
      ]);
      return {
        namespace: { ...namespace, own: isOwn(namespaceTags) },
        ...(entry === undefined ? {} : { entry: { ...entry, own: isOwn(entryTags) } }),
        others: entries.filter(({ id }) => id !== entry?.id).map(({ name }) => name),
      };
    },
    async createPrivateNamespace({ name, vpc, description }, tags) {
      const input = { Name: name, Vpc: vpc, ...defined({ Description: description }), Tags: tagsInput(tags) };
      const { OperationId = '' } = await ask('servicediscovery:CreatePrivateDnsNamespace', () =>
        client.send(new CreatePrivateDnsNamespaceCommand(input)).catch((error) => {
          // Somebody makes the same one at the moment.
          if (error.name !== 'DuplicateRequest' || error.DuplicateOperationId === undefined) throw error;
          return { OperationId: error.DuplicateOperationId as string };
        }),
      );
      return OperationId;
    },
    async namespaceMade(OperationId) {
      const { Operation: operation } = await ask('servicediscovery:GetOperation', () =>
        client.send(new GetOperationCommand({ OperationId })),
      );
      if (operation?.Status === 'FAIL') {
        const { ErrorCode: name = 'OperationFailed', ErrorMessage: message = 'The operation failed.' } = operation;
        throw new AwsError('servicediscovery:CreatePrivateDnsNamespace', { name, message });
      }
      return operation?.Status === 'SUCCESS' ? operation.Targets?.NAMESPACE : undefined;
    },
    async createEntry({ namespaceId, name, type, ttl, description, failureThreshold, tags }) {
      const input = {
        Name: name,
        NamespaceId: namespaceId,
        ...defined({ Description: description }),
        DnsConfig: { RoutingPolicy: 'MULTIVALUE' as const, DnsRecords: [{ Type: type, TTL: ttl }] },
        HealthCheckCustomConfig: { FailureThreshold: failureThreshold },
        Tags: tagsInput(tags),
      };
      const made = ask('servicediscovery:CreateService', () => client.send(new CreateServiceCommand(input)));
      const { Service } = (await made.catch(undefinedOn('ServiceAlreadyExists'))) ?? {};
      if (Service?.Arn !== undefined) return Service.Arn;
      return (await entriesOf(namespaceId)).find((one) => one.name === name)?.arn ?? '';
    },
    async updateEntry(Id, { type, ttl, description }) {
      const Service = {
        ...defined({ Description: description }),
        DnsConfig: { DnsRecords: [{ Type: type, TTL: ttl }] },
      };
      await ask('servicediscovery:UpdateService', () => client.send(new UpdateServiceCommand({ Id, Service })));
    },
    async deleteEntry(Id) {
      const gone = ask('servicediscovery:DeleteService', () => client.send(new DeleteServiceCommand({ Id })));
      await gone.catch(undefinedOn('ServiceNotFound'));
    },
    async deleteNamespace(Id) {
      const gone = ask('servicediscovery:DeleteNamespace', () => client.send(new DeleteNamespaceCommand({ Id })));
      await gone.catch(undefinedOn('NamespaceNotFound', 'DuplicateRequest'));
    },
  };
}

function tagsInput(tags: readonly { readonly key: string; readonly value: string }[]) {
  return tags.map(({ key, value }) => ({ Key: key, Value: value }));
}

function entryOf({ Id = '', Arn = '', Name = '', Description, DnsConfig }: ServiceSummary): Entry {
  const record = DnsConfig?.DnsRecords?.find(({ Type }) => Type === 'A' || Type === 'SRV');
  return {
    id: Id,
    arn: Arn,
    name: Name,
    ...defined({ type: record?.Type as RecordType | undefined, ttl: record?.TTL, description: Description }),
  };
}
