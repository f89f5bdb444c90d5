import { clusterLogGroup, stackName } from '../cluster/cluster-settings.ts';
import { arnIn, roleArn } from './place.ts';
import { allow, type Statement } from './policy.ts';
import { clusterArn, clusterName, makesCluster, type Permission, type Scope } from './scope.ts';

/** An action that is needed for the stack of a cluster, and to look into the cluster. */
export type StackAction =
  | 'cloudformation:CreateChangeSet'
  | 'cloudformation:DeleteChangeSet'
  | 'cloudformation:DeleteStack'
  | 'cloudformation:DescribeChangeSet'
  | 'cloudformation:DescribeStackEvents'
  | 'cloudformation:DescribeStackResources'
  | 'cloudformation:DescribeStacks'
  | 'cloudformation:ExecuteChangeSet'
  | 'cloudformation:TagResource'
  | 'ecs:DeleteService'
  | 'ecs:DescribeServices'
  | 'ecs:ListServices';

/** Source: Service Authorization Reference of CloudFormation and of ECS. */
export const stackPermissions: readonly Permission<StackAction>[] = [
  {
    sid: 'FindClusterStack',
    actions: ['cloudformation:DescribeStacks'],
    on: (scope, actions) => (makesCluster(scope) && !changesClusters(actions) ? [] : [stack(scope)]),
  },
  {
    sid: 'ChangeClusterStack',
    actions: [
      'cloudformation:CreateChangeSet',
      'cloudformation:DescribeChangeSet',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:DeleteChangeSet',
      'cloudformation:DescribeStackEvents',
      'cloudformation:DescribeStackResources',
      'cloudformation:DeleteStack',
      'cloudformation:TagResource',
    ],
    on: (scope) => [stack(scope)],
  },
  {
    sid: 'ListServices',
    actions: ['ecs:ListServices'],
    on: (_, actions) => (changesClusters(actions) ? ['*'] : []),
    condition: (scope) => ({ ArnEquals: { 'ecs:cluster': clusterArn(scope) } }),
  },
  {
    // Who makes and deletes a cluster has to do with all its services.
    sid: 'UseServices',
    actions: ['ecs:DescribeServices', 'ecs:DeleteService'],
    on: (scope, actions) =>
      changesClusters(actions) ? [arnIn(scope.place, 'ecs', `service/${clusterName(scope)}/*`)] : [],
  },
];

/** Whether `cluster up` or `cluster down` is among the commands. */
function changesClusters(actions: ReadonlySet<string>): boolean {
  return actions.has('cloudformation:DescribeStackEvents');
}

/** What CloudFormation asks for to make, change and delete a resource of a cluster's stack, by the resource's type. */
const networkActions: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::VPC': [
    'ec2:CreateVpc',
    'ec2:DescribeVpcs',
    'ec2:DescribeVpcAttribute',
    'ec2:ModifyVpcAttribute',
    'ec2:DescribeNetworkAcls',
    'ec2:DeleteVpc',
    'ec2:CreateTags',
    'ec2:DeleteTags',
  ],
  'AWS::EC2::InternetGateway': [
    'ec2:CreateInternetGateway',
    'ec2:DescribeInternetGateways',
    'ec2:DeleteInternetGateway',
  ],
  'AWS::EC2::VPCGatewayAttachment': ['ec2:AttachInternetGateway', 'ec2:DetachInternetGateway'],
  'AWS::EC2::Subnet': [
    'ec2:CreateSubnet',
    'ec2:DescribeSubnets',
    'ec2:DescribeAvailabilityZones',
    'ec2:ModifySubnetAttribute',
    'ec2:DeleteSubnet',
  ],
  'AWS::EC2::RouteTable': ['ec2:CreateRouteTable', 'ec2:DescribeRouteTables', 'ec2:DeleteRouteTable'],
  'AWS::EC2::Route': ['ec2:CreateRoute', 'ec2:ReplaceRoute', 'ec2:DeleteRoute'],
  'AWS::EC2::SubnetRouteTableAssociation': [
    'ec2:AssociateRouteTable',
    'ec2:ReplaceRouteTableAssociation',
    'ec2:DisassociateRouteTable',
  ],
  'AWS::EC2::EIP': ['ec2:AllocateAddress', 'ec2:DescribeAddresses', 'ec2:ReleaseAddress'],
  'AWS::EC2::NatGateway': ['ec2:CreateNatGateway', 'ec2:DescribeNatGateways', 'ec2:DeleteNatGateway'],
  'AWS::EC2::SecurityGroup': [
    'ec2:CreateSecurityGroup',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSecurityGroupRules',
    'ec2:DeleteSecurityGroup',
  ],
  'AWS::EC2::SecurityGroupIngress': ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
};

const clusterActions: readonly string[] = [
  'ecs:CreateCluster',
  'ecs:DescribeClusters',
  'ecs:UpdateCluster',
  'ecs:PutClusterCapacityProviders',
  'ecs:DeleteCluster',
  'ecs:TagResource',
  'ecs:UntagResource',
];

const roleActions: readonly string[] = [
  'iam:CreateRole',
  'iam:GetRole',
  'iam:UpdateRole',
  'iam:UpdateAssumeRolePolicy',
  'iam:AttachRolePolicy',
  'iam:DetachRolePolicy',
  'iam:ListAttachedRolePolicies',
  'iam:ListRolePolicies',
  'iam:TagRole',
  'iam:UntagRole',
  'iam:DeleteRole',
];

const logGroupActions: readonly string[] = [
  'logs:CreateLogGroup',
  'logs:DescribeLogGroups',
  'logs:PutRetentionPolicy',
  'logs:TagResource',
  'logs:UntagResource',
  'logs:ListTagsForResource',
  'logs:DeleteLogGroup',
];

/**
 * What CloudFormation does with the rights of whoever changes the stack, and they alone through it. Sources: the
 * handlers' permissions in the schemas of CloudFormation's resource types; IAM User Guide, `aws:CalledVia`.
 */
export function throughCloudFormation(scope: Scope): readonly Statement[] {
  const { place } = scope;
  const through = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' } };
  const group = arnIn(place, 'logs', `log-group:${clusterLogGroup(clusterName(scope))}`);
  return [
    // What is made there has an id by chance.
    ...allow('MakeNetwork', Object.values(networkActions).flat(), ['*'], through),
    ...allow('MakeCluster', clusterActions, [clusterArn(scope)], through),
    // CloudFormation names it by the stack.
    ...allow('MakeClusterRole', roleActions, [roleArn(place, `${stackName(clusterName(scope))}-*`)], through),
    ...allow('MakeClusterLogGroup', logGroupActions, [group, `${group}:*`], through),
  ];
}

function stack(scope: Scope): string {
  return arnIn(scope.place, 'cloudformation', `stack/${stackName(clusterName(scope))}/*`);
}
