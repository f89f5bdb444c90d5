import { ecrRepository } from '../../fargate/images.ts';
import type { ContainerDefinition, TaskDefinition } from '../../fargate/task-definition.ts';
import { writtenLogGroups } from './log-groups.ts';
import { arnIn, type Place } from './place.ts';
import { allow, type PolicyDocument, policy } from './policy.ts';
import { decrypting, managedSecret, readingSecrets, type SecretReference, secretReference } from './secret-access.ts';

/**
 * What the execution role of a task definition needs, and no more: ECS uses it to pull the images, to read secrets and
 * environment files, and to write logs. `keys` are the KMS keys of the customer's own that secrets are encrypted
 * with. Source: ECS Developer Guide, "Amazon ECS task execution IAM role".
 */
export function executionPolicy(
  { containerDefinitions: containers }: TaskDefinition,
  place: Place,
  keys: readonly string[] = [],
): PolicyDocument {
  const repositories = containers.flatMap(({ image }) => {
    const repository = ecrRepository(image);
    return repository === undefined ? [] : [arnIn(repository, 'ecr', `repository/${repository.name}`)];
  });
  const logGroups = writtenLogGroups(containers, place);
  const references = secretReferences(containers, place);
  const files = containers.flatMap(({ environmentFiles = [] }) => environmentFiles.map(({ value }) => value));
  return policy([
    // A token is one of the whole registry.
    ...allow('LogInToEcr', ['ecr:GetAuthorizationToken'], repositories.length === 0 ? [] : ['*']),
    ...allow(
      'PullImages',
      ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
      repositories,
    ),
    ...allow(
      'CreateLogGroups',
      ['logs:CreateLogGroup'],
      logGroups.filter(({ byContainer }) => byContainer).map(({ arn }) => `${arn}:*`),
    ),
    ...allow(
      'WriteLogs',
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      logGroups.map(({ arn }) => `${arn}:*`),
    ),
    ...readingSecrets(references),
    ...decrypting(
      keys,
      [...references.map(({ service }) => service), ...(files.length > 0 ? ['s3' as const] : [])],
      place,
    ),
    ...allow('ReadEnvironmentFiles', ['s3:GetObject'], files),
    ...allow('FindEnvironmentFiles', ['s3:GetBucketLocation'], files.map(bucketOf)),
  ]);
}

/** The secrets that ECS reads for containers: for their variables, their logs and their registries. */
export function secretReferences(containers: readonly ContainerDefinition[], place: Place): readonly SecretReference[] {
  return containers.flatMap(({ secrets = [], logConfiguration, repositoryCredentials }) => [
    ...[...secrets, ...(logConfiguration?.secretOptions ?? [])].map(({ valueFrom }) =>
      secretReference(valueFrom, place),
    ),
    ...(repositoryCredentials === undefined ? [] : [managedSecret(repositoryCredentials.credentialsParameter, place)]),
  ]);
}

function bucketOf(file: string): string {
  return file.split('/', 1)[0] ?? file;
}
