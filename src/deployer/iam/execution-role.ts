import type { TaskDefinition } from '../../fargate/task-definition.ts';
import type { Task } from '../../transformer/task.ts';
import type { Account, Revision } from '../account.ts';
import { hasProjectTag } from '../ownership.ts';
import type { Obstacle } from '../plan.ts';
import { executionPolicy } from './execution-policy.ts';
import type { RoleOperation } from './operation.ts';
import type { Place } from './place.ts';
import type { RoleState } from './roles.ts';
import { trustPolicy } from './trust-policy.ts';

/** The inline policy of a role that a project makes. */
export const ownPolicy = 'compose2fargate';

/** A name of a role has so many characters. */
const longestName = 64;

/** The execution role that a project makes for a family in a region: roles belong to none, so its name says which. */
export function executionRoleName(family: string, region: string): string {
  const end = `-execution-${region}`;
  return `${family.slice(0, longestName - end.length)}${end}`;
}

/** A task with its execution role, and what is to be done for that role; or what stands in the way. */
export type ExecutionRole =
  | { readonly task: Task; readonly operations: readonly RoleOperation[] }
  | { readonly obstacle: Obstacle };

interface Wanted {
  readonly task: Task;
  readonly project: string;
  readonly cluster: string;
  readonly region: string;
  /** The newest revision of the family. */
  readonly latest: Revision | undefined;
  /** Whether a role is to be made where there is none: `--create-roles`. */
  readonly create: boolean;
}

/**
 * Finds out the execution role of a task whose files name none: AWS's usual one where it exists, else one of the
 * project's own. What was made before stays in use, and its policy is brought up to date. Asks IAM only where a role is
 * to be made, or one was.
 */
export async function findExecutionRole(account: Account, wanted: Wanted): Promise<ExecutionRole> {
  const { task, project, cluster, region, latest, create } = wanted;
  const { definition } = task;
  const asIs = { task, operations: [] };
  const usual = definition.executionRoleArn;
  if (usual === undefined || task.origins.get('executionRoleArn')?.rule === undefined) return asIs;
  const name = executionRoleName(definition.family, region);
  const isMade = nameOf(latest?.definition) === name;
  if (!create && !isMade) return asIs;
  const roles = await account.roles();
  if (!isMade && (await roles.role(usual)) !== undefined) return asIs;
  const state = await roles.role(name, ownPolicy);
  if (state === undefined && !create) return asIs;
  if (state !== undefined && !hasProjectTag(state.tags, project)) {
    return { obstacle: { kind: 'foreign-role', role: name } };
  }
  const place = { account: state === undefined ? await account.accountId(cluster) : accountOf(state), region };
  return {
    task: { ...task, definition: { ...definition, executionRoleArn: name } },
    operations: roleOperations(name, state, definition, place),
  };
}

function roleOperations(
  role: string,
  state: RoleState | undefined,
  definition: TaskDefinition,
  place: Place,
): readonly RoleOperation[] {
  const policy = executionPolicy(definition, place);
  if (state === undefined) return [{ kind: 'create-role', role, trust: trustPolicy(place), policy }];
  return state.policy === JSON.stringify(policy) ? [] : [{ kind: 'put-role-policy', role, policy }];
}

/** The role that a project has made for its tasks, by the newest revision of the family; undefined where it made none. */
export async function findOwnRole(
  account: Account,
  { family, project, region }: { readonly family: string; readonly project: string; readonly region: string },
  latest: Revision | undefined,
): Promise<string | undefined> {
  const name = executionRoleName(family, region);
  if (nameOf(latest?.definition) !== name) return undefined;
  const state = await (await account.roles()).role(name);
  return state !== undefined && hasProjectTag(state.tags, project) ? name : undefined;
}

function nameOf(definition: TaskDefinition | undefined): string | undefined {
  const role = definition?.executionRoleArn;
  return role?.slice(role.lastIndexOf('/') + 1);
}

function accountOf({ arn }: RoleState): string {
  return arn.split(':')[4] ?? '';
}
