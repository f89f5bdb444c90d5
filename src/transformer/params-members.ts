import { apiPlaces, apiValue } from '../parser/ecs-params/api-value.ts';
import { child, itemsOf, numberOf } from '../source/node.ts';
import type { ContainerConcern } from './context.ts';
import { originFrom } from './task.ts';

/** What Compose has no word for, and ecs-params says as the ECS API does: `environment_files`, `start_timeout`. */
export const paramsMembers: ContainerConcern = ({ params, fields }) => {
  fields.putList(
    'environmentFiles',
    itemsOf(child(params, 'environment_files')).map((node) => ({
      value: apiValue(node) as { type: string; value: string },
      origin: originFrom(node),
      parts: apiPlaces(node),
    })),
  );
  const startTimeout = child(params, 'start_timeout');
  const seconds = numberOf(startTimeout);
  if (startTimeout !== undefined && seconds !== undefined) {
    fields.put('startTimeout', seconds, originFrom(startTimeout));
  }
};
