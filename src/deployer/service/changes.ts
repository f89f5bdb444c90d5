import { type Comparison, type Json, normalise } from '../normal-form.ts';
import { type ServiceChange, targetInWords } from './operation.ts';
import type { ServiceMembers } from './service-account.ts';

/** Sources: ECS API Reference, CreateService and Service. */
const comparison: Comparison = {
  defaults: {
    platformVersion: 'LATEST',
    availabilityZoneRebalancing: 'DISABLED',
    healthCheckGracePeriodSeconds: 0,
    enableExecuteCommand: false,
    enableECSManagedTags: false,
    propagateTags: 'NONE',
    'networkConfiguration.awsvpcConfiguration.assignPublicIp': 'DISABLED',
    'capacityProviderStrategy[].weight': 0,
    'capacityProviderStrategy[].base': 0,
    'volumeConfigurations[].managedEBSVolume.encrypted': false,
  },
  sets: {
    'networkConfiguration.awsvpcConfiguration.subnets': '',
    'networkConfiguration.awsvpcConfiguration.securityGroups': '',
    capacityProviderStrategy: 'capacityProvider',
    loadBalancers: 'targetGroupArn',
    volumeConfigurations: 'name',
    'serviceConnectConfiguration.services': 'portName',
  },
  spellings: {
    serviceConnectConfiguration: (configuration) =>
      (configuration as { readonly enabled?: boolean }).enabled === false ? undefined : configuration,
    // The share of a provider that is alone is the whole.
    capacityProviderStrategy: (strategy) => {
      const [first, ...others] = strategy as readonly { readonly capacityProvider: string }[];
      return first === undefined || others.length > 0 ? strategy : [{ capacityProvider: first.capacityProvider }];
    },
  },
};

/** What UpdateService is told to make a member as it is where nothing is said. */
const unset: Partial<ServiceMembers> = {
  platformVersion: 'LATEST',
  healthCheckGracePeriodSeconds: 0,
  loadBalancers: [],
  serviceRegistries: [],
  serviceConnectConfiguration: { enabled: false },
  enableExecuteCommand: false,
  enableECSManagedTags: false,
  propagateTags: 'NONE',
  volumeConfigurations: [],
};

/** How a service is to change: member by member for people, and what UpdateService is told. */
export interface ServiceChanges {
  readonly changes: readonly ServiceChange[];
  readonly members: Partial<ServiceMembers>;
}

/** Compares the members of a service with those that it is to have; two spellings of the same are no change. */
export function serviceChanges(before: ServiceMembers, after: ServiceMembers): ServiceChanges {
  const one = partsOf(normalise(before as unknown as Json, comparison));
  const other = partsOf(normalise(after as unknown as Json, comparison));
  const names = [...new Set([...other.keys(), ...one.keys()])];
  const changed = names.filter((name) => JSON.stringify(one.get(name)) !== JSON.stringify(other.get(name)));
  return {
    changes: changed.flatMap((name) => changesAt(name, one.get(name), other.get(name))),
    members: Object.fromEntries(
      changed.map((name) => {
        const member = name as keyof ServiceMembers;
        return [member, after[member] ?? unset[member]];
      }),
    ),
  };
}

/** The changes at the leaves below a member. A list is one leaf. */
function changesAt(member: string, before: Json | undefined, after: Json | undefined): readonly ServiceChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [one, other] = [partsOf(before), partsOf(after)];
  if (one.size === 0 && other.size === 0) return [{ member, before: text(member, before), after: text(member, after) }];
  return [...new Set([...other.keys(), ...one.keys()])].flatMap((name) =>
    changesAt(`${member}.${name}`, one.get(name), other.get(name)),
  );
}

function partsOf(value: Json | undefined): ReadonlyMap<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : new Map();
}

function text(member: string, value: Json = comparison.defaults[member] ?? 'none'): string {
  if (!Array.isArray(value)) return String(value);
  if (member === 'loadBalancers') return value.map((item) => targetInWords(item as never)).join(', ');
  return value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join(',');
}
