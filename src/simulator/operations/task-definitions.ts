import type { TaskDefinition } from '../../fargate/task-definition.ts';
import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { nameIn } from '../identifiers.ts';
import type { RegisteredTaskDefinition } from '../records/tasks.ts';
import { describedTaskDefinition, familyArn, registered } from '../registered.ts';
import { type Operation, page, type Rules } from './operation.ts';

interface DescribeTaskDefinitionInput {
  readonly taskDefinition: string;
  readonly include?: readonly string[];
}

interface ListFamiliesInput {
  readonly familyPrefix?: string;
  readonly status?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

interface DeleteTaskDefinitionsInput {
  readonly taskDefinitions: readonly string[];
}

interface ListTaskDefinitionsInput {
  readonly familyPrefix?: string;
  readonly status?: string;
  readonly sort?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export const taskDefinitionOperations: Readonly<Record<string, Operation>> = {
  RegisterTaskDefinition: { check: checkDefinition, apply: registerTaskDefinition },
  DescribeTaskDefinition: { answer: describeTaskDefinition },
  ListTaskDefinitions: { answer: listTaskDefinitions },
  ListTaskDefinitionFamilies: { answer: listTaskDefinitionFamilies },
  DeregisterTaskDefinition: { check: checkRevision, apply: deregisterTaskDefinition },
  DeleteTaskDefinitions: { check: checkDeletion, apply: deleteTaskDefinitions },
};

/** The revision that a family (its latest active one), a `family:revision` or an ARN names. */
export function findTaskDefinition(
  account: Account,
  region: string,
  name: string,
): RegisteredTaskDefinition | undefined {
  const [, family = '', revision] = /^(.*?)(?::(\d+))?$/.exec(name.replace(/^arn:.*task-definition\//, '')) ?? [];
  const revisions = account.families.get(familyArn(region, family));
  return revision === undefined
    ? revisions?.findLast(({ status }) => status === 'ACTIVE')
    : revisions?.[Number(revision) - 1];
}

function checkDefinition(_: Account, { input }: Call<TaskDefinition>, rules: Rules): void {
  const refusal = rules.validate(input);
  if (refusal !== undefined) throw new ApiError('ClientException', refusal);
}

function registerTaskDefinition(account: Account, { input, region, at }: Call<TaskDefinition>): object {
  const key = familyArn(region, input.family);
  const revisions = account.families.get(key) ?? [];
  const revision = registered(input, region, revisions.length + 1, at);
  account.families.set(key, [...revisions, revision]);
  return { taskDefinition: describedTaskDefinition(revision), tags: revision.tags };
}

function describeTaskDefinition(account: Account, { input, region }: Call<DescribeTaskDefinitionInput>): object {
  const revision = findTaskDefinition(account, region, input.taskDefinition);
  if (revision === undefined) throw new ApiError('ClientException', 'Unable to describe task definition.');
  const tags = input.include?.includes('TAGS') ? { tags: revision.tags } : {};
  return { taskDefinition: describedTaskDefinition(revision), ...tags };
}

function listTaskDefinitions(account: Account, { input, region }: Call<ListTaskDefinitionsInput>): object {
  const { familyPrefix, status = 'ACTIVE', sort = 'ASC', maxResults = 100, nextToken } = input;
  const families = familyPrefix === undefined ? familiesOf(account, region) : [familyArn(region, familyPrefix)];
  const arns = families
    .flatMap((family) => account.families.get(family) ?? [])
    .filter((revision) => revision.status === status)
    .map(({ taskDefinitionArn }) => taskDefinitionArn);
  const { items, ...next } = page(sort === 'DESC' ? arns.toReversed() : arns, maxResults, nextToken);
  return { taskDefinitionArns: items, ...next };
}

/** The families whose name begins so: ACTIVE ones have an active revision, INACTIVE ones have none. */
function listTaskDefinitionFamilies(account: Account, { input, region }: Call<ListFamiliesInput>): object {
  const { familyPrefix = '', status = 'ACTIVE', maxResults = 100, nextToken } = input;
  const families = familiesOf(account, region)
    .filter((key) => key.startsWith(familyArn(region, familyPrefix)))
    .filter((key) => status === 'ALL' || statusOfFamily(account, key) === status)
    .map(nameIn);
  const { items, ...next } = page(families, maxResults, nextToken);
  return { families: items, ...next };
}

function statusOfFamily(account: Account, key: string): string {
  return account.families.get(key)?.some(({ status }) => status === 'ACTIVE') ? 'ACTIVE' : 'INACTIVE';
}

function familiesOf(account: Account, region: string): readonly string[] {
  return [...account.families.keys()].filter((key) => key.startsWith(familyArn(region, ''))).toSorted();
}

function checkRevision(account: Account, { input, region }: Call<DescribeTaskDefinitionInput>): void {
  if (!/:\d+$/.test(input.taskDefinition)) throw new ApiError('ClientException', 'Revision is missing.');
  if (findTaskDefinition(account, region, input.taskDefinition) !== undefined) return;
  throw new ApiError('ClientException', 'The specified task definition does not exist.');
}

function deregisterTaskDefinition(account: Account, { input, region, at }: Call<DescribeTaskDefinitionInput>): object {
  const revision = findTaskDefinition(account, region, input.taskDefinition) as RegisteredTaskDefinition;
  if (revision.status === 'ACTIVE') revision.status = 'INACTIVE';
  revision.deregisteredAt ??= at;
  return { taskDefinition: describedTaskDefinition(revision) };
}

function checkDeletion(_: Account, { input }: Call<DeleteTaskDefinitionsInput>): void {
  if (input.taskDefinitions.length <= 10) return;
  throw new ApiError('InvalidParameterException', 'taskDefinitions can have at most 10 items.');
}

/** Deletes what is deregistered. It stays visible as DELETE_IN_PROGRESS, and its number is never used again. */
function deleteTaskDefinitions(account: Account, { input, region, at }: Call<DeleteTaskDefinitionsInput>): object {
  const looked = input.taskDefinitions.map((name) => {
    const revision = /:\d+$/.test(name) ? findTaskDefinition(account, region, name) : undefined;
    return { name, revision, reason: refusalOfDeletion(revision) };
  });
  const deleted = looked.flatMap(({ revision, reason }) =>
    revision === undefined || reason !== undefined ? [] : [revision],
  );
  for (const revision of deleted) {
    revision.status = 'DELETE_IN_PROGRESS';
    revision.deleteRequestedAt ??= at;
  }
  return {
    taskDefinitions: deleted.map(describedTaskDefinition),
    failures: looked.flatMap(({ name, reason }) => (reason === undefined ? [] : [{ arn: name, reason }])),
  };
}

function refusalOfDeletion(revision: RegisteredTaskDefinition | undefined): string | undefined {
  if (revision === undefined) return 'The specified task definition does not exist.';
  return revision.status === 'ACTIVE'
    ? 'The specified task definition is still in ACTIVE status. Please deregister the target and try again.'
    : undefined;
}
