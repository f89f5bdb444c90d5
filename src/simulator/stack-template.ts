import { hexadecimal } from './identifiers.ts';
import { subnetIdIn } from './network.ts';

/** The part of a template that decides what CloudFormation does. */
export interface StackTemplate {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Description?: string; readonly Value: unknown }>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly DependsOn?: string | readonly string[];
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** What is known of a type of resource: a stack with any other is refused. */
interface ResourceType {
  /** What its physical id begins with, or the property that names it. */
  readonly id:
    | { readonly prefix: string }
    | { readonly property: string }
    | { readonly generated: true }
    /** That of a subnet, in the zone which the property says. */
    | { readonly zone: string };
  /** How long it takes to make one, and about as long to delete it, in milliseconds at speed 1. */
  readonly takes: number;
  /** The properties that cannot be changed of one that is there. */
  readonly immutable: readonly string[];
}

/** Times as they are seen in a small Region, rounded; immutable properties as the Template Reference has them. */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::EC2::VPC': { id: { prefix: 'vpc-' }, takes: 12_000, immutable: ['CidrBlock'] },
  'AWS::EC2::InternetGateway': { id: { prefix: 'igw-' }, takes: 16_000, immutable: [] },
  'AWS::EC2::VPCGatewayAttachment': { id: { prefix: 'IGW|' }, takes: 2_000, immutable: ['VpcId'] },
  'AWS::EC2::Subnet': {
    id: { zone: 'AvailabilityZone' },
    takes: 4_000,
    immutable: ['VpcId', 'CidrBlock', 'AvailabilityZone'],
  },
  'AWS::EC2::RouteTable': { id: { prefix: 'rtb-' }, takes: 11_000, immutable: ['VpcId'] },
  'AWS::EC2::Route': {
    id: { prefix: 'rtb-route|' },
    takes: 2_000,
    immutable: ['RouteTableId', 'DestinationCidrBlock'],
  },
  'AWS::EC2::SubnetRouteTableAssociation': { id: { prefix: 'rtbassoc-' }, takes: 2_000, immutable: ['SubnetId'] },
  'AWS::EC2::EIP': { id: { prefix: 'eipalloc-' }, takes: 15_000, immutable: ['Domain'] },
  'AWS::EC2::NatGateway': { id: { prefix: 'nat-' }, takes: 100_000, immutable: ['AllocationId', 'SubnetId'] },
  'AWS::EC2::SecurityGroup': { id: { prefix: 'sg-' }, takes: 6_000, immutable: ['GroupDescription', 'VpcId'] },
  'AWS::EC2::SecurityGroupIngress': {
    id: { prefix: 'sgr-' },
    takes: 1_000,
    immutable: ['GroupId', 'IpProtocol', 'SourceSecurityGroupId'],
  },
  'AWS::ECS::Cluster': { id: { property: 'ClusterName' }, takes: 6_000, immutable: ['ClusterName'] },
  'AWS::IAM::Role': { id: { generated: true }, takes: 17_000, immutable: ['RoleName'] },
  'AWS::Logs::LogGroup': { id: { property: 'LogGroupName' }, takes: 3_000, immutable: ['LogGroupName'] },
};

/** The logical ids that a resource needs to be there first. */
export function dependencies(template: StackTemplate, logicalId: string): readonly string[] {
  const { DependsOn = [], Properties } = template.Resources[logicalId] as TemplateResource;
  return [...new Set([DependsOn, references(Properties)].flat())].filter((one) => !one.startsWith('AWS::'));
}

/** The names that a value refers to, pseudo parameters among them. */
export function references(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(references);
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: readonly string[] };
  if (Ref !== undefined) return [Ref];
  if (attribute !== undefined) return attribute.slice(0, 1);
  return Object.values(value).flatMap(references);
}

/** The physical id of a resource that is made. */
export function physicalIdOf(
  logicalId: string,
  { Type, Properties = {} }: TemplateResource,
  stack: { readonly stackName: string },
  seed: string,
): string {
  const id = RESOURCE_TYPES[Type]?.id ?? { generated: true };
  if ('zone' in id) return subnetIdIn(zoneOf(Properties[id.zone]), `${seed}:${logicalId}`);
  if ('prefix' in id) return `${id.prefix}${hexadecimal(17, `${seed}:${logicalId}`)}`;
  if ('property' in id && typeof Properties[id.property] === 'string') return Properties[id.property] as string;
  return `${stack.stackName}-${logicalId}-${hexadecimal(12, `${seed}:${logicalId}`).toUpperCase()}`;
}

/** The number of a zone, beginning with 0, that is chosen by it or given by its name. */
function zoneOf(value: unknown): number {
  if (typeof value === 'string') return Math.max(0, value.charCodeAt(value.length - 1) - 'a'.charCodeAt(0));
  const { 'Fn::Select': [number] = [0] } = (value ?? {}) as { readonly 'Fn::Select'?: readonly [number, unknown?] };
  return number;
}

/** The text of a value; `attribute` gives what a reference stands for, by logical id and name of attribute. */
export function textOf(value: unknown, attribute: (logicalId: string, name?: string) => string): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const node = value as {
    Ref?: string;
    'Fn::GetAtt'?: readonly [string, string];
    'Fn::Join'?: readonly [string, readonly unknown[]];
  };
  if (node.Ref !== undefined) return attribute(node.Ref);
  if (node['Fn::GetAtt'] !== undefined) return attribute(...node['Fn::GetAtt']);
  const [separator, values] = node['Fn::Join'] ?? ['', []];
  return values.map((one) => textOf(one, attribute)).join(separator);
}
