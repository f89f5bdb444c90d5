import { ecrRegistry } from '../../fargate/images.ts';
import type { Account } from '../account.ts';
import type { Plan } from '../plan.ts';
import type { ImageBuild } from './image-build.ts';
import type { ImageOperation } from './image-operation.ts';

/** How many images a repository keeps that is made here. */
const keeps = 100;

/** An image to build, and where it stands when it has been pushed. */
export interface PlannedImage {
  readonly build: ImageBuild;
  /** With its tag. */
  readonly reference: string;
  /** The ECR repository that it goes to; absent for another registry, which docker has to be logged in to already. */
  readonly repository?: EcrRepository;
}

export interface EcrRepository {
  readonly registry: string;
  readonly region: string;
  /** Its owner; absent: the account that asks. */
  readonly account?: string;
  readonly name: string;
}

/** Where the images of builds go. Asks ECR for the account's registry where a target names none. */
export async function locateImages(
  account: Account,
  region: string,
  builds: readonly ImageBuild[],
): Promise<readonly PlannedImage[]> {
  const needsOwn = builds.some(({ target }) => target.registry === undefined);
  const own = needsOwn ? (await (await account.registry(region)).authorization()).host : '';
  return builds.map((build) => {
    const { registry = own, repository: name, tag } = build.target;
    const reference = `${registry}/${name}:${tag}`;
    if (build.target.registry === undefined) return { build, reference, repository: { registry, region, name } };
    const owner = ecrRegistry(registry);
    return { build, reference, ...(owner === undefined ? {} : { repository: { registry, name, ...owner } }) };
  });
}

/** The names of the repositories that do not exist yet, each once. */
export async function missingRepositories(
  account: Account,
  images: readonly PlannedImage[],
): Promise<readonly EcrRepository[]> {
  const repositories = distinct(
    images.flatMap(({ repository }) => repository ?? []),
    ({ registry, name }) => `${registry}/${name}`,
  );
  const exist = await Promise.all(
    repositories.map(async ({ region, name, account: owner }) =>
      (await account.registry(region)).hasRepository(name, owner),
    ),
  );
  return repositories.filter((_, index) => !exist[index]);
}

/** The plan that builds and pushes images. Nothing is made in AWS before every image is built. */
export function planImages(images: readonly PlannedImage[], missing: readonly EcrRepository[]): Plan {
  const registries = distinct(
    images.flatMap(({ repository }) => repository ?? []),
    ({ registry }) => registry,
  );
  const operations: readonly ImageOperation[] = [
    ...images.map(({ build, reference }) => ({ kind: 'build-image', build, reference }) as const),
    ...missing.map(({ name, region }) => ({ kind: 'create-repository', repository: name, region, keeps }) as const),
    ...registries.map(({ registry, region }) => ({ kind: 'log-in', registry, region }) as const),
    ...images.map(({ build, reference }) => ({ kind: 'push-image', service: build.service, reference }) as const),
  ];
  return { operations, kept: [] };
}

function distinct<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
