import type { Tag } from '../../fargate/task-definition.ts';
import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import type { Operation } from './operation.ts';
import { findTaskDefinition } from './task-definitions.ts';

interface TagsInput {
  readonly resourceArn: string;
  readonly tags?: readonly Tag[];
  readonly tagKeys?: readonly string[];
}

interface Tagged {
  tags: readonly Tag[];
}

export const tagOperations: Readonly<Record<string, Operation>> = {
  TagResource: { check: resourceOf, apply: tagResource },
  UntagResource: { check: resourceOf, apply: untagResource },
  ListTagsForResource: {
    answer: (account: Account, call: Call<TagsInput>) => ({ tags: resourceOf(account, call).tags }),
  },
};

function tagResource(account: Account, call: Call<TagsInput>): object {
  const resource = resourceOf(account, call);
  const added = call.input.tags ?? [];
  resource.tags = [...resource.tags.filter(({ key }) => !added.some((tag) => tag.key === key)), ...added];
  return {};
}

function untagResource(account: Account, call: Call<TagsInput>): object {
  const resource = resourceOf(account, call);
  resource.tags = resource.tags.filter(({ key }) => !call.input.tagKeys?.includes(key));
  return {};
}

/** The cluster, task, service or revision of an ARN; refuses one that is not there. */
function resourceOf(account: Account, { input, region }: Call<TagsInput>): Tagged {
  const { resourceArn } = input;
  const revision = /:task-definition\/.*:\d+$/.test(resourceArn)
    ? findTaskDefinition(account, region, resourceArn)
    : undefined;
  const { clusters, tasks, services } = account;
  const found = clusters.get(resourceArn) ?? tasks.get(resourceArn) ?? services.get(resourceArn) ?? revision;
  if (found !== undefined) return found;
  throw new ApiError('InvalidParameterException', 'The specified resource was not found.');
}
