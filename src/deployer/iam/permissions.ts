import { hasOwnGroup } from '../network/ingress.ts';
import { type ImageAction, imagePermissions } from './image-permissions.ts';
import { writtenLogGroups } from './log-groups.ts';
import { arnIn, roleArn } from './place.ts';
import { allow, type Condition, type Statement } from './policy.ts';
import { type PurgeAction, purgePermissions } from './purge-permissions.ts';
import { type RoleAction, rolePermissions } from './role-permissions.ts';
import {
  clusterArn,
  clusterName,
  makesBalancer,
  makesCluster,
  type Permission,
  type Scope,
  serviceArn,
  tagged,
} from './scope.ts';
import { type SecretAction, secretPermissions } from './secret-permissions.ts';
import { type StackAction, stackPermissions, throughCloudFormation } from './stack-permissions.ts';
import { type SurroundingAction, surroundingPermissions } from './surrounding-permissions.ts';

/** An action that IAM asks the right to of whoever runs our commands. */
export type Action =
  | 'ec2:AuthorizeSecurityGroupIngress'
  | 'ec2:CreateSecurityGroup'
  | 'ec2:CreateTags'
  | 'ec2:DeleteSecurityGroup'
  | 'ec2:DescribeNetworkInterfaces'
  | 'ec2:DescribeRouteTables'
  | 'ec2:DescribeSecurityGroups'
  | 'ec2:DescribeSubnets'
  | 'ec2:DescribeVpcEndpoints'
  | 'ec2:RevokeSecurityGroupIngress'
  | 'ecs:CreateCluster'
  | 'ecs:CreateService'
  | 'ecs:DeleteService'
  | 'ecs:DescribeServices'
  | 'ecs:DescribeTaskDefinition'
  | 'ecs:DescribeTasks'
  | 'ecs:ExecuteCommand'
  | 'ecs:ListClusters'
  | 'ecs:ListTasks'
  | 'ecs:RegisterTaskDefinition'
  | 'ecs:RunTask'
  | 'ecs:StopTask'
  | 'ecs:TagResource'
  | 'ecs:UpdateService'
  | 'iam:CreateServiceLinkedRole'
  | 'logs:CreateLogGroup'
  | 'logs:DescribeLogGroups'
  | 'logs:GetLogEvents'
  | 'logs:ListTagsForResource'
  | 'logs:PutRetentionPolicy'
  | 'logs:TagResource'
  | PurgeAction
  | RoleAction
  | ImageAction
  | SecretAction
  | StackAction
  | SurroundingAction;

const serviceLinkedRole = 'aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS';

/** For actions that take no resource, or whose resources have no name before they are made. */
const everything = () => ['*'];

/**
 * The actions with the least that they can be narrowed down to. Sources: Service Authorization Reference of each
 * service; ECS Developer Guide, "Identity-based policy examples" and "ECS service-linked role"; CloudWatch Logs User
 * Guide, "Resources and operations", for which ARNs of a group end in `:*`.
 */
