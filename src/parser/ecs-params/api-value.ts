import { entriesOf, type Node } from '../../source/node.ts';
import type { Source } from '../../source/source.ts';
import { plain } from '../compose/plain.ts';

/** Names that the ECS API does not spell as their words joined. */
const spellings: Readonly<Record<string, string>> = {
  size_in_gib: 'sizeInGiB',
  managed_ebs_volume: 'managedEBSVolume',
  enable_ecs_managed_tags: 'enableECSManagedTags',
};

/** A key of ecs-params as the ECS API spells it: `file_system_id` is `fileSystemId`. */
export function apiName(key: string): string {
  return spellings[key] ?? key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** A value of ecs-params whose keys are those of the ECS API in snake case, as the API takes it. */
export function apiValue(node: Node): unknown {
  if (node.kind === 'sequence') return node.items.map(apiValue);
  if (node.kind === 'mapping') {
    return Object.fromEntries(entriesOf(node).map(([key, { value }]) => [apiName(key), apiValue(value)]));
  }
  return plain(node);
}

/** The places of what is in a mapping of such keys, by its path as the API spells it: `efsVolumeConfiguration.fileSystemId`. */
export function apiPlaces(node: Node): readonly (readonly [path: string, source: Source])[] {
  return entriesOf(node).flatMap(([key, { value }]) => [
    [apiName(key), value.source] as const,
    ...apiPlaces(value).map(([rest, source]) => [`${apiName(key)}.${rest}`, source] as const),
  ]);
}
