import type { Tag } from '../../fargate/task-definition.ts';
import type { LostVolume } from '../storage.ts';
import type { ServiceMembers } from './service-account.ts';

/** One step of a plan for a service, with all that it takes to do it. */
export type ServiceOperation =
  | {
      readonly kind: 'create-service';
      readonly service: string;
      readonly members: ServiceMembers;
      readonly tags: readonly Tag[];
      /** Whether old tasks stop before new ones start, since both would write to the same storage. */
      readonly guardsData: boolean;
    }
  | {
      readonly kind: 'update-service';
      readonly service: string;
      /** What changes, as the plan tells it. */
      readonly changes: readonly ServiceChange[];
      readonly members: Partial<ServiceMembers>;
      /** Whether it gets the revision of the plan. */
      readonly withRevision: boolean;
      /** Why its tasks are replaced although nothing of theirs may have changed; absent where they are not. */
      readonly force?: 'asked' | 'failed-before' | 'member-changed';
      readonly guardsData: boolean;
      /** The volumes with data that end with the tasks that are replaced. */
      readonly loses?: readonly LostVolume[];
    }
  | {
      readonly kind: 'tag-service';
      readonly service: string;
      readonly arns: readonly string[];
      readonly tags: readonly Tag[];
    }
  | { readonly kind: 'untag-service'; readonly service: string; readonly arn: string; readonly keys: readonly string[] }
  /** Until it is steady with so many tasks. */
  | { readonly kind: 'wait-service'; readonly service: string; readonly count: number }
  | { readonly kind: 'delete-service'; readonly service: string; readonly force: boolean }
  | { readonly kind: 'wait-deleted'; readonly service: string };

/** A member of a service that changes, such as `deploymentConfiguration.maximumPercent`. */
export interface ServiceChange {
  readonly member: string;
  readonly before: string;
  readonly after: string;
}

const guard = '; its old tasks stop before new ones start, since they write to storage that outlives them';

const because: Readonly<Record<'asked' | 'failed-before' | 'member-changed', string>> = {
  asked: 'replace its tasks',
  'failed-before': 'try again, since its last rollout failed',
  'member-changed': 'replace its tasks',
};

/** What an operation does, in a sentence without its full stop. */
export function serviceSentence(operation: ServiceOperation): string {
  const { service } = operation;
  switch (operation.kind) {
    case 'create-service':
      return `Create the service ${service} of ${tasks(operation.members.desiredCount)}${behind(operation.members)}${operation.guardsData ? guard : ''}`;
    case 'update-service': {
      const { changes, force, guardsData } = operation;
      const parts = changes.map(({ member, before, after }) => `${member} ${before} → ${after}`);
      const all = force === undefined ? parts : [...parts, because[force]];
      return `Update the service ${service}: ${all.join(', ')}${guardsData ? guard : ''}`;
    }
    case 'tag-service':
      return `Tag the service ${service} as part of this project`;
    case 'untag-service':
      return `Take the tag ${operation.keys.join(', ')} from the service ${service}`;
    case 'wait-service':
      return operation.count === 0
        ? `Wait until no task of the service ${service} runs`
        : `Wait until the service ${service} is steady with ${tasks(operation.count)}`;
    case 'delete-service':
      return `Delete the service ${service}`;
    case 'wait-deleted':
      return `Wait until the service ${service} is gone`;
  }
}

function tasks(count: number): string {
  return count === 1 ? '1 task' : `${count} tasks`;
}

/** ` behind the target group web (web:80)`; nothing where no load balancer sends traffic. */
function behind({ loadBalancers = [] }: ServiceMembers): string {
  if (loadBalancers.length === 0) return '';
  return ` behind the target ${loadBalancers.length === 1 ? 'group' : 'groups'} ${loadBalancers.map(targetInWords).join(', ')}`;
}

/** `shop (web:80)`: a target group by its name, and what it sends traffic to. */
export function targetInWords({
  targetGroupArn,
  containerName,
  containerPort,
}: NonNullable<ServiceMembers['loadBalancers']>[number]): string {
  const [, name = targetGroupArn] = targetGroupArn.split('/');
  return `${name} (${containerName}:${containerPort})`;
}
