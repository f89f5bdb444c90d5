import type { Tag } from '../fargate/task-definition.ts';
import { UsageError } from './command.ts';
import { repeated } from './repeated.ts';

/** Tags from `k=v,k2=v2`; an option that is repeated adds to the earlier ones. What ECS takes: API Reference, Tag. */
export function parseTags(text: string, earlier: unknown): readonly Tag[] {
  const tags = text.split(',').map((pair) => {
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (key === '') throw new UsageError(`"${pair}" is no tag. Write KEY=VALUE, and a comma between two of them.`);
    if (key.length > 128 || value.length > 256) {
      throw new UsageError(`The tag ${key} is too long: a key has at most 128 characters, a value 256.`);
    }
    if (/^(?:aws|compose2fargate):/i.test(key)) {
      throw new UsageError(`The tag ${key} may not be set: keys that begin so belong to AWS or to compose2fargate.`);
    }
    return { key, value };
  });
  const before = repeated<Tag>(earlier).filter(({ key }) => !tags.some((tag) => tag.key === key));
  return [...before, ...tags];
}
