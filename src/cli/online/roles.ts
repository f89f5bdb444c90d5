import { findExecutionRole, type Operation, type Revision } from '../../deployer.ts';
import type { Task } from '../../transformer/task.ts';
import type { Session } from './session.ts';

/**
 * A task with the execution role that it will have, and what is to be done for that role first; undefined where
 * something stands in the way, which has been said then.
 */
export async function executionRole(
  { account, project, cluster, region, emit }: Session,
  task: Task,
  [latest]: readonly Revision[],
  { createRoles = false }: { readonly createRoles?: boolean },
): Promise<{ readonly task: Task; readonly operations: readonly Operation[] } | undefined> {
  const found = await findExecutionRole(account, { task, project, cluster, region, latest, create: createRoles });
  if (!('obstacle' in found)) return found;
  emit({ code: 'plan/blocked', level: 'error', data: found.obstacle });
  return undefined;
}
