import { needsTaskRole } from '../../transformer/task-role.ts';
import type { Account } from '../account.ts';
import { hasProjectTag } from '../ownership.ts';
import { type FoundRole, isNamed, ownPolicy, placeOfRole, planOwnRole, taskRoleName, type Wanted } from './own-role.ts';
import { taskPolicy } from './task-policy.ts';

/**
 * Finds out the task role of a task whose files name none and ask for what takes one: one of the project's own. What was
 * made before stays in use and follows the files; it goes when they want it no longer. Asks IAM only where a role is to
 * be made, or one was.
 */
export async function findTaskRole(account: Account, wanted: Wanted): Promise<FoundRole> {
  const { task, project, region, latest, create } = wanted;
  const { definition } = task;
  const asIs = { task, operations: [] };
  const role = taskRoleName(definition.family, region);
  const isMade = isNamed(latest?.definition.taskRoleArn, role);
  const isNeeded = definition.taskRoleArn === undefined && needsTaskRole(task);
  if (!isMade && !(create && isNeeded)) return asIs;
  const roles = await account.roles();
  const state = await roles.role(role, ownPolicy);
  const isForeign = state !== undefined && !hasProjectTag(state.tags, project);
  if (!isNeeded) {
    const isKept = state === undefined || isForeign || isNamed(definition.taskRoleArn, role);
    return isKept ? asIs : { ...asIs, afterwards: [{ kind: 'delete-role', role }] };
  }
  if (isForeign) return { obstacle: { kind: 'foreign-role', role, member: 'task_role_arn' } };
  if (state === undefined && !create) return asIs;
  const place = await placeOfRole(account, wanted, state);
  const { managed = [] } = task.rolePolicies ?? {};
  const attached = state === undefined ? [] : await roles.attachedPolicies(role);
  return {
    task: { ...task, definition: { ...definition, taskRoleArn: role } },
    ...planOwnRole({ role, purpose: 'task', policy: taskPolicy(task, place), managed }, { state, attached, place }),
  };
}
