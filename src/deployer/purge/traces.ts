import { ecrRepository } from '../../fargate/images.ts';
import type { TaskDefinition } from '../../fargate/task-definition.ts';
import type { LogGroup } from '../account.ts';
import { isClusterLogGroup } from '../cluster/cluster-settings.ts';
import type { ImageBuild } from '../image/image-build.ts';
import { logGroups } from '../plan.ts';
import type { SecretStoreKind } from '../secret/secret-store.ts';

/** What task definitions say of what a project keeps outside its tasks: asks nobody whether it is there. */
export interface Traces {
  readonly logGroups: readonly Located[];
  /** Those in ECR of images that the project builds, or whose names are the project's. */
  readonly repositories: readonly Located[];
  /** Those of images that stand in ECR, whoever made them. */
  readonly otherRepositories: readonly Located[];
  /** Those whose names are the project's. */
  readonly secrets: readonly NamedSecret[];
  /** The ids of EFS file systems. */
  readonly fileSystems: readonly string[];
}

/** What has a name in a region. */
export interface Located {
  readonly name: string;
  readonly region: string;
}

export interface NamedSecret {
  readonly store: SecretStoreKind;
  readonly name: string;
}

interface Where {
  readonly project: string;
  readonly region: string;
  readonly builds: readonly Pick<ImageBuild, 'target'>[];
}

/** The traces of a project in its definitions and in what it builds, each once. */
export function tracesOf(definitions: readonly TaskDefinition[], where: Where): Traces {
  const { project, region, builds } = where;
  const containers = definitions.flatMap(({ containerDefinitions }) => containerDefinitions);
  const built = builds.flatMap(({ target: { registry, repository: name } }) => {
    if (registry === undefined) return { name, region };
    const owner = ecrRepository(`${registry}/${name}`);
    return owner === undefined ? [] : { name, region: owner.region };
  });
  const used = containers.flatMap(({ image = '' }) => {
    const repository = ecrRepository(image);
    return repository === undefined ? [] : { name: repository.name, region: repository.region };
  });
  const isNamed = ({ name }: Located) => name.startsWith(`${project}/`);
  const repositories = distinct([...built, ...used.filter(isNamed)]);
  const references = containers.flatMap(({ secrets = [], repositoryCredentials }) => [
    ...secrets.map(({ valueFrom }) => valueFrom ?? ''),
    repositoryCredentials?.credentialsParameter ?? '',
  ]);
  return {
    // That of a cluster goes with the cluster, also of another one that the newest revision is for.
    logGroups: distinct(
      definitions.flatMap((one) => logGroups(one, { byContainers: true })).map(located(region)),
    ).filter(({ name }) => !isClusterLogGroup(name)),
    repositories,
    otherRepositories: distinct(used).filter((one) => !repositories.some((own) => sameAs(own, one))),
    secrets: distinct(references.flatMap((reference) => secretOf(reference, project) ?? [])),
    fileSystems: distinct(
      definitions.flatMap(({ volumes = [] }) =>
        volumes.flatMap(({ efsVolumeConfiguration }) => efsVolumeConfiguration?.fileSystemId ?? []),
      ),
    ),
  };
}

/** The secret that `valueFrom` means, if its name is one that the project's secrets have; undefined for any other. */
function secretOf(valueFrom: string, project: string): NamedSecret | undefined {
  // Secrets Manager adds six characters to a name; what comes after them is a part of the secret.
  const [, secret] = /^arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:([^:]+)-[A-Za-z0-9]{6}(?::|$)/.exec(valueFrom) ?? [];
  if (secret !== undefined)
    return secret.startsWith(`${project}/`) ? { store: 'secrets-manager', name: secret } : undefined;
  const name = valueFrom.replace(/^arn:[^:]+:ssm:[^:]*:[^:]*:parameter(?=\/)/, '');
  return name.startsWith(`/${project}/`) ? { store: 'ssm', name } : undefined;
}

function located(usual: string): (group: LogGroup) => Located {
  return ({ name, region = usual }) => ({ name, region });
}

function sameAs(a: Located, b: Located): boolean {
  return a.name === b.name && a.region === b.region;
}

function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
