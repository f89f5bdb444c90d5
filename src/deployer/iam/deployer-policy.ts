import type { ImageOperation } from '../image/image-operation.ts';
import type { Operation } from '../operation.ts';
import type { SecretOperation } from '../secret/secret-operation.ts';
import { type Action, allowing, type Scope } from './permissions.ts';
import { type PolicyDocument, policy } from './policy.ts';

/** What runs tasks: `push` and `secrets push` are often somebody else's to do. */
type Kind = Exclude<Operation, ImageOperation | SecretOperation>['kind'];

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
  'wait-service': ['ecs:DescribeServices', 'ecs:ListTasks', 'ecs:DescribeTasks', 'logs:GetLogEvents'],
  'delete-service': ['ecs:DeleteService'],
  'wait-deleted': ['ecs:DescribeServices'],
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
    looks: [...stack, ...tasks, ...revisions, ...securityGroups, 'iam:GetRole'],
    operations: ['stop-tasks', 'delete-security-group', 'delete-role'],
  },
  'service up': {
    looks: [...stack, ...tasks, ...service, ...revisions, ...role, ...network, ...addresses, ...retention],
    operations: [
      ...roles,
      ...beforeTasks,
      ...ingress,
      'create-service',
      'update-service',
      'tag-service',
      'wait-service',
      'wait-deleted',
    ],
  },
  'service ps': { looks: [...tasks, ...addresses], operations: [] },
  'service logs': { looks: [...tasks, ...revisions, 'logs:GetLogEvents'], operations: [] },
  'service scale': { looks: service, operations: ['update-service', 'wait-service'] },
  'service stop': { looks: service, operations: ['update-service', 'wait-service'] },
  'service rm': {
    looks: [...service, ...revisions, ...securityGroups, 'iam:GetRole'],
    operations: [
      'update-service',
      'wait-service',
      'delete-service',
      'wait-deleted',
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
