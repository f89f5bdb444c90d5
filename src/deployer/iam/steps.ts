import { isAwsError } from '../aws/aws-error.ts';
import { hasProjectTag, projectTags } from '../ownership.ts';
import type { Steps } from '../step.ts';
import type { RoleOperation } from './operation.ts';
import { ownPolicy } from './own-role.ts';

/** The command that made a role may have been cut short a moment ago: ECS may not see what it has by now. */
const changed = { hasNewRole: true };

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
    if (policy.Statement.length > 0) await roles.putRolePolicy(role, ownPolicy, policy);
    return { progress: changed, result: role };
  },
  async 'put-role-policy'({ role, policy }, _, { account }) {
    const roles = await account.roles();
    if (policy.Statement.length > 0) await roles.putRolePolicy(role, ownPolicy, policy);
    else await roles.deleteRolePolicy(role, ownPolicy);
    return { progress: changed, result: role };
  },
  async 'attach-role-policy'({ role, policyArn }, _, { account }) {
    await (await account.roles()).attachPolicy(role, policyArn);
    return { progress: changed, result: role };
  },
  async 'detach-role-policy'({ role, policyArn }, _, { account }) {
    await (await account.roles()).detachPolicy(role, policyArn);
    return { result: role };
  },
  async 'delete-role'({ role }, _, { account }) {
    await (await account.roles()).deleteRole(role);
    return { result: role };
  },
};
