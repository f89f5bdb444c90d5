import { ecrRepository } from '../../fargate/images.ts';
import type { TaskDefinition } from '../../fargate/task-definition.ts';
import { writtenLogGroups } from './log-groups.ts';
import { arnIn, type Place } from './place.ts';
import { allow, type PolicyDocument, policy } from './policy.ts';

/**
 * What the execution role of a task definition needs, and no more: ECS uses it to pull the images, to read secrets and
 * environment files, and to write logs. `keys` are the ARNs of the KMS keys of the customer's own that secrets are
 * encrypted with. Source: ECS Developer Guide, "Amazon ECS task execution IAM role".
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
  const references = containers.flatMap(({ secrets = [], logConfiguration, repositoryCredentials }) => [
    ...[...secrets, ...(logConfiguration?.secretOptions ?? [])].map(({ valueFrom }) => referenceOf(valueFrom, place)),
    ...(repositoryCredentials === undefined ? [] : [managedSecret(repositoryCredentials.credentialsParameter, place)]),
  ]);
  const readBy = (service: Reference['service']) =>
    references.filter((one) => one.service === service).map(({ arn }) => arn);
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
    ...allow('ReadParameters', ['ssm:GetParameters'], readBy('ssm')),
    ...allow('ReadSecrets', ['secretsmanager:GetSecretValue'], readBy('secretsmanager')),
    ...allow('DecryptSecrets', ['kms:Decrypt'], keys),
    ...allow('ReadEnvironmentFiles', ['s3:GetObject'], files),
    ...allow('FindEnvironmentFiles', ['s3:GetBucketLocation'], files.map(bucketOf)),
  ]);
}

/** What a secret is read from. */
interface Reference {
  readonly service: 'ssm' | 'secretsmanager';
  readonly arn: string;
}

/** A parameter by its name or ARN, or a secret by its ARN, which may go on with a key, a stage and a version. */
function referenceOf(valueFrom: string, place: Place): Reference {
  const [secret] = /^arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:[^:]+/.exec(valueFrom) ?? [];
  if (secret !== undefined) return managedSecret(secret, place);
  const name = valueFrom.replace(/^arn:[^:]+:ssm:[^:]*:[^:]*:parameter/, '');
  // Parameter Store hands on secrets of Secrets Manager under this name, and asks for the right to them.
  const [, shared] = /^\/?aws\/reference\/secretsmanager\/(.+)$/.exec(name) ?? [];
  if (shared !== undefined) return managedSecret(shared, place);
  const arn = valueFrom.startsWith('arn:') ? valueFrom : arnIn(place, 'ssm', `parameter/${name.replace(/^\//, '')}`);
  return { service: 'ssm', arn };
}

/** A secret by its name or ARN. Secrets Manager ends the ARN in six characters of its own choice, here any if unknown. */
function managedSecret(secret: string, place: Place): Reference {
  const isArn = secret.startsWith('arn:');
  const arn = isArn ? secret : arnIn(place, 'secretsmanager', `secret:${secret}`);
  const isWhole = isArn && /-[A-Za-z0-9]{6}$/.test(arn);
  return { service: 'secretsmanager', arn: isWhole ? arn : `${arn}-??????` };
}

function bucketOf(file: string): string {
  return file.split('/', 1)[0] ?? file;
}
