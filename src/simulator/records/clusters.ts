import type { Tag } from '../../fargate/task-definition.ts';

export interface Cluster {
  readonly clusterArn: string;
  readonly clusterName: string;
  status: 'ACTIVE' | 'INACTIVE';
  readonly settings: readonly unknown[];
  capacityProviders: readonly string[];
  defaultCapacityProviderStrategy: readonly CapacityProviderStrategyItem[];
  tags: readonly Tag[];
}

export interface CapacityProviderStrategyItem {
  readonly capacityProvider: string;
  readonly weight?: number;
  readonly base?: number;
}
