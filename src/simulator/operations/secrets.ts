import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { arn, hexadecimal } from '../identifiers.ts';
import type { Secret } from '../records/secrets.ts';
import { epochSeconds } from '../wire.ts';
import type { Operation } from './operation.ts';

interface CreateSecretInput {
  readonly Name: string;
  readonly SecretString?: string;
  readonly KmsKeyId?: string;
  readonly ClientRequestToken?: string;
  readonly Tags?: Secret['Tags'];
}

interface SecretInput {
  readonly SecretId: string;
  readonly SecretString?: string;
  readonly KmsKeyId?: string;
  readonly ClientRequestToken?: string;
  readonly Tags?: Secret['Tags'];
}

export const secretOperations: Readonly<Record<string, Operation>> = {
  CreateSecret: { check: checkSecret, apply: createSecret },
  PutSecretValue: { check: checkValue, apply: putValue },
  UpdateSecret: { check: checkValue, apply: putValue },
  TagResource: { check: secretOf, apply: tagSecret },
  DeleteSecret: { check: secretOf, apply: deleteSecret },
  DescribeSecret: { answer: describeSecret },
  GetSecretValue: { answer: getSecretValue },
};

/** The secret that a call names, by ARN or by name; refuses one that is not there. */
function secretOf(account: Account, { region, input }: Call<SecretInput>): Secret {
  const found = [...account.secrets.values()].find(
    ({ ARN, Name }) => ARN === input.SecretId || (Name === input.SecretId && ARN.split(':')[3] === region),
  );
  if (found !== undefined) return found;
  throw new ApiError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}

function checkSecret(account: Account, call: Call<CreateSecretInput>): void {
  const { Name } = call.input;
  if (!/^[\w/+=.@-]{1,512}$/.test(Name)) {
    throw new ApiError(
      'ValidationException',
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    );
  }
  checkText(call.input.SecretString);
  if (!isTaken(account, call)) return;
  throw new ApiError('ResourceExistsException', `The operation failed because the secret ${Name} already exists.`);
}

function isTaken(account: Account, { region, input }: Call<CreateSecretInput>): boolean {
  return [...account.secrets.values()].some(({ ARN, Name }) => Name === input.Name && ARN.split(':')[3] === region);
}

function checkValue(account: Account, call: Call<SecretInput>): void {
  secretOf(account, call);
  checkText(call.input.SecretString);
}

/** Source: Secrets Manager API Reference, `SecretString`. */
function checkText(text: string | undefined): void {
  if (text === undefined || (text !== '' && Buffer.byteLength(text) <= 65_536)) return;
  throw new ApiError(
    'ValidationException',
    "1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have length between 1 and 65536",
  );
}

function createSecret(account: Account, { region, at, input }: Call<CreateSecretInput>): object {
  const { Name, SecretString, KmsKeyId, Tags = [] } = input;
  // AWS ends a secret's ARN with six characters of its own.
  const suffix = hexadecimal(6, `${region} ${Name} ${at}`);
  const secret: Secret = {
    ARN: arn('secretsmanager', region, `secret:${Name}-${suffix}`),
    Name,
    createdAt: at,
    ...(KmsKeyId === undefined ? {} : { KmsKeyId }),
    Tags,
    versions: [],
  };
  account.secrets.set(secret.ARN, secret);
  return withVersion(secret, at, SecretString);
}

function putValue(account: Account, call: Call<SecretInput>): object {
  const secret = secretOf(account, call);
  if (call.input.KmsKeyId !== undefined) secret.KmsKeyId = call.input.KmsKeyId;
  return withVersion(secret, call.at, call.input.SecretString);
}

/** The answer to a write, which adds a version where it brought a value. */
function withVersion(secret: Secret, at: number, SecretString: string | undefined): object {
  const { ARN, Name } = secret;
  if (SecretString === undefined) return { ARN, Name };
  const VersionId = hexadecimal(32, `${ARN} ${secret.versions.length}`);
  secret.versions = [...secret.versions, { VersionId, SecretString, createdAt: at }];
  return { ARN, Name, VersionId };
}

function tagSecret(account: Account, call: Call<SecretInput>): object {
  const secret = secretOf(account, call);
  const added = call.input.Tags ?? [];
  secret.Tags = [...secret.Tags.filter(({ Key }) => !added.some((tag) => tag.Key === Key)), ...added];
  return {};
}

function deleteSecret(account: Account, call: Call<SecretInput>): object {
  const { ARN, Name } = secretOf(account, call);
  account.secrets.delete(ARN);
  return { ARN, Name, DeletionDate: epochSeconds(call.at) };
}

function describeSecret(account: Account, call: Call<SecretInput>): object {
  const { versions, createdAt, ...secret } = secretOf(account, call);
  const stages = ['AWSCURRENT', 'AWSPREVIOUS'];
  const newest = versions.slice(-stages.length).toReversed();
  return {
    ...secret,
    CreatedDate: epochSeconds(createdAt),
    VersionIdsToStages: Object.fromEntries(newest.map(({ VersionId }, index) => [VersionId, [stages[index]]])),
  };
}

function getSecretValue(account: Account, call: Call<SecretInput>): object {
  const { ARN, Name, versions } = secretOf(account, call);
  const newest = versions.at(-1);
  if (newest === undefined) {
    throw new ApiError(
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    );
  }
  const { createdAt, ...version } = newest;
  return { ARN, Name, ...version, VersionStages: ['AWSCURRENT'], CreatedDate: epochSeconds(createdAt) };
}
