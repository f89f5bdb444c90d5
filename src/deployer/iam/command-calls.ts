import { type Kind, managedSecretActions } from './operation-actions.ts';
import type { Action } from './permissions.ts';

/** What a command calls. */
export interface CommandCalls {
  /** What it calls beside the operations of its plans, to look at what there is. */
  readonly looks: readonly Action[];
  /** The kinds of operations that its plans may have. */
  readonly operations: readonly Kind[];
  /** Whether it has `--purge`. */
  readonly purges?: true;
}

const tasks: readonly Action[] = ['ecs:ListTasks', 'ecs:DescribeTasks'];
const revisions: readonly Action[] = ['ecs:DescribeTaskDefinition'];
/** Roles that were made before, and those that may be made. */
const keptRole: readonly Action[] = ['iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'];
const role: readonly Action[] = [...keptRole, 'ecs:DescribeClusters'];
/** The keys of the secrets that an execution role reads. */
const keys: readonly Action[] = ['secretsmanager:DescribeSecret', 'ssm:DescribeParameters'];
/** Where images go that are built. */
const repositories: readonly Action[] = [
  'ecr:GetAuthorizationToken',
  'ecr:DescribeRepositories',
  'ecr:GetLifecyclePolicy',
  'ecr:ListTagsForResource',
];
const images: readonly Action[] = ['ecr:GetAuthorizationToken', 'ecr:DescribeImages'];
const service: readonly Action[] = ['ecs:DescribeServices'];
/** What of the project runs in other clusters of the region. */
const elsewhere: readonly Action[] = ['ecs:ListClusters', 'ecs:ListTasks', 'ecs:DescribeServices'];
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

const imageKinds: readonly Kind[] = [
  'build-image',
  'create-repository',
  'put-lifecycle-policy',
  'log-in',
  'push-image',
];
const secretKinds: readonly Kind[] = ['create-secret', 'update-secret'];

/** A cluster with what is in it, and its stack. */
const clusterContents: readonly Action[] = [...stack, 'ecs:ListServices', 'ecs:DescribeServices', ...tasks];

/** What must be there before tasks run. */
const beforeTasks: readonly Kind[] = ['create-cluster', 'create-log-group', 'register-revision'];

const roles: readonly Kind[] = [
  'create-role',
  'put-role-policy',
  'attach-role-policy',
  'detach-role-policy',
  'delete-role',
];

/** What opens the published ports. */
const ingress: readonly Kind[] = ['create-security-group', 'authorize-ingress', 'revoke-ingress'];
const scalingKinds: readonly Kind[] = [
  'register-scalable-target',
  'resume-scaling',
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

/** What `--purge` adds to a command. */
export const purging: CommandCalls = {
  looks: [
    'ecs:ListTaskDefinitions',
    'ecs:DescribeClusters',
    'logs:DescribeLogGroups',
    'logs:ListTagsForResource',
    'ecr:DescribeRepositories',
    'ecr:ListTagsForResource',
    'secretsmanager:ListSecrets',
    'ssm:DescribeParameters',
    'ecs:ListServices',
    ...tasks,
    ...service,
  ],
  operations: ['delete-log-group', 'delete-repository', 'delete-secret', 'delete-revisions', 'delete-cluster'],
};

/** What is looked at before a plan is made that deploys a project. */
const planning: readonly Action[] = [
  ...stack,
  ...tasks,
  ...elsewhere,
  ...revisions,
  ...role,
  ...keys,
  ...repositories,
  ...network,
];

/** The commands that bring a project to AWS and look after it there. */
export const deploying: Readonly<Record<string, CommandCalls>> = {
  up: {
    looks: [...planning, ...addresses, ...retention],
    operations: [...imageKinds, ...roles, ...beforeTasks, ...ingress, 'adopt-tasks', 'run-tasks', 'wait', 'stop-tasks'],
  },
  plan: {
    looks: [...planning, ...images],
    operations: [],
  },
  ps: { looks: [...tasks, ...addresses], operations: [] },
  logs: { looks: [...stack, ...tasks, ...revisions, 'logs:GetLogEvents'], operations: [] },
  run: {
    // It takes nothing away from a role, which other tasks have too.
    looks: [
      ...stack,
      ...tasks,
      ...revisions,
      ...keptRole,
      'iam:PutRolePolicy',
      ...keys,
      ...subnets,
      'logs:GetLogEvents',
    ],
    operations: ['attach-role-policy', ...beforeTasks, 'run-tasks', 'wait', 'stop-tasks'],
  },
  push: { looks: repositories, operations: imageKinds },
  images: { looks: images, operations: [] },
  exec: { looks: [...tasks, 'ecs:ExecuteCommand'], operations: [] },
  scale: {
    looks: [...stack, ...tasks, ...service, ...revisions, ...network],
    operations: [...ingress, 'run-tasks', 'wait', 'stop-tasks'],
  },
  stop: { looks: tasks, operations: ['stop-tasks'] },
  down: {
    looks: [...stack, ...tasks, ...elsewhere, ...revisions, ...balancers, ...securityGroups, 'iam:GetRole'],
    operations: ['stop-tasks', ...unbalancingKinds, 'delete-security-group', 'delete-role'],
    purges: true,
  },
  'service up': {
    looks: [...planning, ...addresses, ...retention, ...scaling, ...names, ...balancers],
    operations: [
      ...imageKinds,
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
  'service scale': {
    looks: [...service, ...scaling],
    operations: ['resume-scaling', 'update-service', 'wait-service'],
  },
  'service stop': {
    looks: [...service, ...scaling],
    operations: ['suspend-scaling', 'update-service', 'wait-service'],
  },
  'service rm': {
    looks: [...elsewhere, ...revisions, ...names, ...balancers, ...securityGroups, 'iam:GetRole'],
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
    purges: true,
  },
};

/** What is often somebody else's to do: what a project finds in its account. */
const preparing: Readonly<Record<string, CommandCalls>> = {
  'secrets push': { looks: ['secretsmanager:GetSecretValue', 'ssm:GetParameters'], operations: secretKinds },
  'registry-creds up': {
    // It keeps no parameters, and its role is never left without a policy.
    looks: [
      'secretsmanager:GetSecretValue',
      'secretsmanager:DescribeSecret',
      ...managedSecretActions,
      ...role,
      'iam:PutRolePolicy',
    ],
    operations: ['create-role', 'attach-role-policy'],
  },
  'cluster up': {
    looks: [
      ...clusterContents,
      'cloudformation:CreateChangeSet',
      'cloudformation:TagResource',
      'cloudformation:DescribeChangeSet',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:DeleteChangeSet',
      'cloudformation:DescribeStackEvents',
    ],
    operations: [],
  },
  'cluster down': {
    looks: [
      ...clusterContents,
      'ecs:DeleteService',
      'ecs:StopTask',
      'cloudformation:DescribeStackResources',
      'cloudformation:DeleteStack',
      'cloudformation:DescribeStackEvents',
    ],
    operations: [],
  },
};

/** The commands that call AWS. */
export const commands: Readonly<Record<string, CommandCalls>> = { ...deploying, ...preparing };
