import type { Task } from '../../transformer/task.ts';
import { arnIn, type Place } from './place.ts';
import type { Condition } from './policy.ts';

/** What is deployed, and where: it says on which resources an action is needed. */
export interface Scope {
  readonly place: Place;
  readonly project: string;
  /** Name or ARN. */
  readonly cluster: string;
  readonly task: Pick<Task, 'definition' | 'run' | 'published' | 'rolePolicies'>;
  /** Whether roles may be made where they are missing. */
  readonly createsRoles?: boolean;
  /** Whether what the project has kept may be removed for good. */
  readonly purges?: boolean;
}

/** Actions with the least that they can be narrowed down to. */
export interface Permission<Action extends string> {
  readonly sid: string;
  readonly actions: readonly Action[];
  /** The resources; where there are none, nobody needs the action. */
  readonly on: (scope: Scope) => readonly string[];
  readonly condition?: (scope: Scope) => Condition;
}

export function clusterName({ cluster }: Pick<Scope, 'cluster'>): string {
  return cluster.slice(cluster.lastIndexOf('/') + 1);
}

/** The ARN of the project's service, which has the name of the family. */
export function serviceArn(scope: Scope): string {
  return arnIn(scope.place, 'ecs', `service/${clusterName(scope)}/${scope.task.definition.family}`);
}
