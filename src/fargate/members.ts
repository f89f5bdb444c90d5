import { containerMembers } from './container-members.ts';
import type { MemberTable } from './member.ts';
import { taskMembers } from './task-members.ts';
import { volumeMembers } from './volume-members.ts';

/**
 * What Fargate takes in each member of a RegisterTaskDefinition input, by path. A member that stands here as
 * unsupported covers all that is below it.
 */
export const members: MemberTable = { ...taskMembers, ...containerMembers, ...volumeMembers };
