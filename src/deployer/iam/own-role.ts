import type { Task } from '../../transformer/task.ts';
import type { Account, Revision } from '../account.ts';
import type { Obstacle } from '../plan.ts';
import { shortName } from '../short-name.ts';
import { withFormer } from './former-policy.ts';
import type { RoleOperation, RolePurpose } from './operation.ts';
import type { Place } from './place.ts';
import type { PolicyDocument } from './policy.ts';
import type { RoleState } from './roles.ts';
import { trustPolicy } from './trust-policy.ts';

/** The inline policy of a role that a project makes. */
export const ownPolicy = 'compose2fargate';

/** A name of a role has so many characters. Source: IAM API Reference, CreateRole. */
const longestName = 64;

/** The execution role that a project makes for a family in a region: roles belong to none, so its name says which. */
export function executionRoleName(family: string, region: string): string {
  return roleName(family, `-execution-${region}`);
}

/** Likewise the task role. */
export function taskRoleName(family: string, region: string): string {
  return roleName(family, `-task-${region}`);
}

function roleName(family: string, end: string): string {
  const most = longestName - end.length;
  return `${family.length <= most ? family : shortName(family, most, [family])}${end}`;
}

/** What it takes to find out a role of a task. */
export interface Wanted {
  readonly task: Task;
  readonly project: string;
  readonly cluster: string;
  readonly region: string;
  /** The newest revision of the family. */
  readonly latest: Revision | undefined;
  /** Whether a role is to be made where there is none: `--create-roles`. */
  readonly create: boolean;
}

/** A task with a role, and what is to be done for that role; or what stands in the way. */
export type FoundRole =
  | {
      readonly task: Task;
      readonly operations: readonly RoleOperation[];
      /** What is to be done when the tasks that had the role before are replaced. */
      readonly afterwards?: readonly RoleOperation[];
    }
  | { readonly obstacle: Obstacle };

/** A role as it shall be. */
export interface DesiredRole {
  readonly role: string;
  readonly purpose: RolePurpose;
  /** Its inline policy, which may allow nothing. */
  readonly policy: PolicyDocument;
  /** The ARNs of managed policies that it shall have. */
  readonly managed?: readonly string[];
}

/** A role as it was found. */
interface ObservedRole {
  readonly state: RoleState | undefined;
  /** The ARNs of the managed policies that it has; absent where nobody had to ask. */
  readonly attached?: readonly string[];
  /** Where it is, or is to be. */
  readonly place: Place;
}

/**
 * The steps that make a role as it shall be for tasks that may take the place of others: these keep what the role has
 * allowed them until they are replaced, and keep it where they are not.
 */
export function planOwnRole(
  desired: DesiredRole,
  observed: ObservedRole,
): { readonly operations: readonly RoleOperation[]; readonly afterwards: readonly RoleOperation[] } {
  const { role, policy, managed = [] } = desired;
  const { state = {}, attached = [] } = observed;
  const meanwhile = withFormer(policy, state);
  const surplus = attached.filter((policyArn) => !managed.includes(policyArn));
  return {
    operations: planRole({ ...desired, policy: meanwhile }, observed),
    afterwards: [
      ...(meanwhile === policy ? [] : [{ kind: 'put-role-policy', role, policy, narrows: true } as const]),
      ...surplus.map((policyArn) => ({ kind: 'detach-role-policy', role, policyArn }) as const),
    ],
  };
}

/** The steps that make a role as it shall be; none where it is. Managed policies that are too many stay. */
export function planRole(
  { role, purpose, policy, managed = [] }: DesiredRole,
  { state, attached = [], place }: ObservedRole,
): readonly RoleOperation[] {
  const attaching = managed
    .filter((policyArn) => !attached.includes(policyArn))
    .map((policyArn) => ({ kind: 'attach-role-policy', role, policyArn }) as const);
  if (state === undefined) {
    return [{ kind: 'create-role', role, purpose, trust: trustPolicy(place), policy }, ...attaching];
  }
  const isEmpty = policy.Statement.length === 0;
  const isSame = isEmpty ? state.policy === undefined : state.policy === JSON.stringify(policy);
  return [...(isSame ? [] : [{ kind: 'put-role-policy', role, policy } as const]), ...attaching];
}

/** Whether a role of a definition, a name or an ARN, has this name. */
export function isNamed(role: string | undefined, name: string): boolean {
  return role?.slice(role.lastIndexOf('/') + 1) === name;
}

/** Where a role is to be: its account is told by the role itself where it is there, else by the cluster. */
export async function placeOfRole(
  account: Account,
  { cluster, region }: { readonly cluster: string; readonly region: string },
  state: RoleState | undefined,
): Promise<Place> {
  return { account: state?.arn.split(':')[4] ?? (await account.accountId(cluster)), region };
}
