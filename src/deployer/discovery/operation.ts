import { hostedZonePerMonth } from '../../fargate/prices.ts';
import type { Tag } from '../../fargate/task-definition.ts';
import type { ServiceRegistry } from '../service/service-account.ts';
import type { NewEntry } from './discovery.ts';

/** One step of a plan for the name of a service in Cloud Map. */
export type DiscoveryOperation =
  | {
      readonly kind: 'create-namespace';
      readonly namespace: { readonly name: string; readonly vpc: string; readonly description?: string };
      readonly tags: readonly Tag[];
    }
  | {
      readonly kind: 'create-discovery-service';
      readonly namespace: string;
      /** Its namespace is that of the plan where it has none. */
      readonly entry: Omit<NewEntry, 'namespaceId'> & { readonly namespaceId?: string };
      /** What the ECS service is told beside the ARN. */
      readonly registry: Omit<ServiceRegistry, 'registryArn'>;
    }
  | {
      readonly kind: 'update-discovery-service';
      readonly id: string;
      readonly name: string;
      readonly changes: Pick<NewEntry, 'type' | 'ttl' | 'description'>;
    }
  | { readonly kind: 'delete-discovery-service'; readonly id: string; readonly name: string }
  | { readonly kind: 'delete-namespace'; readonly id: string; readonly name: string };

/** What an operation does, in a sentence without its full stop. */
export function discoverySentence(operation: DiscoveryOperation): string {
  switch (operation.kind) {
    case 'create-namespace': {
      const { name, vpc } = operation.namespace;
      return `Create the private namespace ${name} in ${vpc}, whose hosted zone costs $${hostedZonePerMonth.toFixed(2)} a month`;
    }
    case 'create-discovery-service': {
      const { name, type, ttl } = operation.entry;
      return `Give the service the name ${name}.${operation.namespace} (${type} records, ${ttl} s)`;
    }
    case 'update-discovery-service':
      return `Keep answers about the name ${operation.name} for ${operation.changes.ttl} s`;
    case 'delete-discovery-service':
      return `Delete the name ${operation.name}`;
    case 'delete-namespace':
      return `Delete the namespace ${operation.name}`;
  }
}
