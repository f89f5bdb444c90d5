import type { ServiceSettings } from '../transformer/service-settings.ts';
import { UsageError } from './command.ts';

type ServiceDiscovery = NonNullable<ServiceSettings['serviceDiscovery']>;

/** The options of ecs-cli that give a service a name; each wins over what ecs-params says of the same. */
export interface ServiceDiscoveryOptions {
  readonly enableServiceDiscovery?: boolean;
  readonly vpc?: string;
  readonly privateDnsNamespace?: string;
  readonly privateDnsNamespaceId?: string;
  readonly publicDnsNamespace?: string;
  readonly publicDnsNamespaceId?: string;
  readonly sdContainerName?: string;
  readonly sdContainerPort?: number;
  readonly dnsType?: 'A' | 'SRV';
  /** Seconds. */
  readonly dnsTtl?: number;
  readonly healthcheckCustomConfigFailureThreshold?: number;
}

/**
 * What the files and the options say of a service's name; undefined where neither wants one. Throws a `UsageError`
 * where the options leave open in which namespace it is.
 */
export function serviceDiscoveryOf(
  files: ServiceDiscovery | undefined,
  options: ServiceDiscoveryOptions,
): ServiceDiscovery | undefined {
  const given = withoutUndefined({
    enable: options.enableServiceDiscovery,
    vpc: options.vpc,
    privateName: options.privateDnsNamespace,
    privateId: options.privateDnsNamespaceId,
    publicName: options.publicDnsNamespace,
    publicId: options.publicDnsNamespaceId,
    containerName: options.sdContainerName,
    containerPort: options.sdContainerPort,
    type: options.dnsType,
    ttl: options.dnsTtl,
    failureThreshold: options.healthcheckCustomConfigFailureThreshold,
  });
  if (Object.keys(given).length === 0) {
    if (files !== undefined) check(files);
    return files;
  }
  const { containerName, containerPort, type, ttl, failureThreshold } = given;
  const entry = files?.serviceDiscoveryService;
  const { privateDnsNamespace: _, publicDnsNamespace: __, ...others } = files ?? {};
  const merged: ServiceDiscovery = {
    ...others,
    ...namespaceOf(files, given),
    ...withoutUndefined({ containerName, containerPort }),
    serviceDiscoveryService: {
      ...entry,
      dnsConfig: { ...entry?.dnsConfig, ...withoutUndefined({ type, ttl }) },
      healthcheckCustomConfig: { ...entry?.healthcheckCustomConfig, ...withoutUndefined({ failureThreshold }) },
    },
  };
  check(merged);
  return merged;
}

interface GivenNamespace {
  readonly vpc?: string;
  readonly privateName?: string;
  readonly privateId?: string;
  readonly publicName?: string;
  readonly publicId?: string;
}

/** A namespace that is given takes the place of that of the files. */
function namespaceOf(
  files: ServiceDiscovery | undefined,
  { vpc, privateName, privateId, publicName, publicId }: GivenNamespace,
): Pick<ServiceDiscovery, 'privateDnsNamespace' | 'publicDnsNamespace'> {
  const names = [privateName, privateId, publicName, publicId].filter((name) => name !== undefined);
  if (names.length > 1) {
    throw new UsageError('A service is registered in one namespace: name one, by its name or by its id.');
  }
  const { privateDnsNamespace, publicDnsNamespace } = files ?? {};
  if (names.length === 0) {
    return vpc === undefined || privateDnsNamespace === undefined
      ? withoutUndefined({ privateDnsNamespace, publicDnsNamespace })
      : { privateDnsNamespace: { ...privateDnsNamespace, vpc } };
  }
  if (publicName !== undefined || publicId !== undefined) {
    return { publicDnsNamespace: withoutUndefined({ name: publicName, id: publicId }) };
  }
  const zone = { vpc: vpc ?? privateDnsNamespace?.vpc };
  return { privateDnsNamespace: withoutUndefined({ name: privateName, id: privateId, ...zone }) };
}

function check({ privateDnsNamespace, publicDnsNamespace, ...rest }: ServiceDiscovery): void {
  const given = privateDnsNamespace ?? publicDnsNamespace;
  if (given?.id === undefined && given?.name === undefined) {
    throw new UsageError(
      'Service discovery needs a namespace: give --private-dns-namespace, or name one under run_params.service_discovery in ecs-params.yml.',
    );
  }
  const { containerName, containerPort, serviceDiscoveryService } = rest;
  if (serviceDiscoveryService?.dnsConfig?.type !== 'SRV') return;
  if (containerName === undefined || containerPort === undefined) {
    throw new UsageError('SRV records tell a port: give --sd-container-name and --sd-container-port.');
  }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(members: T): Defined<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>;
}
