import { registryRoles } from './find-own-roles.ts';
import { arnIn, roleArn } from './place.ts';
import { clusterName, type Permission, tagged } from './scope.ts';

/** An action that is needed only to remove for good what a project has kept. */
export type PurgeAction =
  | 'ecr:DeleteRepository'
  | 'ecr:DescribeRepositories'
  | 'ecr:ListTagsForResource'
  | 'ecs:DeleteCluster'
  | 'ecs:DeleteTaskDefinitions'
  | 'ecs:DeregisterTaskDefinition'
  | 'ecs:DescribeServices'
  | 'ecs:DescribeTasks'
  | 'ecs:ListServices'
  | 'ecs:ListTaskDefinitions'
  | 'iam:DeleteRole'
  | 'iam:DeleteRolePolicy'
  | 'iam:DetachRolePolicy'
  | 'iam:GetRole'
  | 'iam:ListAttachedRolePolicies'
  | 'iam:ListRolePolicies'
  | 'logs:DeleteLogGroup'
  | 'secretsmanager:DeleteSecret'
  | 'secretsmanager:ListSecrets'
  | 'ssm:DeleteParameter'
  | 'ssm:DescribeParameters';

/** Names tell little of what a project has kept, so the tags say what may go. */
const permissions: readonly Permission<PurgeAction>[] = [
  // Other families of the project, in any cluster, may need what is to go.
  { sid: 'ListAllServices', actions: ['ecs:ListServices'], on: () => ['*'] },
  {
    sid: 'FindOtherFamilies',
    actions: ['ecs:DescribeServices', 'ecs:DescribeTasks'],
    on: ({ place }) => [arnIn(place, 'ecs', 'service/*'), arnIn(place, 'ecs', 'task/*')],
  },
  {
    sid: 'DeregisterTaskDefinitions',
    actions: ['ecs:ListTaskDefinitions', 'ecs:DeregisterTaskDefinition'],
    on: () => ['*'],
  },
  {
    sid: 'DeleteTaskDefinitions',
    actions: ['ecs:DeleteTaskDefinitions'],
    on: ({ place, task }) => [arnIn(place, 'ecs', `task-definition/${task.definition.family}:*`)],
  },
  {
    sid: 'DeleteCluster',
    actions: ['ecs:DeleteCluster'],
    on: (scope) => [arnIn(scope.place, 'ecs', `cluster/${clusterName(scope)}`)],
  },
  {
    sid: 'DeleteLogGroups',
    actions: ['logs:DeleteLogGroup'],
    on: ({ place }) => [arnIn(place, 'logs', 'log-group:*')],
    condition: tagged('aws:ResourceTag'),
  },
  {
    sid: 'FindRepositories',
    actions: ['ecr:DescribeRepositories', 'ecr:ListTagsForResource'],
    on: ({ place }) => [arnIn(place, 'ecr', 'repository/*')],
  },
  {
    sid: 'DeleteRepositories',
    actions: ['ecr:DeleteRepository'],
    on: ({ place }) => [arnIn(place, 'ecr', 'repository/*')],
    condition: tagged('aws:ResourceTag'),
  },
  {
    sid: 'FindSecrets',
    actions: ['secretsmanager:ListSecrets', 'ssm:DescribeParameters'],
    on: () => ['*'],
  },
  {
    sid: 'DeleteSecrets',
    actions: ['secretsmanager:DeleteSecret'],
    on: ({ place }) => [arnIn(place, 'secretsmanager', 'secret:*')],
    condition: tagged('aws:ResourceTag'),
  },
  {
    sid: 'DeleteRegistryRoles',
    actions: [
      'iam:GetRole',
      'iam:ListRolePolicies',
      'iam:DeleteRolePolicy',
      'iam:ListAttachedRolePolicies',
      'iam:DetachRolePolicy',
      'iam:DeleteRole',
    ],
    on: ({ place, task }) => registryRoles([task.definition]).map((role) => roleArn(place, role)),
    condition: tagged('aws:ResourceTag'),
  },
  {
    sid: 'DeleteParameters',
    actions: ['ssm:DeleteParameter'],
    on: ({ place }) => [arnIn(place, 'ssm', 'parameter/*')],
    condition: tagged('aws:ResourceTag'),
  },
];

/** What `--purge` asks for. Source: Service Authorization Reference of each service. */
export const purgePermissions: readonly Permission<PurgeAction>[] = permissions.map((permission) => ({
  ...permission,
  on: (scope, wanted) => (wanted.has('ecs:DeleteTaskDefinitions') ? permission.on(scope, wanted) : []),
}));
