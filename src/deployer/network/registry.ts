import type { TaskDefinition } from '../../fargate/task-definition.ts';
import { type NetworkObservation, shutSubnets } from './observe.ts';
import type { PlannedNetwork } from './plan.ts';

/** Images that tasks could not fetch from where they are put. */
export interface UnreachableRegistry {
  readonly images: readonly string[];
  readonly subnets: readonly string[];
  /** The subnets route to an internet gateway, which serves public addresses alone. */
  readonly lacksPublicAddress: boolean;
  /** The endpoints that the VPC would need; none where an endpoint does not help. */
  readonly missingEndpoints: readonly string[];
}

/** A private repository of ECR, the only one that a VPC endpoint leads to. */
const ecrImage = /^\d{12}\.dkr\.ecr\.[\w-]+\.amazonaws\.com(?:\.cn)?\//;

/** The endpoints that images of ECR take. Source: ECR User Guide, "Amazon ECR interface VPC endpoints". */
const ecrEndpoints: readonly string[] = ['ecr.api', 'ecr.dkr', 's3'];

/** The images that tasks could not fetch, and why; undefined where they can, or where nobody looked. */
export function unreachableRegistry(
  { containerDefinitions }: TaskDefinition,
  observed: NetworkObservation | undefined,
  planned: PlannedNetwork | undefined,
): UnreachableRegistry | undefined {
  if (observed?.routes === undefined || planned === undefined) return undefined;
  const { routes, endpoints = [] } = observed;
  const subnets = shutSubnets(routes, planned.placement.assignPublicIp);
  if (subnets.length === 0) return undefined;
  const missing = ecrEndpoints.filter((name) => !endpoints.some((service) => service.endsWith(`.${name}`)));
  const images = [...new Set(containerDefinitions.map(({ image }) => image))];
  const elsewhere = images.filter((image) => !ecrImage.test(image));
  const refused = missing.length === 0 ? elsewhere : images;
  if (refused.length === 0) return undefined;
  return {
    images: refused,
    subnets,
    lacksPublicAddress: subnets.every((id) => routes.get(id) === 'internet-gateway'),
    missingEndpoints: elsewhere.length === 0 ? missing : [],
  };
}
