import type { ImageOperation } from '../image/image-operation.ts';
import type { Operation } from '../operation.ts';
import type { SecretOperation } from '../secret/secret-operation.ts';
import { type Action, allowing } from './permissions.ts';
import { type PolicyDocument, policy } from './policy.ts';
import type { Scope } from './scope.ts';

/** What runs tasks: `push` and `secrets push` are often somebody else's to do. */
type Kind = Exclude<Operation, ImageOperation | SecretOperation>['kind'];

/** The alarms of a scaling policy go with it. */
const removedAlarms: readonly Action[] = ['cloudwatch:DescribeAlarms', 'cloudwatch:DeleteAlarms'];

/**
 * What it takes to do an operation: the calls of its step, and the rights that AWS asks for beside them, to make a
 * resource with tags and to give a task its roles.
 */
const actionsOfOperation: { readonly [K in Kind]: readonly Action[] } = {
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
  'put-role-policy': ['iam:PutRolePolicy'],
  'delete-role': ['iam:ListRolePolicies', 'iam:DeleteRolePolicy', 'iam:DeleteRole'],
};

const tasks: readonly Action[] = ['ecs:ListTasks', 'ecs:DescribeTasks'];
const revisions: readonly Action[] = ['ecs:DescribeTaskDefinition'];
/** An execution role that was made before, and one that may be made. */
const keptRole: readonly Action[] = ['iam:GetRole', 'iam:GetRolePolicy'];
const role: readonly Action[] = [...keptRole, 'ecs:DescribeClusters'];
const service: readonly Action[] = ['ecs:DescribeServices'];
/** What scales a service. */
const scaling: readonly Action[] = [
  'application-autoscaling:DescribeScalableTargets',
  'application-autoscaling:DescribeScalingPolicies',
  'application-autoscaling:DescribeScheduledActions',
];
/** Where the requests of a service come in. */
const entrances: readonly Action[] = [
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeListeners',
];
/** The load balancer of a service, and whose it is. */
const balancers: readonly Action[] = [...entrances, 'elasticloadbalancing:DescribeTags'];
/** The name of a service in Cloud Map, and whose it is. */
const names: readonly Action[] = [
  'servicediscovery:ListNamespaces',
  'servicediscovery:ListServices',
  'servicediscovery:GetService',
  'servicediscovery:GetNamespace',
  'servicediscovery:ListTagsForResource',
];
/** The stack of a cluster that `cluster up` has made. */
const stack: readonly Action[] = ['cloudformation:DescribeStacks'];
/** Where tasks are put, and whether they can fetch their images there. */
const subnets: readonly Action[] = ['ec2:DescribeSubnets', 'ec2:DescribeRouteTables', 'ec2:DescribeVpcEndpoints'];
const securityGroups: readonly Action[] = ['ec2:DescribeSecurityGroups'];
const network: readonly Action[] = [...subnets, ...securityGroups];
const addresses: readonly Action[] = ['ec2:DescribeNetworkInterfaces', ...securityGroups];

/** For --log-retention, which a command that was cut short may not have come to. */
const retention: readonly Action[] = ['logs:PutRetentionPolicy', 'logs:DescribeLogGroups', 'logs:ListTagsForResource'];

interface CommandCalls {
  /** What it calls beside the operations of its plans, to look at what there is. */
  readonly looks: readonly Action[];
  /** The kinds of operations that its plans may have. */
  readonly operations: readonly Kind[];
}

/** What must be there before tasks run. */
const beforeTasks: readonly Kind[] = ['create-cluster', 'create-log-group', 'register-revision'];

const roles: readonly Kind[] = ['create-role', 'put-role-policy'];

/** What opens the published ports. */
const ingress: readonly Kind[] = ['create-security-group', 'authorize-ingress', 'revoke-ingress'];
const scalingKinds: readonly Kind[] = [
  'register-scalable-target',
  'put-scaling-policy',
  'delete-scaling-policy',
  'put-scheduled-action',
  'delete-scheduled-action',
  'deregister-scalable-target',
];

