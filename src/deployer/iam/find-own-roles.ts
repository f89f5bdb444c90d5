import type { TaskDefinition } from '../../fargate/task-definition.ts';
import type { Task } from '../../transformer/task.ts';
import { needsTaskRole } from '../../transformer/task-role.ts';
import type { Account, Revision } from '../account.ts';
import { isAwsError } from '../aws/aws-error.ts';
import { hasProjectTag } from '../ownership.ts';
import { executionRoleName, isNamed, taskRoleName } from './own-role.ts';
import type { RoleState, Roles } from './roles.ts';

/** What tells which roles a project may have made for its tasks. */
export interface SoughtRoles {
  readonly family: string;
  readonly project: string;
  readonly region: string;
  /** As the files have it. */
  readonly task: Task;
  /** The newest revision of the family. */
  readonly latest: Revision | undefined;
  /** Whether to look also for what a revision would name. */
  readonly thoroughly: boolean;
}

/**
 * The names of the roles that a project has made for its tasks: those that the newest revision names, and those of an
 * `up` that may have been cut short before it registered one. Others are looked for only if it is thorough, so that a
 * project without such roles asks nothing of IAM.
 */
export async function findOwnRoles(account: Account, sought: SoughtRoles): Promise<readonly string[]> {
  const { family, project, region, task, latest, thoroughly } = sought;
  const { executionRoleArn, taskRoleArn } = latest?.definition ?? {};
  const execution = executionRoleName(family, region);
  const ofContainers = taskRoleName(family, region);
  const isWanted = task.definition.taskRoleArn === undefined && needsTaskRole(task);
  const isLikely = thoroughly || latest === undefined;
  const named = [
    ...(isNamed(executionRoleArn, execution) ? [execution] : []),
    ...(isNamed(taskRoleArn, ofContainers) ? [ofContainers] : []),
  ];
  const likely = [
    ...(isLikely ? [execution] : []),
    ...(isLikely || (isWanted && taskRoleArn === undefined) ? [ofContainers] : []),
  ].filter((name) => !named.includes(name));
  if (named.length + likely.length === 0) return [];
  const roles = await account.roles();
  const states = await Promise.all([
    ...named.map((name) => roles.role(name)),
    ...likely.map((name) => roleIfAllowed(roles, name)),
  ]);
  return [...named, ...likely].filter((_, index) => isOwn(states[index], project));
}

/** The names of the roles with which tasks log in to registries: `registry-creds up` may have made them. */
export function registryRoles(definitions: readonly TaskDefinition[]): readonly string[] {
  const names = definitions.flatMap(({ executionRoleArn, containerDefinitions }) => {
    const logsIn = containerDefinitions.some(({ repositoryCredentials }) => repositoryCredentials !== undefined);
    return executionRoleArn === undefined || !logsIn
      ? []
      : executionRoleArn.slice(executionRoleArn.lastIndexOf('/') + 1);
  });
  return [...new Set(names)];
}

/** Those of the roles with these names that a project has made. */
export async function ownRolesAmong(
  account: Account,
  names: readonly string[],
  project: string,
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const roles = await account.roles();
  const states = await Promise.all(names.map((name) => roleIfAllowed(roles, name)));
  return names.filter((_, index) => isOwn(states[index], project));
}

/** A role that may not be there. Whoever may not look for it has not made it. */
async function roleIfAllowed(roles: Roles, name: string): Promise<RoleState | undefined> {
  try {
    return await roles.role(name);
  } catch (error) {
    if (isAwsError(error, 'AccessDenied', 'AccessDeniedException')) return undefined;
    throw error;
  }
}

function isOwn(state: RoleState | undefined, project: string): boolean {
  return state !== undefined && hasProjectTag(state.tags, project);
}
