import type { Tag } from '../fargate/task-definition.ts';
import { UsageError } from './command.ts';

/** Tags from a text such as `team=web,stage=test`; an option that is repeated adds to the earlier ones. */
export function parseTags(text: string, earlier: unknown): readonly Tag[] {
  const tags = text.split(',').map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`"${pair}" is no tag. Write key=value, and a comma between two.`);
    return { key: pair.slice(0, at), value: pair.slice(at + 1) };
  });
  return [...((earlier as readonly Tag[] | undefined) ?? []), ...tags];
}
