import { isAwsError } from '../aws/aws-error.ts';
import { hasProjectTag, projectTags } from '../ownership.ts';
import type { Steps } from '../step.ts';
import { ownPolicy } from './execution-role.ts';
import type { RoleOperation } from './operation.ts';

/** The steps that roles need. */
export const roleSteps: Steps<RoleOperation['kind']> = {
  async 'create-role'({ role, trust, policy }, _, { account, project }) {
    const roles = await account.roles();
    try {
      await roles.createRole(role, trust, projectTags(project));
    } catch (error) {
      // Another command at the same moment has made it, or an earlier attempt whose answer was lost.
      const state = isAwsError(error, 'EntityAlreadyExistsException') ? await roles.role(role) : undefined;
      if (state === undefined || !hasProjectTag(state.tags, project)) throw error;
    }
    await roles.putRolePolicy(role, ownPolicy, policy);
    return { progress: { hasNewRole: true }, result: role };
  },
  async 'put-role-policy'({ role, policy }, _, { account }) {
    await (await account.roles()).putRolePolicy(role, ownPolicy, policy);
    // The command that made it may have been cut short a moment ago.
    return { progress: { hasNewRole: true }, result: role };
  },
  async 'delete-role'({ role }, _, { account }) {
    await (await account.roles()).deleteRole(role);
    return { result: role };
  },
};
