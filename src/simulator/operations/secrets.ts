import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { arn, hexadecimal } from '../identifiers.ts';
import type { Secret } from '../records/secrets.ts';
import { epochSeconds } from '../wire.ts';
import { type Operation, page } from './operation.ts';

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

interface DeleteSecretInput extends SecretInput {
  readonly ForceDeleteWithoutRecovery?: boolean;
  readonly RecoveryWindowInDays?: number;
}

interface ListSecretsInput {
  readonly Filters?: readonly { readonly Key: string; readonly Values: readonly string[] }[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** For how many days a deleted secret can be restored unless the call says otherwise. */
const RECOVERY_DAYS = 30;

export const secretOperations: Readonly<Record<string, Operation>> = {
  CreateSecret: { check: checkSecret, apply: createSecret },
  PutSecretValue: { check: checkValue, apply: putValue },
  UpdateSecret: { check: checkValue, apply: putValue },
  TagResource: { check: secretOf, apply: tagSecret },
  DeleteSecret: { check: checkDeletion, apply: deleteSecret },
  ListSecrets: { answer: listSecrets },
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
  const taken = secretsIn(account, call.region).find((secret) => secret.Name === Name);
  if (taken === undefined) return;
  if (taken.deletedAt !== undefined) {
    throw new ApiError(
      'InvalidRequestException',
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  throw new ApiError('ResourceExistsException', `The operation failed because the secret ${Name} already exists.`);
}

function secretsIn(account: Account, region: string): readonly Secret[] {
  return [...account.secrets.values()].filter(({ ARN }) => ARN.split(':')[3] === region);
}

function checkValue(account: Account, call: Call<SecretInput>): void {
  liveSecretOf(account, call);
  checkText(call.input.SecretString);
}

/** As `secretOf`, and refuses one that waits for its deletion. */
function liveSecretOf(account: Account, call: Call<SecretInput>): Secret {
  const secret = secretOf(account, call);
  if (secret.deletedAt === undefined) return secret;
  throw new ApiError(
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
  );
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

function checkDeletion(account: Account, call: Call<DeleteSecretInput>): void {
  const { ForceDeleteWithoutRecovery: force, RecoveryWindowInDays: days } = call.input;
  if (force && days !== undefined) {
    throw new ApiError(
      'InvalidParameterException',
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    );
  }
  if (force) secretOf(account, call);
  else liveSecretOf(account, call);
}

/** Unless it is forced, a secret waits for its deletion so long, and keeps its name. */
function deleteSecret(account: Account, call: Call<DeleteSecretInput>): object {
  const { ForceDeleteWithoutRecovery: force = false, RecoveryWindowInDays: days = RECOVERY_DAYS } = call.input;
  const secret = secretOf(account, call);
  const { ARN, Name } = secret;
  if (force) account.secrets.delete(ARN);
  else secret.deletedAt = call.at;
  return { ARN, Name, DeletionDate: epochSeconds(force ? call.at : call.at + days * 86_400_000) };
}

/** Filters of tags and names match what begins so. Source: Secrets Manager API Reference, `Filter`. */
function listSecrets(account: Account, { region, input }: Call<ListSecretsInput>): object {
  const { Filters = [], MaxResults = 100, NextToken } = input;
  const texts: Readonly<Record<string, (secret: Secret) => readonly string[]>> = {
    'tag-key': ({ Tags }) => Tags.map(({ Key }) => Key),
    'tag-value': ({ Tags }) => Tags.map(({ Value }) => Value),
    name: ({ Name }) => [Name],
  };
  const found = secretsIn(account, region)
    .filter(({ deletedAt }) => deletedAt === undefined)
    .filter((secret) =>
      Filters.every(({ Key, Values }) =>
        texts[Key]?.(secret).some((text) => Values.some((value) => text.startsWith(value))),
      ),
    );
  const { items, nextToken } = page(found, MaxResults, NextToken);
  const SecretList = items.map(({ versions: _, deletedAt: __, createdAt, ...secret }) => ({
    ...secret,
    CreatedDate: epochSeconds(createdAt),
  }));
  return { SecretList, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
}

function describeSecret(account: Account, call: Call<SecretInput>): object {
  const { versions, createdAt, deletedAt, ...secret } = secretOf(account, call);
  const stages = ['AWSCURRENT', 'AWSPREVIOUS'];
  const newest = versions.slice(-stages.length).toReversed();
  return {
    ...secret,
    CreatedDate: epochSeconds(createdAt),
    ...(deletedAt === undefined ? {} : { DeletedDate: epochSeconds(deletedAt) }),
    VersionIdsToStages: Object.fromEntries(newest.map(({ VersionId }, index) => [VersionId, [stages[index]]])),
  };
}

function getSecretValue(account: Account, call: Call<SecretInput>): object {
  const { ARN, Name, versions } = liveSecretOf(account, call);
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
