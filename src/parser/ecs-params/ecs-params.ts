import { child, type MappingNode, type Node } from '../../source/node.ts';
import type { SourceFile } from '../../source/source.ts';

/** An ecs-params file: interpolated, and known to be as `schemas/ecs-params.schema.json` says. */
export interface EcsParams {
  readonly file: SourceFile;
  readonly root: MappingNode;
}

/** What stands at a path of keys, such as `task_definition`, `task_size`, `cpu_limit`; undefined where nothing does. */
export function paramsAt(params: EcsParams | undefined, ...keys: readonly string[]): Node | undefined {
  return keys.reduce<Node | undefined>((node, key) => child(node, key), params?.root);
}
