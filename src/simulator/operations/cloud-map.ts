import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { arn, hexadecimal } from '../identifiers.ts';
import type { DiscoveryService, Namespace } from '../records/discovery.ts';
import { epochSeconds } from '../wire.ts';
import type { Operation } from './operation.ts';

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

interface CreateNamespaceInput {
  readonly Name: string;
  readonly Vpc: string;
  readonly Description?: string;
  readonly Tags?: readonly Tag[];
}

interface DnsConfig {
  readonly RoutingPolicy?: string;
  readonly DnsRecords: readonly { readonly Type: string; readonly TTL: number }[];
}

interface CreateServiceInput {
  readonly Name: string;
  readonly NamespaceId: string;
  readonly Description?: string;
  readonly DnsConfig?: DnsConfig;
  readonly HealthCheckCustomConfig?: object;
  readonly Tags?: readonly Tag[];
}

interface UpdateServiceInput {
  readonly Id: string;
  readonly Service: { readonly Description?: string; readonly DnsConfig?: DnsConfig };
}

interface ListInput {
  readonly Filters?: readonly { readonly Name: string; readonly Values: readonly string[] }[];
}

interface IdInput {
  readonly Id: string;
}

export const cloudMapOperations: Readonly<Record<string, Operation>> = {
  CreatePrivateDnsNamespace: { check: checkNamespaceIsNew, apply: createNamespace },
  GetOperation: { answer: getOperation },
  GetNamespace: { answer: (account, call) => ({ Namespace: namespaceOf(account, call) }) },
  ListNamespaces: { answer: listNamespaces },
  DeleteNamespace: { check: checkNamespaceIsEmpty, apply: deleteNamespace },
  CreateService: { check: checkServiceIsNew, apply: createService },
  GetService: { answer: (account, call) => ({ Service: serviceOf(account, call) }) },
  ListServices: { answer: listServices },
  UpdateService: { check: serviceOf, apply: updateService },
  DeleteService: { check: checkServiceIsUnused, apply: deleteService },
  ListTagsForResource: { answer: listTags },
};

function namespaceArn(region: string, id: string): string {
  return arn('servicediscovery', region, `namespace/${id}`);
}

function serviceArn(region: string, id: string): string {
  return arn('servicediscovery', region, `service/${id}`);
}

/** The namespace that a call names. One that only the user's files know is there: somebody made it. */
function namespaceOf(account: Account, { region, input }: Call<IdInput>): Namespace {
  const found = account.namespaces.get(namespaceArn(region, input.Id));
  if (found !== undefined) return found;
  if (!/^ns-\w+$/.test(input.Id) || input.Id.startsWith(MADE_HERE)) throw noNamespace(input.Id);
  return {
    Id: input.Id,
    Arn: namespaceArn(region, input.Id),
    Name: 'simulated.internal',
    Type: 'DNS_PRIVATE',
    Tags: [],
  };
}

/** How the ids begin that the simulator itself gives. */
const MADE_HERE = 'ns-0simulated';

function noNamespace(id: string): ApiError {
  return new ApiError('NamespaceNotFound', `Namespace not found: ${id}`);
}

function serviceOf(account: Account, { region, input }: Call<IdInput>): DiscoveryService {
  const found = account.discoveryServices.get(serviceArn(region, input.Id));
  if (found === undefined) throw new ApiError('ServiceNotFound', `Service not found: ${input.Id}`);
  return found;
}

function ofRegion<T extends { readonly Arn: string }>(all: ReadonlyMap<string, T>, region: string): readonly T[] {
  return [...all.values()].filter(({ Arn }) => Arn.includes(`:${region}:`));
}

function checkNamespaceIsNew(account: Account, { region, input }: Call<CreateNamespaceInput>): void {
  if (!/^[!-~]{1,253}$/.test(input.Name)) throw new ApiError('InvalidInput', 'The name of the namespace is not valid.');
  const taken = ofRegion(account.namespaces, region).some(({ Name, Vpc }) => Name === input.Name && Vpc === input.Vpc);
  if (taken) throw new ApiError('NamespaceAlreadyExists', `Namespace ${input.Name} already exists.`);
}

/** Makes the namespace at once; the operation that tells so has its id in its own. */
function createNamespace(account: Account, { region, at, input }: Call<CreateNamespaceInput>): object {
  const suffix = hexadecimal(8, `${region} ${input.Name} ${account.changes}`);
  const id = `${MADE_HERE}${suffix}`;
  account.namespaces.set(namespaceArn(region, id), {
    Id: id,
    Arn: namespaceArn(region, id),
    Name: input.Name,
    Type: 'DNS_PRIVATE',
    Vpc: input.Vpc,
    ...(input.Description === undefined ? {} : { Description: input.Description }),
    CreateDate: epochSeconds(at),
    Tags: input.Tags ?? [],
  });
  return { OperationId: `create-${suffix}` };
}

