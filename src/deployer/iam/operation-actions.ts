import type { Operation } from '../operation.ts';
import { pushActions } from './image-permissions.ts';
import type { Action } from './permissions.ts';

export type Kind = Operation['kind'];

/** The alarms of a scaling policy go with it. */
const removedAlarms: readonly Action[] = ['cloudwatch:DescribeAlarms', 'cloudwatch:DeleteAlarms'];

/** To read and write a secret that is encrypted with a key of one's own. */
const keyActions: readonly Action[] = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'];

/** To write a secret of Secrets Manager. */
export const managedSecretActions: readonly Action[] = [
  ...keyActions,
  'secretsmanager:CreateSecret',
  'secretsmanager:TagResource',
  'secretsmanager:PutSecretValue',
  'secretsmanager:UpdateSecret',
];

/**
 * What it takes to do an operation: the calls of its step, and the rights that AWS asks for beside them, to make a
 * resource with tags and to give a task its roles.
 */
export const actionsOfOperation: { readonly [K in Kind]: readonly Action[] } = {
  'create-cluster': ['ecs:CreateCluster', 'ecs:TagResource', 'iam:CreateServiceLinkedRole'],
  'create-log-group': ['logs:CreateLogGroup', 'logs:TagResource'],
  'adopt-tasks': ['ecs:TagResource'],
  'register-revision': ['ecs:RegisterTaskDefinition', 'ecs:TagResource', 'iam:PassRole'],
  'create-security-group': ['ec2:CreateSecurityGroup', 'ec2:CreateTags', 'ec2:DescribeSecurityGroups'],
  'authorize-ingress': ['ec2:AuthorizeSecurityGroupIngress'],
  'revoke-ingress': ['ec2:RevokeSecurityGroupIngress'],
  'delete-security-group': ['ec2:DeleteSecurityGroup'],
  'run-tasks': ['ecs:ListTasks', 'ecs:DescribeTasks', 'ecs:RunTask', 'ecs:TagResource', 'iam:PassRole'],
  // The lines of a container that has failed are shown.
  wait: ['ecs:DescribeTasks', 'logs:GetLogEvents'],
  'stop-tasks': ['ecs:StopTask', 'ecs:DescribeTasks'],
  'create-service': ['ecs:CreateService', 'ecs:DescribeServices', 'ecs:TagResource', 'iam:PassRole'],
  'update-service': ['ecs:UpdateService', 'iam:PassRole'],
  'tag-service': ['ecs:TagResource'],
  'untag-service': ['ecs:UntagResource'],
  'wait-service': ['ecs:DescribeServices', 'ecs:ListTasks', 'ecs:DescribeTasks', 'logs:GetLogEvents'],
  'delete-service': ['ecs:DeleteService'],
  'wait-deleted': ['ecs:DescribeServices'],
  'register-scalable-target': [
    'application-autoscaling:RegisterScalableTarget',
    'application-autoscaling:TagResource',
    'iam:CreateServiceLinkedRole',
    'ecs:DescribeServices',
    'ecs:UpdateService',
  ],
  'put-scaling-policy': [
    'elasticloadbalancing:DescribeTargetGroups',
    'application-autoscaling:PutScalingPolicy',
    'cloudwatch:PutMetricAlarm',
    'cloudwatch:DescribeAlarms',
    'cloudwatch:DeleteAlarms',
  ],
  'suspend-scaling': ['application-autoscaling:RegisterScalableTarget'],
  'resume-scaling': ['application-autoscaling:RegisterScalableTarget'],
  'delete-scaling-policy': ['application-autoscaling:DeleteScalingPolicy', ...removedAlarms],
  'put-scheduled-action': ['application-autoscaling:PutScheduledAction'],
  'delete-scheduled-action': ['application-autoscaling:DeleteScheduledAction'],
  'deregister-scalable-target': [
    'application-autoscaling:DeregisterScalableTarget',
    'ecs:UntagResource',
    ...removedAlarms,
  ],
  'create-target-group': ['elasticloadbalancing:CreateTargetGroup', 'elasticloadbalancing:AddTags'],
  'modify-target-group': ['elasticloadbalancing:ModifyTargetGroup'],
  'create-load-balancer': [
    'elasticloadbalancing:CreateLoadBalancer',
    'elasticloadbalancing:AddTags',
    'iam:CreateServiceLinkedRole',
  ],
  'set-subnets': ['elasticloadbalancing:SetSubnets'],
  'create-listener': ['elasticloadbalancing:CreateListener', 'elasticloadbalancing:AddTags'],
  'modify-listener': ['elasticloadbalancing:ModifyListener'],
  'delete-listener': ['elasticloadbalancing:DeleteListener'],
  'wait-load-balancer': ['elasticloadbalancing:DescribeLoadBalancers'],
  'delete-load-balancer': ['elasticloadbalancing:DeleteLoadBalancer'],
  'delete-target-group': ['elasticloadbalancing:DeleteTargetGroup'],
  'create-namespace': [
    'servicediscovery:CreatePrivateDnsNamespace',
    'servicediscovery:TagResource',
    'servicediscovery:GetOperation',
    'route53:CreateHostedZone',
    'route53:GetHostedZone',
    'route53:ListHostedZonesByName',
    'ec2:DescribeVpcs',
    'ec2:DescribeRegions',
  ],
  'create-discovery-service': ['servicediscovery:CreateService', 'servicediscovery:TagResource'],
  'update-discovery-service': ['servicediscovery:UpdateService'],
  'delete-discovery-service': ['servicediscovery:DeleteService'],
  'delete-namespace': ['servicediscovery:DeleteNamespace', 'route53:DeleteHostedZone'],
  'create-role': ['iam:CreateRole', 'iam:TagRole', 'iam:GetRole', 'iam:PutRolePolicy'],
  'build-image': [],
  'create-repository': ['ecr:CreateRepository', 'ecr:TagResource', 'ecr:PutLifecyclePolicy'],
  'put-lifecycle-policy': ['ecr:PutLifecyclePolicy'],
  'log-in': ['ecr:GetAuthorizationToken'],
  'push-image': pushActions,
  'create-secret': [...managedSecretActions, 'ssm:PutParameter', 'ssm:AddTagsToResource'],
  'update-secret': [...managedSecretActions, 'ssm:PutParameter'],
  'put-role-policy': ['iam:PutRolePolicy', 'iam:DeleteRolePolicy'],
  'attach-role-policy': ['iam:AttachRolePolicy'],
  'detach-role-policy': ['iam:DetachRolePolicy'],
  'delete-role': [
    'iam:ListRolePolicies',
    'iam:DeleteRolePolicy',
    'iam:ListAttachedRolePolicies',
    'iam:DetachRolePolicy',
    'iam:DeleteRole',
  ],
  'delete-log-group': ['logs:DeleteLogGroup'],
  'delete-repository': ['ecr:DeleteRepository'],
  'delete-secret': ['secretsmanager:DeleteSecret', 'ssm:DeleteParameter'],
  'delete-revisions': ['ecs:DeregisterTaskDefinition', 'ecs:DeleteTaskDefinitions'],
  'delete-cluster': ['ecs:DeleteCluster'],
};
