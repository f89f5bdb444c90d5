import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  type IAMClientConfig,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { type Ask, undefinedOn } from '../aws/aws-error.ts';
import type { Roles } from './roles.ts';

const unlessMissing = undefinedOn('NoSuchEntityException');

/** IAM by the SDK. This file is a bundle of its own, loaded when a role is asked for. */
export function iamRoles(config: IAMClientConfig, ask: Ask): Roles {
  const client = new IAMClient(config);
  const inlinePolicy = (RoleName: string, PolicyName: string) => {
    const found = ask('iam:GetRolePolicy', () => client.send(new GetRolePolicyCommand({ RoleName, PolicyName })));
    return found.catch(unlessMissing);
  };
  const deleteRolePolicy = async (RoleName: string, PolicyName: string) => {
    const gone = ask('iam:DeleteRolePolicy', () => client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
    await gone.catch(unlessMissing);
  };
  const attachedPolicies = async (RoleName: string) => {
    const listed = ask('iam:ListAttachedRolePolicies', () =>
      client.send(new ListAttachedRolePoliciesCommand({ RoleName })),
    );
    const { AttachedPolicies = [] } = (await listed.catch(unlessMissing)) ?? {};
    return AttachedPolicies.flatMap(({ PolicyArn }) => PolicyArn ?? []);
  };
  const detachPolicy = async (RoleName: string, PolicyArn: string) => {
    const gone = ask('iam:DetachRolePolicy', () => client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
    await gone.catch(unlessMissing);
  };
  return {
    async role(name, policy) {
      const found = ask('iam:GetRole', () => client.send(new GetRoleCommand({ RoleName: name })));
      const { Role } = (await found.catch(unlessMissing)) ?? {};
      if (Role === undefined) return undefined;
      const { Arn = '', Tags = [] } = Role;
      const inline = policy === undefined ? undefined : await inlinePolicy(name, policy);
      return {
        arn: Arn,
        tags: new Map(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
        // IAM answers with documents that are encoded as in a URL.
        ...(inline?.PolicyDocument === undefined ? {} : { policy: decodeURIComponent(inline.PolicyDocument) }),
      };
    },
    async createRole(RoleName, trust, tags) {
      const AssumeRolePolicyDocument = JSON.stringify(trust);
      const Tags = tags.map(({ key: Key, value: Value }) => ({ Key, Value }));
      await ask('iam:CreateRole', () =>
        client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, Tags })),
      );
    },
    async putRolePolicy(RoleName, PolicyName, document) {
      const PolicyDocument = JSON.stringify(document);
      await ask('iam:PutRolePolicy', () =>
        client.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument })),
      );
    },
    deleteRolePolicy,
    attachedPolicies,
    async attachPolicy(RoleName, PolicyArn) {
      await ask('iam:AttachRolePolicy', () => client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })));
    },
    detachPolicy,
    async deleteRole(RoleName) {
      const [inline, attached] = await Promise.all([
        ask('iam:ListRolePolicies', () => client.send(new ListRolePoliciesCommand({ RoleName }))).catch(unlessMissing),
        attachedPolicies(RoleName),
      ]);
      for (const name of inline?.PolicyNames ?? []) await deleteRolePolicy(RoleName, name);
      for (const arn of attached) await detachPolicy(RoleName, arn);
      await ask('iam:DeleteRole', () => client.send(new DeleteRoleCommand({ RoleName }))).catch(unlessMissing);
    },
  };
}
