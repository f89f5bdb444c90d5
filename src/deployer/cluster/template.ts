/** A CloudFormation template, as far as a cluster and its network need one. */
export interface Template {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description: string;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Description: string; readonly Value: Value }>>;
}

/** A text, or what CloudFormation puts in its place. */
export type Value =
  | string
  | { readonly Ref: string }
  | { readonly 'Fn::GetAtt': readonly [logicalId: string, attribute: string] }
  | { readonly 'Fn::Join': readonly [separator: string, values: readonly Value[]] }
  | { readonly 'Fn::Select': readonly [index: number, list: { readonly 'Fn::GetAZs': '' }] };

export type Resource = { readonly [Type in ResourceType]: ResourceOf<Type> }[ResourceType];

export type ResourceType = keyof Properties;

interface ResourceOf<Type extends ResourceType> {
  readonly Type: Type;
  /** The logical id of what must be there before, where no property refers to it. */
  readonly DependsOn?: string;
  readonly Properties: Properties[Type];
}

export interface TemplateTag {
  readonly Key: string;
  readonly Value: string;
}

/** The properties that are used of each type. Source: AWS CloudFormation Template Reference, "Resource types". */
interface Properties {
  readonly 'AWS::EC2::VPC': {
    readonly CidrBlock: string;
    readonly EnableDnsSupport: boolean;
    readonly EnableDnsHostnames: boolean;
    readonly Tags: readonly TemplateTag[];
  };
  readonly 'AWS::EC2::InternetGateway': { readonly Tags: readonly TemplateTag[] };
  readonly 'AWS::EC2::VPCGatewayAttachment': { readonly VpcId: Value; readonly InternetGatewayId: Value };
  readonly 'AWS::EC2::Subnet': {
    readonly VpcId: Value;
    readonly CidrBlock: string;
    readonly AvailabilityZone: Value;
    readonly MapPublicIpOnLaunch: boolean;
    readonly Tags: readonly TemplateTag[];
  };
  readonly 'AWS::EC2::RouteTable': { readonly VpcId: Value; readonly Tags: readonly TemplateTag[] };
  readonly 'AWS::EC2::Route': {
    readonly RouteTableId: Value;
    readonly DestinationCidrBlock: string;
    readonly GatewayId?: Value;
    readonly NatGatewayId?: Value;
  };
  readonly 'AWS::EC2::SubnetRouteTableAssociation': { readonly SubnetId: Value; readonly RouteTableId: Value };
  readonly 'AWS::EC2::EIP': { readonly Domain: 'vpc'; readonly Tags: readonly TemplateTag[] };
  readonly 'AWS::EC2::NatGateway': {
    readonly AllocationId: Value;
    readonly SubnetId: Value;
    readonly Tags: readonly TemplateTag[];
  };
  readonly 'AWS::EC2::SecurityGroup': {
    readonly GroupDescription: string;
    readonly VpcId: Value;
    readonly SecurityGroupIngress: readonly {
      readonly IpProtocol: 'tcp';
      readonly FromPort: number;
      readonly ToPort: number;
      readonly CidrIp: string;
      readonly Description: string;
    }[];
    readonly Tags: readonly TemplateTag[];
  };
  /** A rule of its own, since a group cannot refer to itself. */
  readonly 'AWS::EC2::SecurityGroupIngress': {
    readonly GroupId: Value;
    readonly IpProtocol: '-1';
    readonly SourceSecurityGroupId: Value;
    readonly Description: string;
  };
  readonly 'AWS::ECS::Cluster': {
    readonly ClusterName: string;
    readonly CapacityProviders: readonly ('FARGATE' | 'FARGATE_SPOT')[];
    readonly DefaultCapacityProviderStrategy: readonly {
      readonly CapacityProvider: 'FARGATE' | 'FARGATE_SPOT';
      readonly Weight: number;
    }[];
  };
  readonly 'AWS::IAM::Role': {
    readonly Description: string;
    readonly AssumeRolePolicyDocument: {
      readonly Version: '2012-10-17';
      readonly Statement: readonly {
        readonly Effect: 'Allow';
        readonly Principal: { readonly Service: string };
        readonly Action: string;
      }[];
    };
    readonly ManagedPolicyArns: readonly Value[];
  };
  readonly 'AWS::Logs::LogGroup': { readonly LogGroupName: string; readonly RetentionInDays: number };
}