function getOperation(_: Account, { input }: Call<{ readonly OperationId: string }>): object {
  const [, kind, suffix] = /^(create|delete)-(\w{8})$/.exec(input.OperationId) ?? [];
  if (kind === undefined) throw new ApiError('OperationNotFound', `Operation not found: ${input.OperationId}`);
  const Type = kind === 'create' ? 'CREATE_NAMESPACE' : 'DELETE_NAMESPACE';
  return {
    Operation: { Id: input.OperationId, Type, Status: 'SUCCESS', Targets: { NAMESPACE: `${MADE_HERE}${suffix}` } },
  };
}

function listNamespaces(account: Account, { region, input }: Call<ListInput>): object {
  const tests = (input.Filters ?? []).map(({ Name, Values }) => {
    if (Name !== 'NAME' && Name !== 'TYPE') throw new ApiError('InvalidInput', `The simulator has no filter ${Name}.`);
    return (namespace: Namespace) => Values.includes(Name === 'NAME' ? namespace.Name : namespace.Type);
  });
  return {
    Namespaces: ofRegion(account.namespaces, region).filter((namespace) => tests.every((test) => test(namespace))),
  };
}

function servicesIn(account: Account, region: string, namespaceId: string): readonly DiscoveryService[] {
  return ofRegion(account.discoveryServices, region).filter(({ NamespaceId }) => NamespaceId === namespaceId);
}

function checkNamespaceIsEmpty(account: Account, call: Call<IdInput>): void {
  const { Id } = namespaceOf(account, call);
  if (servicesIn(account, call.region, Id).length === 0) return;
  throw new ApiError('ResourceInUse', 'Namespace has associated services; delete the services before the namespace.');
}

function deleteNamespace(account: Account, { region, input }: Call<IdInput>): object {
  account.namespaces.delete(namespaceArn(region, input.Id));
  return { OperationId: `delete-${input.Id.slice(-8)}` };
}

function checkServiceIsNew(account: Account, { region, input, ...call }: Call<CreateServiceInput>): void {
  namespaceOf(account, { ...call, region, input: { Id: input.NamespaceId } });
  const taken = servicesIn(account, region, input.NamespaceId).some(({ Name }) => Name === input.Name);
  if (taken) throw new ApiError('ServiceAlreadyExists', `Service ${input.Name} already exists.`);
}

function createService(account: Account, { region, at, input }: Call<CreateServiceInput>): object {
  const id = `srv-${hexadecimal(16, `${input.NamespaceId} ${input.Name} ${account.changes}`)}`;
  const { Tags = [], DnsConfig, ...rest } = input;
  const service: DiscoveryService = {
    ...rest,
    Id: id,
    Arn: serviceArn(region, id),
    Type: DnsConfig === undefined ? 'HTTP' : 'DNS',
    ...(DnsConfig === undefined ? {} : { DnsConfig }),
    CreateDate: epochSeconds(at),
    Tags,
  };
  account.discoveryServices.set(service.Arn, service);
  return { Service: service };
}

function listServices(account: Account, { region, input }: Call<ListInput>): object {
  const ids = (input.Filters ?? []).find(({ Name }) => Name === 'NAMESPACE_ID')?.Values;
  const all = ofRegion(account.discoveryServices, region);
  return { Services: all.filter(({ NamespaceId }) => ids === undefined || ids.includes(NamespaceId)) };
}

function updateService(account: Account, { region, input }: Call<UpdateServiceInput>): object {
  const key = serviceArn(region, input.Id);
  const service = account.discoveryServices.get(key) as DiscoveryService;
  account.discoveryServices.set(key, { ...service, ...input.Service });
  return { OperationId: `create-${hexadecimal(8, input.Id)}` };
}

/** The tasks of an ECS service are registered until it has let go of them. */
function checkServiceIsUnused(account: Account, call: Call<IdInput>): void {
  const { Arn } = serviceOf(account, call);
  const users = [...account.services.values()].filter(({ settings }) =>
    settings.serviceRegistries?.some(({ registryArn }) => registryArn === Arn),
  );
  if (!users.some(({ deployments }) => deployments.some(({ tasks }) => tasks.length > 0))) return;
  throw new ApiError(
    'ResourceInUse',
    'Service contains registered instances; delete the instances before deleting the service',
  );
}

function deleteService(account: Account, { region, input }: Call<IdInput>): object {
  account.discoveryServices.delete(serviceArn(region, input.Id));
  return {};
}

function listTags(
  { namespaces, discoveryServices }: Account,
  { input }: Call<{ readonly ResourceARN: string }>,
): object {
  const found = namespaces.get(input.ResourceARN) ?? discoveryServices.get(input.ResourceARN);
  return { Tags: found?.Tags ?? [] };
}
