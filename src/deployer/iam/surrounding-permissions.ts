import { balancerName } from '../balancer/names.ts';
import { arnIn, roleArn } from './place.ts';
import { clusterName, makesBalancer, type Permission, type Scope, serviceArn } from './scope.ts';

/** An action that is needed for what stands around a service. */
export type SurroundingAction =
  | 'application-autoscaling:DeleteScalingPolicy'
  | 'application-autoscaling:DeleteScheduledAction'
  | 'application-autoscaling:DeregisterScalableTarget'
  | 'application-autoscaling:DescribeScalableTargets'
  | 'application-autoscaling:DescribeScalingPolicies'
  | 'application-autoscaling:DescribeScheduledActions'
  | 'application-autoscaling:PutScalingPolicy'
  | 'application-autoscaling:PutScheduledAction'
  | 'application-autoscaling:RegisterScalableTarget'
  | 'application-autoscaling:TagResource'
  | 'cloudwatch:DeleteAlarms'
  | 'cloudwatch:DescribeAlarms'
  | 'cloudwatch:PutMetricAlarm'
  | 'ec2:DescribeRegions'
  | 'ec2:DescribeVpcs'
  | 'ecs:UntagResource'
  | 'elasticloadbalancing:AddTags'
  | 'elasticloadbalancing:CreateListener'
  | 'elasticloadbalancing:CreateLoadBalancer'
  | 'elasticloadbalancing:CreateTargetGroup'
  | 'elasticloadbalancing:DeleteListener'
  | 'elasticloadbalancing:DeleteLoadBalancer'
  | 'elasticloadbalancing:DeleteTargetGroup'
  | 'elasticloadbalancing:DescribeListeners'
  | 'elasticloadbalancing:DescribeLoadBalancers'
  | 'elasticloadbalancing:DescribeTags'
  | 'elasticloadbalancing:DescribeTargetGroups'
  | 'elasticloadbalancing:ModifyListener'
  | 'elasticloadbalancing:ModifyTargetGroup'
  | 'elasticloadbalancing:SetSubnets'
  | 'iam:CreateServiceLinkedRole'
  | 'route53:CreateHostedZone'
  | 'route53:DeleteHostedZone'
  | 'route53:GetHostedZone'
  | 'route53:ListHostedZonesByName'
  | 'servicediscovery:CreatePrivateDnsNamespace'
  | 'servicediscovery:CreateService'
  | 'servicediscovery:DeleteNamespace'
  | 'servicediscovery:DeleteService'
  | 'servicediscovery:GetNamespace'
  | 'servicediscovery:GetOperation'
  | 'servicediscovery:GetService'
  | 'servicediscovery:ListNamespaces'
  | 'servicediscovery:ListServices'
  | 'servicediscovery:ListTagsForResource'
  | 'servicediscovery:TagResource'
  | 'servicediscovery:UpdateService';

/** What Application Auto Scaling calls itself where it scales services of ECS. */
const scaler = 'ecs.application-autoscaling.amazonaws.com';
const scalerRole = `aws-service-role/${scaler}/AWSServiceRoleForApplicationAutoScaling_ECSService`;

/** What Elastic Load Balancing calls itself. */
const balancerService = 'elasticloadbalancing.amazonaws.com';
const balancerRole = `aws-service-role/${balancerService}/AWSServiceRoleForElasticLoadBalancing`;

/**
 * What the settings of a service ask for. Sources: Service Authorization Reference; Application Auto Scaling User Guide,
 * "Identity-based policy examples" and "Service-linked roles"; Cloud Map Developer Guide, "Identity-based policies".
 */
