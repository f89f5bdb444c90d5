import type { Tag } from '../../fargate/task-definition.ts';
import type { ServiceSettings } from '../../transformer/service-settings.ts';

export type ServiceDiscovery = NonNullable<ServiceSettings['serviceDiscovery']>;

/** A: addresses. SRV: addresses and ports. */
export type RecordType = 'A' | 'SRV';

/** A namespace of Cloud Map. */
export interface Namespace {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
}

/** An entry of a namespace, which Cloud Map calls a service. */
export interface Entry {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** Absent where it has no DNS record that tasks can have. */
  readonly type?: RecordType;
  /** Seconds. */
  readonly ttl?: number;
  readonly description?: string;
}

/** Where a service is registered, as far as it is there. */
export interface Registration {
  readonly namespace?: Namespace;
  readonly entry?: Entry;
}

/** A registration, and whether the parts of it carry the tags of the project. */
export interface OwnRegistration {
  readonly namespace: Namespace & { readonly own: boolean };
  readonly entry?: Entry & { readonly own: boolean };
  /** The names of the other entries of the namespace. */
  readonly others: readonly string[];
}

/** A namespace that exists, or is to: by id, or by name. */
export type NamespaceKey =
  | { readonly id: string }
  | {
      readonly name: string;
      readonly type: 'DNS_PRIVATE' | 'DNS_PUBLIC';
      /** Of several private ones of a name, which each VPC may have, that of this VPC. */
      readonly vpc?: string;
    };

/** What an entry is made with. */
export interface NewEntry {
  readonly namespaceId: string;
  readonly name: string;
  readonly type: RecordType;
  /** Seconds. */
  readonly ttl: number;
  readonly description?: string;
  readonly failureThreshold: number;
  readonly tags: readonly Tag[];
}

/** What the deployer asks of Cloud Map. Every method may throw an `AwsError`. */
export interface Discovery {
  find(namespace: NamespaceKey, entry: string): Promise<Registration>;
  /** What an ARN of `serviceRegistries` names; empty where it is gone. */
  registrationOf(registryArn: string): Promise<Registration>;
  /** Whose a registration is, by the tags that `isOwn` judges; undefined for an empty one. */
  ownershipOf(
    registration: Registration,
    isOwn: (tags: ReadonlyMap<string, string>) => boolean,
  ): Promise<OwnRegistration | undefined>;
  /** Gives the id of an operation. */
  createPrivateNamespace(
    namespace: { readonly name: string; readonly vpc: string; readonly description?: string },
    tags: readonly Tag[],
  ): Promise<string>;
  /** The id of the namespace that an operation has made; undefined while it goes on. Throws where it has failed. */
  namespaceMade(operation: string): Promise<string | undefined>;
  /** Gives its ARN; that of the one which is there where another has made it meanwhile. */
  createEntry(entry: NewEntry): Promise<string>;
  updateEntry(id: string, changes: Pick<NewEntry, 'type' | 'ttl' | 'description'>): Promise<void>;
  /** One that is gone already is no error. */
  deleteEntry(id: string): Promise<void>;
  /** Likewise. Cloud Map takes a minute for it by itself. */
  deleteNamespace(id: string): Promise<void>;
}
