import type { Task } from '../../transformer/task.ts';
import { arnIn, type Place } from './place.ts';
import type { Condition } from './policy.ts';

/** What is deployed, and where: it says on which resources an action is needed. */
export interface Scope {
  readonly place: Place;
  readonly project: string;
  /** Name or ARN. */
  readonly cluster: string;
  readonly task: Pick<Task, 'definition' | 'run' | 'published'>;
  /** Whether the execution role may be made where it is missing. */
  readonly createsRoles?: boolean;
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

/** Whether a load balancer is made for the project's service. */
export function makesBalancer({ task }: Pick<Scope, 'task'>): boolean {
  return task.run.service?.applicationLoadBalancer !== undefined;
}

/** The ARN of the project's service, which has the name of the family. */
export function serviceArn(scope: Scope): string {
  return arnIn(scope.place, 'ecs', `service/${clusterName(scope)}/${scope.task.definition.family}`);
}
