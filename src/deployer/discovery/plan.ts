import type { Tag } from '../../fargate/task-definition.ts';
import { namespaceTags } from '../ownership.ts';
import type { ServiceRegistry } from '../service/service-account.ts';
import type { NamespaceKey, OwnRegistration, RecordType, Registration, ServiceDiscovery } from './discovery.ts';
import type { DiscoveryOperation } from './operation.ts';

/** What is there of a service's name in Cloud Map. */
export interface DiscoveryState {
  /** Where the files want it; absent where they want no name. */
  readonly wanted?: Registration;
  /** The VPC of the tasks; looked for where the files name a private namespace, and not its VPC. */
  readonly vpc?: string;
  /** Where it is, if that is somewhere else, or is to go. */
  readonly former?: OwnRegistration;
}

/** What stands in the way of a name in Cloud Map. */
export type DiscoveryObstacle =
  /** Only private namespaces are made, of which the VPC is known. */
  | { readonly kind: 'missing-namespace'; readonly namespace: string }
  /** The type of an entry's records cannot be changed. */
  | { readonly kind: 'other-records'; readonly entry: string; readonly type: string; readonly wanted: RecordType };

/** As ecs-cli has it: seconds for which an answer about a name is kept. */
const usualTtl = 60;

/** The name of a service in its namespace, which is that of the family unless the files say otherwise. */
export function entryName({ serviceDiscoveryService }: ServiceDiscovery, family: string): string {
  return serviceDiscoveryService?.name ?? family;
}

/** Whether the files name a private namespace, and leave open for which VPC it is. */
export function leavesVpcOpen({ privateDnsNamespace }: ServiceDiscovery): boolean {
  return privateDnsNamespace?.name !== undefined && privateDnsNamespace.vpc === undefined;
}

/** The namespace that the files name, for the VPC of the tasks unless they say otherwise; undefined where they name none. */
export function namespaceKey(
  { privateDnsNamespace, publicDnsNamespace }: ServiceDiscovery,
  vpcOfTasks?: string,
): NamespaceKey | undefined {
  const given = privateDnsNamespace ?? publicDnsNamespace;
  if (given?.id !== undefined) return { id: given.id };
  if (given?.name === undefined) return undefined;
  if (privateDnsNamespace === undefined) return { name: given.name, type: 'DNS_PUBLIC' };
  const { vpc = vpcOfTasks } = privateDnsNamespace;
  return { name: given.name, type: 'DNS_PRIVATE', ...(vpc === undefined ? {} : { vpc }) };
}

/** What stands in the way of the name; undefined where nothing does. */
export function obstacleToDiscovery(
  desired: ServiceDiscovery | undefined,
  { wanted = {} }: DiscoveryState,
): DiscoveryObstacle | undefined {
  if (desired === undefined) return undefined;
  const { namespace, entry } = wanted;
  const key = namespaceKey(desired);
  if (key === undefined) return { kind: 'missing-namespace', namespace: '' };
  if (namespace === undefined && ('id' in key || key.type === 'DNS_PUBLIC')) {
    return { kind: 'missing-namespace', namespace: 'id' in key ? key.id : key.name };
  }
  const { type } = recordsOf(desired);
  if (entry === undefined || entry.type === type) return undefined;
  return { kind: 'other-records', entry: entry.name, type: entry.type ?? 'no', wanted: type };
}

/** The steps before the service that give it its name; none where it has it. */
export function planDiscovery(
  desired: ServiceDiscovery | undefined,
  { family, tags }: { readonly family: string; readonly tags: readonly Tag[] },
  { wanted = {}, vpc: vpcOfTasks = '' }: DiscoveryState,
): readonly DiscoveryOperation[] {
  if (desired === undefined) return [];
  const { privateDnsNamespace = {}, serviceDiscoveryService = {} } = desired;
  const { namespace, entry } = wanted;
  const { name: namespaceName = '', vpc = vpcOfTasks, description: about } = privateDnsNamespace;
  const { type, ttl } = recordsOf(desired);
  const described =
    serviceDiscoveryService.description === undefined ? {} : { description: serviceDiscoveryService.description };
  if (entry !== undefined) {
    const isSame = entry.ttl === ttl && (described.description ?? entry.description) === entry.description;
    const changes = { type, ttl, ...described };
    return isSame ? [] : [{ kind: 'update-discovery-service', id: entry.id, name: entry.name, changes }];
  }
  const made = { name: namespaceName, vpc, ...(about === undefined ? {} : { description: about }) };
  return [
    ...(namespace === undefined
      ? [{ kind: 'create-namespace', namespace: made, tags: [...tags, ...namespaceTags(vpc)] } as const]
      : []),
    {
      kind: 'create-discovery-service',
      namespace: namespace?.name ?? namespaceName,
      entry: {
        ...(namespace === undefined ? {} : { namespaceId: namespace.id }),
        name: entryName(desired, family),
        type,
        ttl,
        ...described,
        failureThreshold: serviceDiscoveryService.healthcheckCustomConfig?.failureThreshold ?? 1,
        tags,
      },
      registry: portOf(desired),
    },
  ];
}

/** The steps after the service has left its former name, for `next` or none; what others use or have made stays. */
export function planForget(former: OwnRegistration | undefined, next?: Registration): readonly DiscoveryOperation[] {
  if (former === undefined) return [];
  const { namespace, entry, others } = former;
  const entryGoes = entry?.own ?? false;
  const isLeft = next?.namespace?.id !== namespace.id && others.length === 0 && (entry === undefined || entryGoes);
  return [
    ...(entry !== undefined && entryGoes
      ? [{ kind: 'delete-discovery-service', id: entry.id, name: `${entry.name}.${namespace.name}` } as const]
      : []),
    ...(namespace.own && isLeft ? [{ kind: 'delete-namespace', id: namespace.id, name: namespace.name } as const] : []),
  ];
}

/** What the ECS service is told of its name; undefined where that is known only when the name is made. */
export function registriesOf(
  desired: ServiceDiscovery | undefined,
  { wanted = {} }: DiscoveryState,
): readonly ServiceRegistry[] | undefined {
  if (desired === undefined) return [];
  return wanted.entry === undefined ? undefined : [{ registryArn: wanted.entry.arn, ...portOf(desired) }];
}

/** The former name of a service and the one that it is to have, in words. */
export function namesInWords(
  desired: ServiceDiscovery | undefined,
  family: string,
  { wanted = {}, former }: DiscoveryState,
): { readonly before: string; readonly after: string } {
  const before = former?.entry === undefined ? 'none' : `${former.entry.name}.${former.namespace.name}`;
  if (desired === undefined) return { before, after: 'none' };
  const namespace = wanted.namespace?.name ?? desired.privateDnsNamespace?.name ?? '';
  return { before, after: `${entryName(desired, family)}.${namespace}` };
}

function recordsOf({ serviceDiscoveryService }: ServiceDiscovery): { readonly type: RecordType; readonly ttl: number } {
  const { type = 'A', ttl = usualTtl } = serviceDiscoveryService?.dnsConfig ?? {};
  return { type, ttl };
}

/** ECS takes a port for SRV records only. Source: ECS API Reference, ServiceRegistry. */
function portOf(desired: ServiceDiscovery): Omit<ServiceRegistry, 'registryArn'> {
  const { containerName, containerPort } = desired;
  if (recordsOf(desired).type === 'A' || containerName === undefined || containerPort === undefined) return {};
  return { containerName, containerPort };
}
