/**
 * Whether an image stands in a private ECR registry, in any partition, over IPv4 or dual stack. Public ECR is another
 * registry, and needs no role. Source: ECS API Reference, ContainerDefinition, `image`.
 */
export function isEcrImage(image: string): boolean {
  return /^\d{12}\.dkr(?:\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?|-ecr(?:-fips)?\.[a-z0-9-]+\.on\.aws)\//.test(
    image,
  );
}

/** Whose private ECR registry a host is, and where; undefined for any other host. */
export function ecrRegistry(host: string): { readonly account: string; readonly region: string } | undefined {
  if (!isEcrImage(`${host}/`)) return undefined;
  const [account = '', ...labels] = host.split('.');
  const region = labels[labels.findIndex((label) => /ecr(?:-fips)?$/.test(label)) + 1] ?? '';
  return { account, region };
}

/** A repository of a private ECR registry. */
export interface EcrRepository {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/** The private ECR repository that an image stands in; undefined for an image of any other registry. */
export function ecrRepository(image: string): EcrRepository | undefined {
  const { registry, repository } = imageName(image);
  const owner = ecrRegistry(registry);
  return owner && { ...owner, name: repository };
}

/** The parts of an image's name, as Docker understands a short one. */
export interface ImageName {
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
}

/** `nginx:1` → docker.io, library/nginx, 1. Source: the reference grammar of github.com/distribution/reference. */
export function imageName(image: string): ImageName {
  const [name = ''] = image.split('@', 1);
  const [first = '', ...rest] = name.split('/');
  const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const registry = hasRegistry ? first.replace(/^(?:index|registry-1)\.docker\.io$/, dockerHub) : dockerHub;
  const [path = '', tag] = (hasRegistry ? rest.join('/') : name).split(':', 2);
  const repository = registry === dockerHub && !path.includes('/') ? `library/${path}` : path;
  return { registry, repository, ...(tag === undefined ? {} : { tag }) };
}

/** Docker Hub's registry. */
export const dockerHub = 'docker.io';

/**
 * The name of one of Docker's official images, such as `mysql`, on Docker Hub or in its copy in Amazon ECR Public;
 * undefined for any other.
 */
export function officialImage({ registry, repository }: ImageName): string | undefined {
  const prefix = registry === dockerHub ? 'library/' : registry === 'public.ecr.aws' ? 'docker/library/' : undefined;
  return prefix !== undefined && repository.startsWith(prefix) ? repository.slice(prefix.length) : undefined;
}