const permissions: readonly Permission<Action>[] = [
  { sid: 'CreateCluster', actions: ['ecs:CreateCluster'], on: (scope) => (makesCluster(scope) ? ['*'] : []) },
  {
    // ECS makes it with the first cluster of an account.
    sid: 'CreateServiceLinkedRole',
    actions: ['iam:CreateServiceLinkedRole'],
    on: (scope) => (makesCluster(scope) ? [roleArn(scope.place, serviceLinkedRole)] : []),
    condition: () => ({ StringEquals: { 'iam:AWSServiceName': 'ecs.amazonaws.com' } }),
  },
  {
    sid: 'RegisterTaskDefinitions',
    actions: ['ecs:RegisterTaskDefinition', 'ecs:DescribeTaskDefinition'],
    on: everything,
  },
  ...rolePermissions,
  { sid: 'RunTasks', actions: ['ecs:RunTask'], on: (scope) => [revisions(scope)], condition: inCluster },
  {
    sid: 'ListTasks',
    actions: ['ecs:ListTasks'],
    on: (_, actions) => (looksElsewhere(actions) ? [] : ['*']),
    condition: inCluster,
  },
  {
    sid: 'LookIntoClusters',
    actions: ['ecs:ListClusters', 'ecs:ListTasks'],
    on: (_, actions) => (looksElsewhere(actions) ? ['*'] : []),
  },
  { sid: 'UseTasks', actions: ['ecs:DescribeTasks', 'ecs:StopTask'], on: (scope) => [tasks(scope)] },
  { sid: 'ExecuteCommands', actions: ['ecs:ExecuteCommand'], on: (scope) => [clusterArn(scope), tasks(scope)] },
  {
    sid: 'UseService',
    actions: ['ecs:DescribeServices', 'ecs:CreateService', 'ecs:UpdateService', 'ecs:DeleteService'],
    on: (scope) => [serviceArn(scope)],
  },
  {
    sid: 'FindServices',
    actions: ['ecs:DescribeServices'],
    on: (scope, actions) => (looksElsewhere(actions) ? [serviceArn({ ...scope, cluster: '*' })] : []),
  },
  {
    sid: 'TagWhatIsMade',
    actions: ['ecs:TagResource'],
    on: (scope) => [
      ...(makesCluster(scope) ? [clusterArn(scope)] : []),
      revisions(scope),
      tasks(scope),
      serviceArn(scope),
    ],
  },
  {
    sid: 'CreateLogGroups',
    actions: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'],
    on: (scope) => ownLogGroups(scope).map((arn) => `${arn}:*`),
  },
  { sid: 'TagLogGroups', actions: ['logs:TagResource', 'logs:ListTagsForResource'], on: ownLogGroups },
  {
    sid: 'FindLogGroups',
    actions: ['logs:DescribeLogGroups'],
    on: (scope) => ownLogGroups(scope).map((arn) => arn.replace(/:log-group:.*$/, ':log-group:*')),
  },
  {
    sid: 'ReadLogs',
    actions: ['logs:GetLogEvents'],
    on: ({ place, task }) => writtenLogGroups(task.definition.containerDefinitions, place).map(({ arn }) => `${arn}:*`),
  },
  {
    sid: 'FindSubnets',
    actions: ['ec2:DescribeSubnets'],
    on: (scope) => (looksForSubnets(scope) || makesBalancer(scope) ? ['*'] : []),
  },
  {
    sid: 'FindRoutes',
    actions: ['ec2:DescribeRouteTables', 'ec2:DescribeVpcEndpoints'],
    on: (scope) => ((looksForSubnets(scope) && !saysRest(scope)) || makesBalancer(scope) ? ['*'] : []),
  },
  {
    sid: 'FindSecurityGroups',
    actions: ['ec2:DescribeSecurityGroups'],
    on: (scope) => (mayHaveGroup(scope) || publishes(scope) ? ['*'] : []),
  },
  {
    // The right to make a group in a VPC is asked for beside that to the group, and tells nothing of its tags.
    sid: 'CreateSecurityGroupInVpc',
    actions: ['ec2:CreateSecurityGroup'],
    on: (scope) => (makesGroup(scope) ? [arnIn(scope.place, 'ec2', 'vpc/*')] : []),
  },
  {
    sid: 'CreateSecurityGroup',
    actions: ['ec2:CreateSecurityGroup'],
    on: (scope) => (makesGroup(scope) ? [securityGroups(scope)] : []),
    condition: tagged('aws:RequestTag'),
  },
  {
    sid: 'TagSecurityGroup',
    actions: ['ec2:CreateTags'],
    on: (scope) => (makesGroup(scope) ? [securityGroups(scope)] : []),
    condition: () => ({ StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup' } }),
  },
  {
    sid: 'OpenPorts',
    actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
    on: (scope) => (makesGroup(scope) ? [securityGroups(scope)] : []),
    condition: tagged('aws:ResourceTag'),
  },
  {
    sid: 'DeleteSecurityGroup',
    actions: ['ec2:DeleteSecurityGroup'],
    on: (scope) => (mayHaveGroup(scope) ? [securityGroups(scope)] : []),
    condition: tagged('aws:ResourceTag'),
  },
  {
    sid: 'FindAddresses',
    actions: ['ec2:DescribeNetworkInterfaces'],
    on: (scope) => (publishes(scope) ? ['*'] : []),
  },
  ...imagePermissions,
  ...secretPermissions,
  ...stackPermissions,
  ...surroundingPermissions,
  ...purgePermissions,
];

/** The statements that allow these actions, as far as what is deployed needs them. */
export function allowing(actions: ReadonlySet<Action>, scope: Scope): readonly Statement[] {
  const statements = permissions.flatMap(({ sid, actions: own, on, condition }) =>
    allow(
      sid,
      own.filter((action) => actions.has(action)),
      on(scope, actions),
      condition?.(scope),
    ),
  );
  const changesStack = actions.has('cloudformation:ExecuteChangeSet') || actions.has('cloudformation:DeleteStack');
  return [...statements, ...(changesStack ? throughCloudFormation(scope) : [])];
}

function tasks(scope: Scope): string {
  return arnIn(scope.place, 'ecs', `task/${clusterName(scope)}/*`);
}

function revisions({ place, task }: Scope): string {
  return arnIn(place, 'ecs', `task-definition/${task.definition.family}:*`);
}

function inCluster(scope: Scope): Condition {
  return { ArnEquals: { 'ecs:cluster': clusterArn(scope) } };
}

/** Whether the other clusters of the region are looked into. */
function looksElsewhere(actions: ReadonlySet<string>): boolean {
  return actions.has('ecs:ListClusters');
}

/** The log groups that we make, and containers do not. */
function ownLogGroups({ place, task }: Scope): readonly string[] {
  return writtenLogGroups(task.definition.containerDefinitions, place)
    .filter(({ byContainer }) => !byContainer)
    .map(({ arn }) => arn);
}

/** Whether the files leave so much of the network open that somebody has to look at it. */
function looksForSubnets({ task }: Scope): boolean {
  const { subnets, assignPublicIp, securityGroups: groups } = task.run.network;
  return subnets === undefined || assignPublicIp === undefined || (groups === undefined && task.published.length > 0);
}

/** Whether the files say all of the network but the subnets. */
function saysRest({ task }: Scope): boolean {
  const { assignPublicIp, securityGroups: groups } = task.run.network;
  return assignPublicIp !== undefined && groups !== undefined;
}

/** Whether the project makes a security group of its own, for its tasks or for their load balancer. */
function makesGroup({ task }: Scope): boolean {
  return hasOwnGroup({ network: task.run.network, published: task.published }) || makesBalancer({ task });
}

/** Whether it has one, perhaps from before its files published nothing any more. */
function mayHaveGroup({ task }: Scope): boolean {
  const { subnets, securityGroups: groups } = task.run.network;
  return (subnets === undefined && groups === undefined) || makesBalancer({ task });
}

/** EC2 gives them ids of its own: the tag tells whose they are. */
function securityGroups({ place }: Scope): string {
  return arnIn(place, 'ec2', 'security-group/*');
}

function publishes({ task }: Scope): boolean {
  return task.published.length > 0;
}
