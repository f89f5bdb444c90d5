import { subnetCidr } from './cidr.ts';
import { type ClusterSettings, clusterLogGroup, type NetworkChoice } from './cluster-settings.ts';
import type { Resource, Template, TemplateTag, Value } from './template.ts';

/** The names of a stack's outputs, by what they tell. A list is joined by commas. */
export const outputs = {
  vpc: 'Vpc',
  subnets: 'Subnets',
  securityGroups: 'SecurityGroups',
  assignPublicIp: 'AssignPublicIp',
  executionRole: 'ExecutionRole',
  logGroup: 'LogGroup',
} as const;

type Output = keyof typeof outputs;
type Resources = Readonly<Record<string, Resource>>;

/** For how many days the cluster's log group keeps what it gets. */
const retentionInDays = 30;

/** AWS's policy for execution roles: pull any image of ECR, write any log. */
const executionPolicy = 'policy/service-role/AmazonECSTaskExecutionRolePolicy';

const anywhere = '0.0.0.0/0';

/** The template of a cluster's stack. It is pure: the same settings give the same template. */
export function clusterTemplate(settings: ClusterSettings): Template {
  const { cluster } = settings;
  const network = networkOf(settings);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `The ECS cluster ${cluster} with what its tasks on Fargate need, by compose2fargate`,
    Resources: { ...network.resources, ...clusterResources(cluster) },
    Outputs: describe({
      ...network.values,
      executionRole: attribute('ExecutionRole', 'Arn'),
      logGroup: ref('LogGroup'),
    }),
  };
}

/** What the network adds to a template. */
interface NetworkPart {
  readonly resources: Resources;
  readonly values: Partial<Record<Output, Value>>;
}

function networkOf(settings: ClusterSettings): NetworkPart {
  const { network, cluster } = settings;
  switch (network.kind) {
    case 'none':
      return { resources: {}, values: {} };
    case 'existing': {
      const group = groupPart(settings, network.vpc);
      const values = { vpc: network.vpc, subnets: network.subnets.join(',') };
      return { resources: group.resources, values: { ...values, ...group.values } };
    }
    case 'own': {
      const group = groupPart(settings, ref('Vpc'));
      const subnets = network.private ? ['PrivateSubnet1', 'PrivateSubnet2'] : ['PublicSubnet1', 'PublicSubnet2'];
      return {
        resources: {
          ...publicNetwork(cluster, network),
          ...(network.private ? privateNetwork(cluster, network) : {}),
          ...group.resources,
        },
        values: {
          vpc: ref('Vpc'),
          subnets: join(subnets.map(ref)),
          ...group.values,
          assignPublicIp: network.private ? 'DISABLED' : 'ENABLED',
        },
      };
    }
  }
}

type OwnNetwork = Extract<NetworkChoice, { readonly kind: 'own' }>;

/** A VPC with two subnets that reach the internet, and are reached from it. */
function publicNetwork(cluster: string, network: OwnNetwork): Resources {
  return {
    Vpc: {
      Type: 'AWS::EC2::VPC',
      Properties: {
        CidrBlock: network.cidr,
        // Secrets Manager and the endpoints of other services are found by name.
        EnableDnsSupport: true,
        EnableDnsHostnames: true,
        Tags: named(cluster),
      },
    },
    InternetGateway: { Type: 'AWS::EC2::InternetGateway', Properties: { Tags: named(cluster) } },
    InternetGatewayAttachment: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { VpcId: ref('Vpc'), InternetGatewayId: ref('InternetGateway') },
    },
    PublicRoutes: {
      Type: 'AWS::EC2::RouteTable',
      Properties: { VpcId: ref('Vpc'), Tags: named(`${cluster}-public`) },
    },
    PublicRoute: {
      Type: 'AWS::EC2::Route',
      DependsOn: 'InternetGatewayAttachment',
      Properties: {
        RouteTableId: ref('PublicRoutes'),
        DestinationCidrBlock: anywhere,
        GatewayId: ref('InternetGateway'),
      },
    },
    ...subnetPair('Public', cluster, network),
  };
}

