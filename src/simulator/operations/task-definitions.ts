import type { TaskDefinition } from '../../fargate/task-definition.ts';
import type { Account, Call, RegisteredTaskDefinition } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { describedTaskDefinition, familyArn, registered } from '../registered.ts';
import { type Operation, page, type Rules } from './operation.ts';

interface DescribeTaskDefinitionInput {
  readonly taskDefinition: string;
  readonly include?: readonly string[];
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
  DeregisterTaskDefinition: { check: checkRevision, apply: deregisterTaskDefinition },
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
  revision.status = 'INACTIVE';
  revision.deregisteredAt ??= at;
  return { taskDefinition: describedTaskDefinition(revision) };
}
