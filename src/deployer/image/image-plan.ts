import { ecrRegistry } from '../../fargate/images.ts';
import type { Account } from '../account.ts';
import { projectTags } from '../ownership.ts';
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

/** What of the repositories is still to be done, each once. */
export interface RepositoryObservation {
  /** Those that do not exist yet. */
  readonly missing: readonly EcrRepository[];
  /** Those that the project has made, and that keep all their images: a push was cut short. */
  readonly unfinished: readonly EcrRepository[];
}

/** Looks at the repositories that images go to; changes nothing. */
export async function observeRepositories(
  account: Account,
  images: readonly PlannedImage[],
  project: string,
): Promise<RepositoryObservation> {
  const repositories = distinct(
    images.flatMap(({ repository }) => repository ?? []),
    ({ registry, name }) => `${registry}/${name}`,
  );
  const states = await Promise.all(
    repositories.map(async ({ region, name, account: owner }) => {
      const registry = await account.registry(region);
      if (!(await registry.hasRepository(name, owner))) return 'missing';
      return (await registry.keepsAll(name, projectTags(project))) ? 'unfinished' : 'there';
    }),
  );
  const those = (state: 'missing' | 'unfinished') => repositories.filter((_, index) => states[index] === state);
  return { missing: those('missing'), unfinished: those('unfinished') };
}

/** The plan that builds and pushes images. Nothing is made in AWS before every image is built. */
export function planImages(images: readonly PlannedImage[], { missing, unfinished }: RepositoryObservation): Plan {
  const registries = distinct(
    images.flatMap(({ repository }) => repository ?? []),
    ({ registry }) => registry,
  );
  const operations: readonly ImageOperation[] = [
    ...images.map(({ build, reference }) => ({ kind: 'build-image', build, reference }) as const),
    ...missing.map(({ name, region }) => ({ kind: 'create-repository', repository: name, region, keeps }) as const),
    ...unfinished.map(
      ({ name, region }) => ({ kind: 'put-lifecycle-policy', repository: name, region, keeps }) as const,
    ),
    ...registries.map(({ registry, region }) => ({ kind: 'log-in', registry, region }) as const),
    ...images.map(({ build, reference }) => ({ kind: 'push-image', service: build.service, reference }) as const),
  ];
  return { operations, kept: [] };
}

function distinct<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
