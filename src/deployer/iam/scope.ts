import type { ImageTarget } from '../../transformer/image-target.ts';
import type { Task } from '../../transformer/task.ts';
import { defaultCluster } from '../desired.ts';
import { projectTags } from '../ownership.ts';
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
  /** The role that `registry-creds up` is given. */
  readonly registryRole?: string;
  /** The ARNs of the KMS keys of one's own that the project's secrets are encrypted with. */
  readonly secretKeys?: readonly string[];
  /** Where the images go that the project builds. */
  readonly images?: readonly ImageTarget[];
}

/** Actions with the least that they can be narrowed down to. */
export interface Permission<Action extends string> {
  readonly sid: string;
  readonly actions: readonly Action[];
  /** The resources; where there are none, nobody needs the action. `wanted` are all actions that are asked for. */
  readonly on: (scope: Scope, wanted: ReadonlySet<string>) => readonly string[];
  readonly condition?: (scope: Scope) => Condition;
}

export function clusterName({ cluster }: Pick<Scope, 'cluster'>): string {
  return cluster.slice(cluster.lastIndexOf('/') + 1);
}

export function clusterArn(scope: Scope): string {
  return arnIn(scope.place, 'ecs', `cluster/${clusterName(scope)}`);
}

/** Whether the commands of a project make its cluster where it is missing: no other is made. */
export function makesCluster(scope: Scope): boolean {
  return clusterName(scope) === defaultCluster;
}

/** Whether a load balancer is made for the project's service. */
export function makesBalancer({ task }: Pick<Scope, 'task'>): boolean {
  return task.run.service?.applicationLoadBalancer !== undefined;
}

/** That what is made is given the project's tags, or that what is there has them. */
export function tagged(key: 'aws:RequestTag' | 'aws:ResourceTag'): (scope: Scope) => Condition {
  return ({ project }) => ({
    StringEquals: Object.fromEntries(projectTags(project).map((tag) => [`${key}/${tag.key}`, tag.value])),
  });
}

/** The ARN of the project's service, which has the name of the family. */
export function serviceArn(scope: Scope): string {
  return arnIn(scope.place, 'ecs', `service/${clusterName(scope)}/${scope.task.definition.family}`);
}
