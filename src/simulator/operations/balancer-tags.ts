import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import type { BalancerTag } from '../records/load-balancing.ts';
import type { Operation } from './operation.ts';

interface TagsInput {
  readonly ResourceArns?: readonly string[];
  readonly Tags?: readonly BalancerTag[];
}

export const balancerTagOperations: Readonly<Record<string, Operation>> = {
  AddTags: { check: checkResources, apply: addTags },
  DescribeTags: { answer: describeTags },
};

type Tagged = { tags: readonly BalancerTag[] };

/** What has tags: load balancers, target groups and listeners that somebody has made. */
function tagged({ loadBalancers, targetGroups, listeners }: Account, id: string): Tagged {
  const found = loadBalancers.get(id) ?? targetGroups.get(id) ?? listeners.get(id);
  if (found !== undefined) return found;
  throw new ApiError('LoadBalancerNotFound', `'${id}' is not found`);
}

function checkResources(account: Account, { input }: Call<TagsInput>): void {
  for (const id of input.ResourceArns ?? []) tagged(account, id);
}

function addTags(account: Account, { input }: Call<TagsInput>): object {
  const { ResourceArns: ids = [], Tags: tags = [] } = input;
  for (const id of ids) {
    const found = tagged(account, id);
    found.tags = [...found.tags.filter(({ Key }) => !tags.some((tag) => tag.Key === Key)), ...tags];
  }
  return {};
}

/** Source: ELB API Reference, DescribeTags: the most that a call may name. */
const MOST_RESOURCES = 20;

function describeTags(account: Account, { input }: Call<TagsInput>): object {
  const { ResourceArns: ids = [] } = input;
  if (ids.length > MOST_RESOURCES) {
    throw new ApiError(
      'ValidationError',
      `You can describe the tags of up to ${MOST_RESOURCES} resources in a single call`,
    );
  }
  return {
    TagDescriptions: ids.map((id) => ({ ResourceArn: id, Tags: tagged(account, id).tags })),
  };
}
