import {
  findExecutionRole,
  findTaskRole,
  isShared,
  type Plan,
  type Revision,
  type RoleOperation,
  spareRoles,
  usesElsewhere,
  withFirst,
  withLast,
} from '../../deployer.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Task } from '../../transformer/task.ts';
import type { OnlineContext } from './context.ts';
import { Blocked, type Session } from './session.ts';

/** A task with the roles that it will have, and what is to be done for them. */
export interface WithRoles {
  readonly task: Task;
  readonly operations: readonly RoleOperation[];
  /** What is done when the tasks have other roles. */
  readonly afterwards: readonly RoleOperation[];
}

/** Finds out the roles of a task. Throws `Blocked` where somebody else made one of their name. */
export async function findRoles(
  context: OnlineContext,
  { account, project, cluster, region, emit }: Session,
  task: Task,
  [latest]: readonly Revision[],
  { createRoles = false }: { readonly createRoles?: boolean },
): Promise<WithRoles> {
  let found: WithRoles = { task, operations: [], afterwards: [] };
  for (const find of [findExecutionRole, findTaskRole]) {
    const role = await find(account, { task: found.task, project, cluster, region, latest, create: createRoles });
    if ('obstacle' in role) throw new Blocked(role.obstacle);
    found = {
      task: role.task,
      operations: [...found.operations, ...role.operations],
      afterwards: [...found.afterwards, ...(role.afterwards ?? [])],
    };
  }
  if (found.task.definition.taskRoleArn === undefined) tellMissing(context, emit);
  return found;
}

/** The findings about a task role that is missing, which hold unless an earlier command has made it. */
export function missingTaskRole({ diagnostics = [] }: OnlineContext): readonly Diagnostic[] {
  return diagnostics.filter(({ code }) => code === 'transform/task-role-missing');
}

function tellMissing(context: OnlineContext, emit: Session['emit']): void {
  for (const { severity: level, message, help, source } of missingTaskRole(context)) {
    emit({ code: 'transform/task-role-missing', level, data: { message, help, source } });
  }
}

/**
 * A plan for a task with what is to be done for its roles. One that the files want no longer stays with those who need it
 * in other clusters of the region, which is said.
 */
export async function withRoles(
  { account, family, cluster, region, emit }: Session,
  { operations, afterwards }: WithRoles,
  plan: Plan,
): Promise<Plan> {
  const uses = afterwards.some(isShared) ? await usesElsewhere(account, { family, cluster }) : [];
  const spared = spareRoles(afterwards, uses, region);
  for (const { name: role } of spared.leftovers) emit({ code: 'role/stays', level: 'info', data: { role, uses } });
  return withFirst(operations, withLast(spared.operations, plan));
}
