import { oneOf, resourceName, role } from './constraints.ts';
import type { Constraint, MemberTable } from './member.ts';

/** The text of a tag's key or value. What begins with `aws:` is AWS's own. */
const tagText: Constraint = {
  kind: 'pattern',
  pattern: /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/iu,
  form: 'letters, digits, spaces and _ . : / = + - @, and may not begin with "aws:"',
};

/**
 * The task's own members. As of 2026-11-20.
 *
 * Sources: ECS API Reference, RegisterTaskDefinition; ECS Developer Guide, "Amazon ECS task definition parameters for
 * Fargate" and "Task definition differences for Fargate". AWS's words are those of real answers.
 */
export const taskMembers: MemberTable = {
  family: {
    type: 'string',
    required: { example: '"shop"' },
    constraints: resourceName('Family contains invalid characters.'),
  },
  taskRoleArn: { type: 'string', constraints: [role] },
  executionRoleArn: { type: 'string', constraints: [role] },
  networkMode: {
    type: 'string',
    required: { example: '"awsvpc"', aws: "Fargate only supports network mode 'awsvpc'." },
    constraints: [oneOf(['awsvpc'], ['bridge', 'host', 'none'], "Fargate only supports network mode 'awsvpc'.")],
  },
  containerDefinitions: {
    type: 'list',
    required: { example: '[{ "name": "web", "image": "nginx:1.29" }]', aws: 'Container list cannot be empty' },
    constraints: [{ kind: 'length', maximum: 10, of: 'containers', aws: 'Too many containers' }],
  },
  volumes: { type: 'list' },
  placementConstraints: {
    type: 'list',
    unsupported: {
      instead: 'Remove it: on Fargate there are no instances to place tasks on.',
      aws: 'Fargate compatible task definitions do not support constraints',
    },
  },
  requiresCompatibilities: { type: 'list' },
  'requiresCompatibilities[]': {
    type: 'string',
    constraints: [oneOf(['EC2', 'EXTERNAL', 'FARGATE', 'MANAGED_INSTANCES'])],
  },
  cpu: {
    type: 'string',
    required: { example: '"256"', aws: "Fargate requires that 'cpu' be defined at the task level." },
  },
  memory: {
    type: 'string',
    required: { example: '"512"', aws: "Fargate requires that 'memory' be defined at the task level." },
  },
  tags: {
    type: 'list',
    notEmpty: { aws: 'Tags can not be empty.' },
    constraints: [{ kind: 'length', maximum: 50, of: 'tags' }],
  },
  'tags[]': { type: 'object' },
  'tags[].key': {
    type: 'string',
    required: { example: '"project"' },
    constraints: [{ kind: 'length', maximum: 128, of: 'characters' }, tagText],
  },
  'tags[].value': {
    type: 'string',
    constraints: [{ kind: 'length', maximum: 256, of: 'characters' }, tagText],
  },
  pidMode: {
    type: 'string',
    linuxOnly: true,
    constraints: [
      {
        kind: 'values',
        values: ['task'],
        notOnFargate: ['host'],
        instead:
          'Remove it; where containers of the task are to see each other\'s processes, use task, in a Compose file "pid: service:NAME".',
        aws: "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
      },
    ],
  },
  ipcMode: {
    type: 'string',
    unsupported: {
      instead: 'Remove it: containers of a Fargate task share no IPC namespace.',
      aws: 'Fargate compatible task definitions do not support ipcMode',
    },
  },
  proxyConfiguration: { type: 'object', linuxOnly: true },
  'proxyConfiguration.containerName': { type: 'string', required: { example: '"envoy"' } },
  'proxyConfiguration.type': { type: 'string', constraints: [oneOf(['APPMESH'])] },
  'proxyConfiguration.properties': { type: 'list' },
  'proxyConfiguration.properties[]': { type: 'object' },
  'proxyConfiguration.properties[].name': { type: 'string', expected: { example: '"AppPorts"' } },
  'proxyConfiguration.properties[].value': { type: 'string' },
  inferenceAccelerators: {
    type: 'list',
    unsupported: {
      instead: 'Remove it: AWS has retired Elastic Inference.',
      aws: "Unsupported field 'inferenceAccelerators'",
    },
  },
  ephemeralStorage: { type: 'object' },
  'ephemeralStorage.sizeInGiB': {
    type: 'integer',
    required: { example: '30' },
    constraints: [
      {
        kind: 'range',
        minimum: 21,
        maximum: 200,
        unit: 'GiB',
        below: 'A task has 20 GiB anyway: leave ephemeralStorage out where that is enough.',
        awsBelow: 'EphemeralStorage size should be at least 21',
        awsAbove: 'EphemeralStorage size should be at most 200',
      },
    ],
  },
  runtimePlatform: { type: 'object' },
  'runtimePlatform.cpuArchitecture': { type: 'string', constraints: [oneOf(['X86_64', 'ARM64'])] },
  'runtimePlatform.operatingSystemFamily': {
    type: 'string',
    constraints: [
      oneOf(
        [
          'LINUX',
          'WINDOWS_SERVER_2019_CORE',
          'WINDOWS_SERVER_2019_FULL',
          'WINDOWS_SERVER_2022_CORE',
          'WINDOWS_SERVER_2022_FULL',
          'WINDOWS_SERVER_2025_CORE',
          'WINDOWS_SERVER_2025_FULL',
        ],
        ['WINDOWS_SERVER_2004_CORE', 'WINDOWS_SERVER_2016_FULL', 'WINDOWS_SERVER_20H2_CORE'],
      ),
    ],
  },
  enableFaultInjection: { type: 'boolean' },
};

/** What DescribeTaskDefinition returns besides, and RegisterTaskDefinition does not take. */
export const responseMembers: readonly string[] = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
];
