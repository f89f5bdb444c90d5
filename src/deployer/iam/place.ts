import { partitionOf } from '../../fargate/partition.ts';
import type { TaskDefinition } from '../../fargate/task-definition.ts';

/** The account and the region that a project is deployed in. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** The ARN of what has a region: `arn:aws:ecs:eu-west-1:123456789012:cluster/default`. */
export function arnIn({ account, region }: Place, service: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}

/** The ARN of a role that is given as a name or as an ARN. */
export function roleArn({ account, region }: Place, role: string): string {
  return role.startsWith('arn:') ? role : `arn:${partitionOf(region)}:iam::${account}:role/${role}`;
}

/** The account of a definition's roles, which is the one that runs it; undefined where they are given as names. */
export function accountOfRoles({ executionRoleArn, taskRoleArn }: TaskDefinition): string | undefined {
  for (const role of [executionRoleArn, taskRoleArn]) {
    const account = /^arn:[^:]+:iam::(\d{12}):/.exec(role ?? '')?.[1];
    if (account !== undefined) return account;
  }
  return undefined;
}
