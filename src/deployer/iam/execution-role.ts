import type { Account } from '../account.ts';
import { hasProjectTag } from '../ownership.ts';
import { executionPolicy, secretReferences } from './execution-policy.ts';
import {
  executionRoleName,
  type FoundRole,
  isNamed,
  ownPolicy,
  placeOfRole,
  planOwnRole,
  type Wanted,
} from './own-role.ts';
import { keysOfSecrets } from './secret-keys.ts';

/**
 * Finds out the execution role of a task whose files name none: AWS's usual one where it exists, else one of the
 * project's own. What was made before stays in use, and its policy is brought up to date. Asks IAM only where a role is
 * to be made, or one was.
 */
export async function findExecutionRole(account: Account, wanted: Wanted): Promise<FoundRole> {
  const { task, project, region, latest, create } = wanted;
  const { definition } = task;
  const asIs = { task, operations: [] };
  const usual = definition.executionRoleArn;
  if (usual === undefined || task.origins.get('executionRoleArn')?.rule === undefined) return asIs;
  const role = executionRoleName(definition.family, region);
  const isMade = isNamed(latest?.definition.executionRoleArn, role);
  if (!create && !isMade) return asIs;
  const roles = await account.roles();
  if (!isMade && (await roles.role(usual)) !== undefined) return asIs;
  const state = await roles.role(role, ownPolicy);
  if (state === undefined && !create) return asIs;
  if (state !== undefined && !hasProjectTag(state.tags, project)) {
    return { obstacle: { kind: 'foreign-role', role, member: 'task_execution_role' } };
  }
  const place = await placeOfRole(account, wanted, state);
  const keys = await keysOfSecrets(account, secretReferences(definition.containerDefinitions, place), place);
  return {
    task: { ...task, definition: { ...definition, executionRoleArn: role } },
    ...planOwnRole({ role, purpose: 'execution', policy: executionPolicy(definition, place, keys) }, { state, place }),
  };
}
