import type { ContainerDefinition } from '../../fargate/task-definition.ts';
import { arnIn, type Place } from './place.ts';

/** A log group that containers write to. */
interface WrittenLogGroup {
  /** As the actions on a group itself want it; the others want `:*` behind it. */
  readonly arn: string;
  /** Made by the first container that writes to it, and not by us: `awslogs-create-group`. */
  readonly byContainer: boolean;
}

/** The log groups that containers write to, each in the region that its container names, else in that of the task. */
export function writtenLogGroups(containers: readonly ContainerDefinition[], place: Place): readonly WrittenLogGroup[] {
  return containers.flatMap(({ logConfiguration }) => {
    const { 'awslogs-group': group, 'awslogs-region': region, ...others } = logConfiguration?.options ?? {};
    if (logConfiguration?.logDriver !== 'awslogs' || group === undefined) return [];
    const arn = arnIn(region === undefined ? place : { ...place, region }, 'logs', `log-group:${group}`);
    return [{ arn, byContainer: others['awslogs-create-group'] === 'true' }];
  });
}