/** Two subnets that reach the internet through a NAT gateway, and are not reached from it. */
function privateNetwork(cluster: string, network: OwnNetwork): Resources {
  return {
    NatAddress: {
      Type: 'AWS::EC2::EIP',
      DependsOn: 'InternetGatewayAttachment',
      Properties: { Domain: 'vpc', Tags: named(cluster) },
    },
    NatGateway: {
      Type: 'AWS::EC2::NatGateway',
      DependsOn: 'PublicRoute',
      Properties: {
        AllocationId: attribute('NatAddress', 'AllocationId'),
        SubnetId: ref('PublicSubnet1'),
        Tags: named(cluster),
      },
    },
    PrivateRoutes: {
      Type: 'AWS::EC2::RouteTable',
      Properties: { VpcId: ref('Vpc'), Tags: named(`${cluster}-private`) },
    },
    PrivateRoute: {
      Type: 'AWS::EC2::Route',
      Properties: {
        RouteTableId: ref('PrivateRoutes'),
        DestinationCidrBlock: anywhere,
        NatGatewayId: ref('NatGateway'),
      },
    },
    ...subnetPair('Private', cluster, network),
  };
}

/** Two subnets in two zones, and the route table that they share. */
function subnetPair(kind: 'Public' | 'Private', cluster: string, { cidr, zones }: OwnNetwork): Resources {
  const first = kind === 'Public' ? 0 : 2;
  const subnet = (index: 0 | 1): Resources => ({
    [`${kind}Subnet${index + 1}`]: {
      Type: 'AWS::EC2::Subnet',
      Properties: {
        VpcId: ref('Vpc'),
        CidrBlock: subnetCidr(cidr, first + index),
        AvailabilityZone: zones?.[index] ?? { 'Fn::Select': [index, { 'Fn::GetAZs': '' }] },
        MapPublicIpOnLaunch: kind === 'Public',
        Tags: named(`${cluster}-${kind.toLowerCase()}-${index + 1}`),
      },
    },
    [`${kind}Subnet${index + 1}Routes`]: {
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Properties: { SubnetId: ref(`${kind}Subnet${index + 1}`), RouteTableId: ref(`${kind}Routes`) },
    },
  });
  return { ...subnet(0), ...subnet(1) };
}

/** The security groups of tasks: those that are given, or one whose members reach each other. */
function groupPart({ cluster, ingress, securityGroups }: ClusterSettings, vpc: Value): NetworkPart {
  if (securityGroups !== undefined) return { resources: {}, values: { securityGroups: securityGroups.join(',') } };
  return {
    resources: {
      SecurityGroup: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          GroupDescription: `Tasks in the ECS cluster ${cluster}`,
          VpcId: vpc,
          SecurityGroupIngress: ingress.ports.map((port) => ({
            IpProtocol: 'tcp',
            FromPort: port,
            ToPort: port,
            CidrIp: ingress.source,
            Description: `Port ${port}`,
          })),
          Tags: named(cluster),
        },
      },
      SecurityGroupMembers: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: {
          GroupId: attribute('SecurityGroup', 'GroupId'),
          IpProtocol: '-1',
          SourceSecurityGroupId: attribute('SecurityGroup', 'GroupId'),
          Description: 'Tasks reach each other',
        },
      },
    },
    values: { securityGroups: attribute('SecurityGroup', 'GroupId') },
  };
}

function clusterResources(cluster: string): Resources {
  return {
    Cluster: {
      Type: 'AWS::ECS::Cluster',
      Properties: {
        ClusterName: cluster,
        CapacityProviders: ['FARGATE', 'FARGATE_SPOT'],
        DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Weight: 1 }],
      },
    },
    // Without a name of its own: with one, CloudFormation would ask for CAPABILITY_NAMED_IAM.
    ExecutionRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Description: `Pulls images and writes logs for tasks in the ECS cluster ${cluster}`,
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:${executionPolicy}`]] }],
      },
    },
    LogGroup: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: clusterLogGroup(cluster), RetentionInDays: retentionInDays },
    },
  };
}

const descriptions: Readonly<Record<Output, string>> = {
  vpc: 'The VPC',
  subnets: 'The subnets that tasks run in',
  securityGroups: 'The security groups of tasks',
  assignPublicIp: 'Whether tasks get a public address',
  executionRole: 'The execution role of tasks',
  logGroup: 'The log group of tasks',
};

function describe(values: Partial<Record<Output, Value>>): Template['Outputs'] {
  return Object.fromEntries(
    (Object.keys(outputs) as Output[]).flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [[outputs[name], { Description: descriptions[name], Value: value }]];
    }),
  );
}

function named(name: string): readonly TemplateTag[] {
  return [{ Key: 'Name', Value: name }];
}

function ref(logicalId: string): Value {
  return { Ref: logicalId };
}

function attribute(logicalId: string, name: string): Value {
  return { 'Fn::GetAtt': [logicalId, name] };
}

function join(values: readonly Value[]): Value {
  return { 'Fn::Join': [',', values] };
}
