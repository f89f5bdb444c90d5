import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { ACCOUNT_ID, arn } from '../identifiers.ts';
import type { Repository } from '../records/registry.ts';
import { epochSeconds } from '../wire.ts';
import { type Operation, page } from './operation.ts';

interface RepositoryInput {
  readonly registryId?: string;
  readonly repositoryName: string;
}

interface CreateRepositoryInput extends RepositoryInput {
  readonly imageTagMutability?: string;
  readonly tags?: Repository['tags'];
}

interface PutLifecyclePolicyInput extends RepositoryInput {
  readonly lifecyclePolicyText: string;
}

interface DescribeRepositoriesInput {
  readonly registryId?: string;
  readonly repositoryNames?: readonly string[];
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** The pattern of a name, as ECR's refusal shows it. */
const NAME = /^(?:[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*\/)*[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;

export const repositoryOperations: Readonly<Record<string, Operation>> = {
  CreateRepository: { check: checkRepository, apply: createRepository },
  DescribeRepositories: { answer: describeRepositories },
  DeleteRepository: { check: checkEmpty, apply: deleteRepository },
  PutLifecyclePolicy: { check: checkPolicy, apply: putLifecyclePolicy },
  GetLifecyclePolicy: { answer: getLifecyclePolicy },
  GetAuthorizationToken: { answer: getAuthorizationToken },
  ListTagsForResource: { answer: listTags },
};

/** The repository that a call names; refuses one that is not there. */
export function repositoryOf(account: Account, { region, input }: Call<RepositoryInput>): Repository {
  const { repositoryName, registryId = ACCOUNT_ID } = input;
  const found = account.repositories.get(repositoryArn(region, repositoryName));
  if (found !== undefined && registryId === ACCOUNT_ID) return found;
  throw new ApiError(
    'RepositoryNotFoundException',
    `The repository with name '${repositoryName}' does not exist in the registry with id '${registryId}'`,
  );
}

function checkRepository(account: Account, { region, input }: Call<CreateRepositoryInput>): void {
  const { repositoryName } = input;
  if (!NAME.test(repositoryName) || repositoryName.length < 2 || repositoryName.length > 256) {
    throw new ApiError(
      'InvalidParameterException',
      `Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '${NAME.source.slice(1, -1)}''`,
    );
  }
  if (!account.repositories.has(repositoryArn(region, repositoryName))) return;
  throw new ApiError(
    'RepositoryAlreadyExistsException',
    `The repository with name '${repositoryName}' already exists in the registry with id '${ACCOUNT_ID}'`,
  );
}

function createRepository(account: Account, { region, at, input }: Call<CreateRepositoryInput>): object {
  const { repositoryName, imageTagMutability = 'MUTABLE', tags = [] } = input;
  const repository: Repository = {
    repositoryArn: repositoryArn(region, repositoryName),
    repositoryName,
    repositoryUri: `${registryHost(region)}/${repositoryName}`,
    createdAt: at,
    imageTagMutability,
    tags,
    images: new Map(),
  };
  account.repositories.set(repository.repositoryArn, repository);
  return { repository: shown(repository) };
}

function describeRepositories(account: Account, call: Call<DescribeRepositoriesInput>): object {
  const { repositoryNames, registryId, maxResults = 100, nextToken } = call.input;
  const named = repositoryNames?.map((repositoryName) =>
    repositoryOf(account, { ...call, input: { repositoryName, ...(registryId === undefined ? {} : { registryId }) } }),
  );
  const own = [...account.repositories.values()]
    .filter((one) => one.repositoryArn.startsWith(repositoryArn(call.region, '')))
    .toSorted((a, b) => (a.repositoryName < b.repositoryName ? -1 : 1));
  const { items, ...next } = page(named ?? own, maxResults, nextToken);
  return { repositories: items.map(shown), ...next };
}

function checkEmpty(account: Account, call: Call<RepositoryInput & { readonly force?: boolean }>): void {
  const { repositoryName, images } = repositoryOf(account, call);
  if (images.size === 0 || call.input.force === true) return;
  throw new ApiError(
    'RepositoryNotEmptyException',
    `The repository with name '${repositoryName}' in registry with id '${ACCOUNT_ID}' cannot be deleted because it still contains images`,
  );
}

function deleteRepository(account: Account, call: Call<RepositoryInput>): object {
  const repository = repositoryOf(account, call);
  account.repositories.delete(repository.repositoryArn);
  return { repository: shown(repository) };
}

function checkPolicy(account: Account, call: Call<PutLifecyclePolicyInput>): void {
  repositoryOf(account, call);
  const { lifecyclePolicyText: text } = call.input;
  const invalid = (why: string) =>
    new ApiError(
      'InvalidParameterException',
      `Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: '${why}'`,
    );
  if (text.length < 100 || text.length > 30_720) throw invalid('Member must have length between 100 and 30720');
  try {
    if (!Array.isArray((JSON.parse(text) as { rules?: unknown }).rules)) throw new Error('no rules');
  } catch {
    throw invalid('Lifecycle policy validation failure: the text is no policy');
  }
}

function putLifecyclePolicy(account: Account, call: Call<PutLifecyclePolicyInput>): object {
  const repository = repositoryOf(account, call);
  repository.lifecyclePolicyText = call.input.lifecyclePolicyText;
  return policyOf(repository);
}

function getLifecyclePolicy(account: Account, call: Call<RepositoryInput>): object {
  const repository = repositoryOf(account, call);
  if (repository.lifecyclePolicyText !== undefined) return policyOf(repository);
  throw new ApiError(
    'LifecyclePolicyNotFoundException',
    `Lifecycle policy does not exist for the repository with name '${repository.repositoryName}' in the registry with id '${ACCOUNT_ID}'`,
  );
}

function policyOf({ repositoryName, lifecyclePolicyText }: Repository): object {
  return { registryId: ACCOUNT_ID, repositoryName, lifecyclePolicyText };
}

/** A token is good for twelve hours. */
const TOKEN_LIFE = 12 * 3600 * 1000;

function getAuthorizationToken(_: Account, { region, at }: Call): object {
  const authorizationToken = Buffer.from('AWS:simulated-password').toString('base64');
  const expiresAt = epochSeconds(at + TOKEN_LIFE);
  return { authorizationData: [{ authorizationToken, expiresAt, proxyEndpoint: `https://${registryHost(region)}` }] };
}

function listTags(account: Account, { input }: Call<{ readonly resourceArn: string }>): object {
  const repository = account.repositories.get(input.resourceArn);
  if (repository !== undefined) return { tags: repository.tags };
  throw new ApiError('RepositoryNotFoundException', `The repository with arn '${input.resourceArn}' does not exist`);
}

function shown({ images: _, lifecyclePolicyText: __, tags: ___, createdAt, ...repository }: Repository): object {
  return { ...repository, registryId: ACCOUNT_ID, createdAt: epochSeconds(createdAt) };
}

function repositoryArn(region: string, name: string): string {
  return arn('ecr', region, `repository/${name}`);
}

function registryHost(region: string): string {
  return `${ACCOUNT_ID}.dkr.ecr.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}