/** A load balancer comes before a service, and goes. */
const balancingKinds: readonly Kind[] = [
  'create-target-group',
  'modify-target-group',
  'create-load-balancer',
  'set-subnets',
  'create-listener',
  'modify-listener',
  'delete-listener',
  'wait-load-balancer',
];
const unbalancingKinds: readonly Kind[] = ['delete-load-balancer', 'delete-target-group'];

/** A service leaves its name. */
const forgettingKinds: readonly Kind[] = ['delete-discovery-service', 'delete-namespace'];

/** The commands that call AWS. */
const commands: Readonly<Record<string, CommandCalls>> = {
  up: {
    looks: [...stack, ...tasks, ...revisions, ...role, ...network, ...addresses, ...retention],
    operations: [...roles, ...beforeTasks, ...ingress, 'adopt-tasks', 'run-tasks', 'wait', 'stop-tasks'],
  },
  plan: { looks: [...stack, ...tasks, ...revisions, ...role, ...network], operations: [] },
  ps: { looks: [...tasks, ...addresses], operations: [] },
  logs: { looks: [...stack, ...tasks, ...revisions, 'logs:GetLogEvents'], operations: [] },
  run: {
    looks: [...stack, ...tasks, ...revisions, ...keptRole, ...subnets, 'logs:GetLogEvents'],
    operations: ['put-role-policy', ...beforeTasks, 'run-tasks', 'wait', 'stop-tasks'],
  },
  exec: { looks: [...tasks, 'ecs:ExecuteCommand'], operations: [] },
  scale: {
    looks: [...stack, ...tasks, ...service, ...revisions, ...network],
    operations: [...ingress, 'run-tasks', 'wait', 'stop-tasks'],
  },
  stop: { looks: tasks, operations: ['stop-tasks'] },
  down: {
    looks: [...stack, ...tasks, ...revisions, ...balancers, ...securityGroups, 'iam:GetRole'],
    operations: ['stop-tasks', ...unbalancingKinds, 'delete-security-group', 'delete-role'],
  },
  'service up': {
    looks: [
      ...stack,
      ...tasks,
      ...service,
      ...revisions,
      ...role,
      ...network,
      ...addresses,
      ...retention,
      ...scaling,
      ...names,
      ...balancers,
    ],
    operations: [
      ...roles,
      ...beforeTasks,
      ...ingress,
      'create-service',
      'update-service',
      'tag-service',
      'wait-service',
      'wait-deleted',
      ...scalingKinds,
      'create-namespace',
      'create-discovery-service',
      'update-discovery-service',
      ...forgettingKinds,
      ...balancingKinds,
      ...unbalancingKinds,
      'untag-service',
      'delete-security-group',
    ],
  },
  'service ps': { looks: [...tasks, ...addresses, ...service, ...entrances], operations: [] },
  'service logs': { looks: [...tasks, ...revisions, 'logs:GetLogEvents'], operations: [] },
  'service scale': { looks: service, operations: ['update-service', 'wait-service'] },
  'service stop': { looks: service, operations: ['update-service', 'wait-service'] },
  'service rm': {
    looks: [...service, ...revisions, ...names, ...balancers, ...securityGroups, 'iam:GetRole'],
    operations: [
      'deregister-scalable-target',
      'update-service',
      'wait-service',
      'delete-service',
      'wait-deleted',
      ...forgettingKinds,
      ...unbalancingKinds,
      'delete-security-group',
      'delete-role',
    ],
  },
};

/** The names of the commands that a policy can be made for. */
export const deployingCommands: readonly string[] = Object.keys(commands);

/**
 * What whoever runs these commands on a project needs, and no more: it follows from the operations that their plans
 * have, and from what they call beside them. Without commands, what all of them need.
 */
export function deployerPolicy(scope: Scope, named: readonly string[] = deployingCommands): PolicyDocument {
  const actions = named.flatMap((name) => {
    const { looks, operations } = commands[name] ?? { looks: [], operations: [] };
    return [...looks, ...operations.flatMap((kind) => actionsOfOperation[kind])];
  });
  return policy(allowing(new Set(actions), scope));
}
