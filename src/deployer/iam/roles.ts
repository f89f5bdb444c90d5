import type { Tag } from '../../fargate/task-definition.ts';
import type { PolicyDocument } from './policy.ts';

/** What the deployer asks of IAM. Every method may throw an `AwsError`. */
export interface Roles {
  /** A role by its name, with one of its inline policies if that is asked for; undefined where there is no such role. */
  role(name: string, policy?: string): Promise<RoleState | undefined>;
  /** Makes a role that whoever the policy trusts may assume. ECS may not see it for some seconds. */
  createRole(name: string, trust: PolicyDocument, tags: readonly Tag[]): Promise<void>;
  /** Gives a role an inline policy, in place of the one of that name. */
  putRolePolicy(role: string, policy: string, document: PolicyDocument): Promise<void>;
  /** Takes an inline policy from a role; one that is gone already is no error, here and below. */
  deleteRolePolicy(role: string, policy: string): Promise<void>;
  /** The ARNs of the managed policies that a role has. */
  attachedPolicies(role: string): Promise<readonly string[]>;
  /** Gives a role a managed policy; one that it has already is no error. */
  attachPolicy(role: string, policyArn: string): Promise<void>;
  detachPolicy(role: string, policyArn: string): Promise<void>;
  /** Deletes a role with its inline policies, and detaches the managed ones. */
  deleteRole(name: string): Promise<void>;
}

export interface RoleState {
  readonly arn: string;
  readonly tags: ReadonlyMap<string, string>;
  /** The text of the inline policy that was asked for; absent where the role has none of that name. */
  readonly policy?: string;
}
