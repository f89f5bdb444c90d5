import { taskId } from '../account.ts';
import type { ResourceChange, StackResource } from './stacks.ts';

/** One step of what is to be done to a cluster and its stack. */
export type StackOperation =
  | { readonly kind: 'remove-service'; readonly service: string }
  | { readonly kind: 'stop-cluster-tasks'; readonly tasks: readonly string[] }
  /** A resource that CloudFormation makes, changes or deletes. */
  | { readonly kind: 'change-resource'; readonly change: ResourceChange };

/** What a resource is called, by its type. */
const nouns: Readonly<Record<string, string>> = {
  'AWS::EC2::VPC': 'VPC',
  'AWS::EC2::InternetGateway': 'internet gateway',
  'AWS::EC2::VPCGatewayAttachment': 'attachment of the internet gateway',
  'AWS::EC2::Subnet': 'subnet',
  'AWS::EC2::RouteTable': 'route table',
  'AWS::EC2::Route': 'route',
  'AWS::EC2::SubnetRouteTableAssociation': 'association of a subnet with its routes',
  'AWS::EC2::EIP': 'public address of the NAT gateway',
  'AWS::EC2::NatGateway': 'NAT gateway',
  'AWS::EC2::SecurityGroup': 'security group',
  'AWS::EC2::SecurityGroupIngress': 'rule of the security group',
  'AWS::ECS::Cluster': 'ECS cluster',
  'AWS::IAM::Role': 'execution role',
  'AWS::Logs::LogGroup': 'log group',
};

/** The types of which a stack has several, so that the logical id has to tell them apart. */
const several: ReadonlySet<string> = new Set([
  'AWS::EC2::Subnet',
  'AWS::EC2::RouteTable',
  'AWS::EC2::Route',
  'AWS::EC2::SubnetRouteTableAssociation',
]);

/** USD an hour, us-east-1, 2026-09: a NAT gateway 0.045 and its address 0.005. Traffic comes on top. */
const natCost = ', which costs about 0.05 USD an hour, used or not';

/** What an operation does, in a sentence without its full stop. */
export function stackSentence(operation: StackOperation): string {
  switch (operation.kind) {
    case 'remove-service':
      return `Delete the service ${operation.service}`;
    case 'stop-cluster-tasks': {
      const ids = operation.tasks.map(taskId);
      return `Stop ${ids.length === 1 ? 'task' : 'tasks'} ${ids.join(', ')}`;
    }
    case 'change-resource':
      return changeSentence(operation.change);
  }
}

function changeSentence(change: ResourceChange): string {
  const { action, replacement, physicalId } = change;
  const what = `the ${resourceName(change)}`;
  if (action === 'Add') return `Create ${what}${change.type === 'AWS::EC2::NatGateway' ? natCost : ''}`;
  if (action === 'Remove') return `Delete ${what}${physicalId === undefined ? '' : ` (${physicalId})`}`;
  const how = { always: 'Replace', perhaps: 'Change or replace', never: 'Change' }[replacement];
  return `${how} ${what}${physicalId === undefined ? '' : ` (${physicalId})`}`;
}

/** `VPC`, `subnet PublicSubnet1`: what a resource is and, of several, which. */
export function resourceName({ type, logicalId }: Pick<ResourceChange, 'type' | 'logicalId'>): string {
  const noun = nouns[type];
  return noun === undefined || several.has(type) ? `${noun ?? type} ${logicalId}` : noun;
}

/** Whether a change takes away something that is there. */
export function destroys({ action, replacement }: ResourceChange): boolean {
  return action === 'Remove' || replacement !== 'never';
}

/** The operations of a change set, in the order of the template; what the template no longer has comes last. */
export function changeOperations(
  changes: readonly ResourceChange[],
  order: readonly string[],
): readonly StackOperation[] {
  const rank = ({ logicalId }: ResourceChange) => {
    const at = order.indexOf(logicalId);
    return at === -1 ? order.length : at;
  };
  return changes.toSorted((a, b) => rank(a) - rank(b)).map((change) => ({ kind: 'change-resource', change }));
}

/** The operations that delete a stack's resources. */
export function deletionOperations(resources: readonly StackResource[]): readonly StackOperation[] {
  return resources
    .filter(({ physicalId, status }) => physicalId !== undefined && status !== 'DELETE_COMPLETE')
    .map(({ status: _, ...resource }) => ({
      kind: 'change-resource',
      change: { action: 'Remove', replacement: 'never', ...resource },
    }));
}
