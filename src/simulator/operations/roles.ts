import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { arn, hexadecimal } from '../identifiers.ts';
import type { Role } from '../records/roles.ts';
import { isoTime } from '../wire.ts';
import type { Operation } from './operation.ts';

interface RoleInput {
  readonly RoleName: string;
}

interface CreateRoleInput extends RoleInput {
  readonly AssumeRolePolicyDocument: string;
  readonly Description?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

interface RolePolicyInput extends RoleInput {
  readonly PolicyName: string;
  readonly PolicyDocument?: string;
}

interface ManagedPolicyInput extends RoleInput {
  readonly PolicyArn: string;
}

/** So many managed policies a role may have. Source: IAM User Guide, "IAM and AWS STS quotas". */
const POLICIES_PER_ROLE = 10;

/** How long it takes, in milliseconds of simulated time, until ECS can assume a role that was made. */
const VISIBLE_AFTER = 8_000;

/** Roles and their policies, in the words of IAM. They belong to no region. */
export const roleOperations: Readonly<Record<string, Operation>> = {
  GetRole: { answer: (account, call) => ({ Role: shown(roleOf(account, call)) }) },
  CreateRole: { check: checkNewRole, apply: createRole },
  DeleteRole: { check: checkDeletion, apply: deleteRole },
  ListRolePolicies: {
    answer: (account, call) => ({ PolicyNames: [...roleOf(account, call).policies.keys()], IsTruncated: false }),
  },
  GetRolePolicy: { answer: getRolePolicy },
  PutRolePolicy: { check: checkPolicy, apply: putRolePolicy },
  DeleteRolePolicy: { check: policyOf, apply: deleteRolePolicy },
  ListAttachedRolePolicies: { answer: listAttachedPolicies },
  AttachRolePolicy: { check: checkAttachment, apply: attachPolicy },
  DetachRolePolicy: { check: checkIsAttached, apply: detachPolicy },
};

function roleArn(name: string): string {
  return arn('iam', '', `role/${name}`);
}

function roleOf(account: Account, { input }: Call<RoleInput>): Role {
  const role = account.roles.get(roleArn(input.RoleName));
  if (role !== undefined) return role;
  throw new ApiError('NoSuchEntity', `The role with name ${input.RoleName} cannot be found.`, 404);
}

function shown({ arn, roleName, createdAt, assumeRolePolicyDocument, description, tags }: Role): object {
  return {
    Path: '/',
    RoleName: roleName,
    RoleId: `AROA${hexadecimal(17, arn).toUpperCase()}`,
    Arn: arn,
    CreateDate: isoTime(createdAt),
    AssumeRolePolicyDocument: encodeURIComponent(assumeRolePolicyDocument),
    Description: description,
    MaxSessionDuration: 3600,
    Tags: tags,
  };
}

function checkNewRole(account: Account, { input }: Call<CreateRoleInput>): void {
  if (!/^[\w+=,.@-]{1,64}$/.test(input.RoleName)) {
    throw new ApiError('ValidationError', 'The specified value for roleName is invalid.');
  }
  if (account.roles.has(roleArn(input.RoleName))) {
    throw new ApiError('EntityAlreadyExists', `Role with name ${input.RoleName} already exists.`, 409);
  }
  checkDocument(input.AssumeRolePolicyDocument);
}

function checkDocument(document: string | undefined): void {
  try {
    const { Statement } = JSON.parse(document ?? '') as { readonly Statement?: unknown };
    if (Array.isArray(Statement) && Statement.length > 0) return;
  } catch {
    // It is refused as one without statements is.
  }
  throw new ApiError('MalformedPolicyDocument', 'Syntax errors in policy.');
}

function createRole(account: Account, { input, at, speed }: Call<CreateRoleInput>): object {
  const role: Role = {
    arn: roleArn(input.RoleName),
    roleName: input.RoleName,
    createdAt: at,
    visibleAt: at + VISIBLE_AFTER / speed,
    assumeRolePolicyDocument: input.AssumeRolePolicyDocument,
    ...(input.Description === undefined ? {} : { description: input.Description }),
    tags: input.Tags ?? [],
    policies: new Map(),
    attached: new Set(),
  };
  account.roles.set(role.arn, role);
  account.deletedRoles.delete(role.arn);
  return { Role: shown(role) };
}

function checkDeletion(account: Account, call: Call<RoleInput>): void {
  const { policies, attached } = roleOf(account, call);
  if (attached.size > 0) throw conflict('must detach all policies first');
  if (policies.size > 0) throw conflict('must delete policies first');
}

function conflict(why: string): ApiError {
  return new ApiError('DeleteConflict', `Cannot delete entity, ${why}.`, 409);
}

function deleteRole(account: Account, { input }: Call<RoleInput>): object {
  account.roles.delete(roleArn(input.RoleName));
  account.deletedRoles.add(roleArn(input.RoleName));
  return {};
}

function policyOf(account: Account, call: Call<RolePolicyInput>): string {
  const document = roleOf(account, call).policies.get(call.input.PolicyName);
  if (document !== undefined) return document;
  throw new ApiError('NoSuchEntity', `The role policy with name ${call.input.PolicyName} cannot be found.`, 404);
}

function getRolePolicy(account: Account, call: Call<RolePolicyInput>): object {
  const { RoleName, PolicyName } = call.input;
  return { RoleName, PolicyName, PolicyDocument: encodeURIComponent(policyOf(account, call)) };
}

function checkPolicy(account: Account, call: Call<RolePolicyInput>): void {
  roleOf(account, call);
  checkDocument(call.input.PolicyDocument);
}

function putRolePolicy(account: Account, call: Call<RolePolicyInput>): object {
  roleOf(account, call).policies.set(call.input.PolicyName, call.input.PolicyDocument ?? '');
  return {};
}

function deleteRolePolicy(account: Account, call: Call<RolePolicyInput>): object {
  roleOf(account, call).policies.delete(call.input.PolicyName);
  return {};
}

function listAttachedPolicies(account: Account, call: Call<RoleInput>): object {
  const AttachedPolicies = [...roleOf(account, call).attached].map((PolicyArn) => ({
    PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1),
    PolicyArn,
  }));
  return { AttachedPolicies, IsTruncated: false };
}