export const surroundingPermissions: readonly Permission<SurroundingAction>[] = [
  {
    sid: 'FindScaling',
    actions: [
      'application-autoscaling:DescribeScalableTargets',
      'application-autoscaling:DescribeScalingPolicies',
      'application-autoscaling:DescribeScheduledActions',
    ],
    on: (scope) => (scales(scope) ? ['*'] : []),
  },
  {
    // A target has an id that is known when it is made.
    sid: 'ScaleService',
    actions: [
      'application-autoscaling:RegisterScalableTarget',
      'application-autoscaling:DeregisterScalableTarget',
      'application-autoscaling:PutScalingPolicy',
      'application-autoscaling:DeleteScalingPolicy',
      'application-autoscaling:PutScheduledAction',
      'application-autoscaling:DeleteScheduledAction',
      'application-autoscaling:TagResource',
    ],
    on: (scope) => (scales(scope) ? [arnIn(scope.place, 'application-autoscaling', 'scalable-target/*')] : []),
  },
  {
    // Application Auto Scaling makes it with the first target of an account.
    sid: 'CreateScalingRole',
    actions: ['iam:CreateServiceLinkedRole'],
    on: (scope) => (scales(scope) ? [roleArn(scope.place, scalerRole)] : []),
    condition: () => ({ StringEquals: { 'iam:AWSServiceName': scaler } }),
  },
  {
    sid: 'UntagService',
    actions: ['ecs:UntagResource'],
    on: (scope) => (scales(scope) || makesBalancer(scope) ? [serviceArn(scope)] : []),
  },
  {
    sid: 'FindAlarms',
    actions: ['cloudwatch:DescribeAlarms'],
    on: (scope) => (metrics(scope).length > 0 ? ['*'] : []),
  },
  {
    // A policy has alarms, which it is named in.
    sid: 'UseAlarms',
    actions: ['cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'],
    on: (scope) => (metrics(scope).length > 0 ? [alarms(scope)] : []),
  },
  {
    sid: 'FindLoadBalancer',
    actions: [
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeTags',
    ],
    on: (scope) => (isBalanced(scope) ? ['*'] : []),
  },
  {
    sid: 'MakeLoadBalancer',
    actions: [
      'elasticloadbalancing:CreateLoadBalancer',
      'elasticloadbalancing:SetSubnets',
      'elasticloadbalancing:DeleteLoadBalancer',
      'elasticloadbalancing:CreateTargetGroup',
      'elasticloadbalancing:ModifyTargetGroup',
      'elasticloadbalancing:DeleteTargetGroup',
      'elasticloadbalancing:CreateListener',
      'elasticloadbalancing:ModifyListener',
      'elasticloadbalancing:DeleteListener',
      'elasticloadbalancing:AddTags',
    ],
    on: (scope) => (makesBalancer(scope) ? balancers(scope) : []),
  },
  {
    // ELB makes it with the first load balancer of an account.
    sid: 'CreateLoadBalancingRole',
    actions: ['iam:CreateServiceLinkedRole'],
    on: (scope) => (makesBalancer(scope) ? [roleArn(scope.place, balancerRole)] : []),
    condition: () => ({ StringEquals: { 'iam:AWSServiceName': balancerService } }),
  },
  {
    sid: 'FindNames',
    actions: [
      'servicediscovery:ListNamespaces',
      'servicediscovery:GetNamespace',
      'servicediscovery:ListServices',
      'servicediscovery:GetService',
      'servicediscovery:ListTagsForResource',
      'servicediscovery:GetOperation',
    ],
    on: (scope) => (isNamed(scope) ? ['*'] : []),
  },
  {
    // What is made there has an id by chance.
    sid: 'NameService',
    actions: [
      'servicediscovery:CreateService',
      'servicediscovery:UpdateService',
      'servicediscovery:DeleteService',
      'servicediscovery:DeleteNamespace',
      'servicediscovery:TagResource',
    ],
    on: (scope) =>
      isNamed(scope)
        ? ['namespace/*', 'service/*'].map((resource) => arnIn(scope.place, 'servicediscovery', resource))
        : [],
  },
  {
    // Cloud Map makes the hosted zone with the rights of whoever asks for the namespace.
    sid: 'MakeNamespace',
    actions: [
      'servicediscovery:CreatePrivateDnsNamespace',
      'route53:CreateHostedZone',
      'route53:GetHostedZone',
      'route53:ListHostedZonesByName',
      'route53:DeleteHostedZone',
      'ec2:DescribeVpcs',
      'ec2:DescribeRegions',
    ],
    on: (scope) => (makesNamespace(scope) ? ['*'] : []),
  },
];

function scales({ task }: Scope): boolean {
  return task.run.service?.autoScaling !== undefined;
}

/** Whether requests come to a service by a target group. */
function isBalanced({ task }: Scope): boolean {
  const { loadBalancers = [], applicationLoadBalancer } = task.run.service ?? {};
  return loadBalancers.length > 0 || applicationLoadBalancer !== undefined;
}

/** The load balancer of a service, its listeners and its target group, whose ids are known when they are made. */
function balancers({ place, project, cluster, task }: Scope): readonly string[] {
  const name = balancerName({ project, cluster, family: task.definition.family });
  const resources = [`loadbalancer/app/${name}/*`, `listener/app/${name}/*`, `targetgroup/${name}/*`];
  return resources.map((resource) => arnIn(place, 'elasticloadbalancing', resource));
}

/** What a service is scaled by. */
function metrics({ task }: Scope): readonly string[] {
  const { targetTracking = [] } = task.run.service?.autoScaling ?? {};
  return targetTracking.map(({ predefinedMetricType }) => predefinedMetricType);
}

/** The alarms of target tracking. Source: Application Auto Scaling User Guide, "Target tracking scaling policies". */
function alarms(scope: Scope): string {
  const name = `TargetTracking-service/${clusterName(scope)}/${scope.task.definition.family}-*`;
  return arnIn(scope.place, 'cloudwatch', `alarm:${name}`);
}

function isNamed({ task }: Scope): boolean {
  return task.run.service?.serviceDiscovery !== undefined;
}

/** A namespace that is named by its id is there. */
function makesNamespace({ task }: Scope): boolean {
  return task.run.service?.serviceDiscovery?.privateDnsNamespace?.name !== undefined;
}
