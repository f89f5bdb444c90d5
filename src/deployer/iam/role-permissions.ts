import { needsTaskRole } from '../../transformer/task-role.ts';
import { executionRoleName, taskRoleName } from './own-role.ts';
import { roleArn } from './place.ts';
import type { Condition } from './policy.ts';
import { executionRolePolicy } from './registry-role.ts';
import { clusterArn, type Permission, type Scope } from './scope.ts';

/** An action that is needed for the roles of a project. */
export type RoleAction =
  | 'ecs:DescribeClusters'
  | 'iam:AttachRolePolicy'
  | 'iam:CreateRole'
  | 'iam:DeleteRole'
  | 'iam:DeleteRolePolicy'
  | 'iam:DetachRolePolicy'
  | 'iam:GetRole'
  | 'iam:GetRolePolicy'
  | 'iam:ListAttachedRolePolicies'
  | 'iam:ListRolePolicies'
  | 'iam:PassRole'
  | 'iam:PutRolePolicy'
  | 'iam:TagRole';

/** Sources: Service Authorization Reference of IAM; IAM User Guide, "Grant permissions to pass a role to an AWS service". */
export const rolePermissions: readonly Permission<RoleAction>[] = [
  {
    sid: 'PassTaskRoles',
    actions: ['iam:PassRole'],
    on: (scope) => [...roles(scope), ...newRoles(scope)],
    condition: passedTo('ecs-tasks.amazonaws.com'),
  },
  {
    sid: 'PassVolumeRoles',
    actions: ['iam:PassRole'],
    on: ({ place, task: { run } }) =>
      (run.launch?.volumeConfigurations ?? []).map(({ managedEBSVolume }) => roleArn(place, managedEBSVolume.roleArn)),
    condition: passedTo('ecs.amazonaws.com'),
  },
  {
    sid: 'MakeRoles',
    actions: [
      'iam:CreateRole',
      'iam:TagRole',
      'iam:GetRolePolicy',
      'iam:PutRolePolicy',
      'iam:ListRolePolicies',
      'iam:DeleteRolePolicy',
      'iam:ListAttachedRolePolicies',
      'iam:DetachRolePolicy',
      'iam:DeleteRole',
    ],
    on: ownRoles,
  },
  {
    sid: 'AttachPolicies',
    actions: ['iam:AttachRolePolicy'],
    on: (scope) => (managedPolicies(scope).length === 0 ? [] : ownTaskRole(scope)),
    condition: (scope) => ({ ArnEquals: { 'iam:PolicyARN': managedPolicies(scope) } }),
  },
  {
    sid: 'AttachExecutionPolicy',
    actions: ['iam:AttachRolePolicy'],
    on: registryRole,
    condition: ({ place }) => ({ ArnEquals: { 'iam:PolicyARN': executionRolePolicy(place) } }),
  },
  {
    sid: 'FindRoles',
    actions: ['iam:GetRole'],
    on: (scope) => [...(scope.createsRoles ? roles(scope) : []), ...ownRoles(scope)],
  },
  {
    // Its ARN tells the account, which the policy of the role names; its tags tell who made it.
    sid: 'FindAccount',
    actions: ['ecs:DescribeClusters'],
    on: (scope) => (ownRoles(scope).length > 0 || scope.purges ? [clusterArn(scope)] : []),
  },
];

/** The roles that the definition names. */
function roles({ place, task: { definition } }: Scope): readonly string[] {
  return [definition.executionRoleArn, definition.taskRoleArn].flatMap((role) => (role ? roleArn(place, role) : []));
}

/** The roles that are made where no other is there, or were made and are to go. */
function ownRoles(scope: Scope): readonly string[] {
  return [...ownExecutionRole(scope), ...ownTaskRole(scope), ...registryRole(scope)];
}

/** Those of them that tasks are to have. */
function newRoles(scope: Scope): readonly string[] {
  const { task } = scope;
  const isMade = task.definition.taskRoleArn === undefined && needsTaskRole(task);
  return [...ownExecutionRole(scope), ...(isMade ? ownTaskRole(scope) : [])];
}

function ownExecutionRole({ place, task: { definition }, createsRoles }: Scope): readonly string[] {
  return createsRoles ? [roleArn(place, executionRoleName(definition.family, place.region))] : [];
}

/** The role of `registry-creds up`. */
function registryRole({ place, registryRole: role }: Scope): readonly string[] {
  return role === undefined ? [] : [roleArn(place, role)];
}

function ownTaskRole({ place, task: { definition }, createsRoles }: Scope): readonly string[] {
  return createsRoles ? [roleArn(place, taskRoleName(definition.family, place.region))] : [];
}

/** The policies that the task role is to have, where it is made. */
function managedPolicies({ task: { definition, rolePolicies } }: Scope): readonly string[] {
  return definition.taskRoleArn === undefined ? (rolePolicies?.managed ?? []) : [];
}

function passedTo(service: string): () => Condition {
  return () => ({ StringEquals: { 'iam:PassedToService': service } });
}