/** Policies that are named are there, in this account and among AWS's own. */
function checkAttachment(account: Account, call: Call<ManagedPolicyInput>): void {
  const { attached } = roleOf(account, call);
  const { PolicyArn } = call.input;
  if (!/^arn:[^:]+:iam::(?:aws|\d{12}):policy\/[\w+=,.@/-]+$/.test(PolicyArn)) {
    throw new ApiError('InvalidInput', `ARN ${PolicyArn} is not valid.`);
  }
  const [, , , , owner = ''] = PolicyArn.split(':');
  if (owner !== 'aws' && !roleArn('').includes(`:${owner}:`)) {
    throw new ApiError('NoSuchEntity', `Policy ${PolicyArn} does not exist or is not attachable.`, 404);
  }
  if (attached.size < POLICIES_PER_ROLE || attached.has(PolicyArn)) return;
  throw new ApiError('LimitExceeded', `Cannot exceed quota for PoliciesPerRole: ${POLICIES_PER_ROLE}`, 409);
}

function attachPolicy(account: Account, call: Call<ManagedPolicyInput>): object {
  roleOf(account, call).attached.add(call.input.PolicyArn);
  return {};
}

function checkIsAttached(account: Account, call: Call<ManagedPolicyInput>): void {
  if (roleOf(account, call).attached.has(call.input.PolicyArn)) return;
  throw new ApiError('NoSuchEntity', `Policy ${call.input.PolicyArn} was not found.`, 404);
}

function detachPolicy(account: Account, call: Call<ManagedPolicyInput>): object {
  roleOf(account, call).attached.delete(call.input.PolicyArn);
  return {};
}
