/**
 * Whether an image stands in a private ECR registry, in any partition, over IPv4 or dual stack. Public ECR is another
 * registry, and needs no role. Source: ECS API Reference, ContainerDefinition, `image`.
 */
export function isEcrImage(image: string): boolean {
  return /^\d{12}\.dkr(?:\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?|-ecr(?:-fips)?\.[a-z0-9-]+\.on\.aws)\//.test(
    image,
  );
}
