import { absolutePath, between, imageReference, oneOf, resourceName, secretReference } from './constraints.ts';
import {
  addableCapabilities,
  droppableCapabilities,
  systemControlNamespaces,
  tmpfsOptions,
  ulimitNames,
} from './linux.ts';
import { logDrivers, logDriversNotOnFargate } from './log-drivers.ts';
import type { Constraint, Member, MemberTable } from './member.ts';

/**
 * The members of a container. As of 2026-11-20.
 *
 * Sources: ECS API Reference, ContainerDefinition and the types below it; ECS Developer Guide, "Amazon ECS task
 * definition parameters for Fargate" and "Task definition differences for Fargate". AWS's words are those of real
 * answers.
 */
const text: Member = { type: 'string' };
const flag: Member = { type: 'boolean' };
/** What a secret may be read from, with an example that shows the whole form. */
const secretSource: Member = {
  type: 'string',
  required: { example: '"arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-AbCdEf"' },
  constraints: [secretReference],
};

/** The least memory that Docker reserves for a container, in MiB. */
const memory: Member = {
  type: 'integer',
  constraints: [{ kind: 'range', minimum: 6, maximum: Infinity, unit: 'MiB' }],
};

const seconds2To120: Member = { type: 'integer', constraints: [between(2, 120, 'seconds')] };

function healthCheckMember(name: string, minimum: number, maximum: number, unit?: string): Member {
  const constraint: Constraint = {
    kind: 'range',
    minimum,
    maximum,
    awsAbove: `Health check ${name} must be less than or equal to the maximum allowed value ${maximum} for container '{container}'`,
    ...(unit === undefined ? {} : { unit }),
  };
  return { type: 'integer', constraints: [constraint] };
}

const container: MemberTable = {
  name: {
    type: 'string',
    required: { example: '"web"', aws: 'Container.name should not be null or empty.' },
    constraints: resourceName(),
  },
  image: {
    type: 'string',
    required: { example: '"nginx:1.29"', aws: 'Container.image should not be null or empty.' },
    constraints: [
      {
        kind: 'pattern',
        pattern: /^[A-Za-z0-9\-_:./#]*(?:@sha256:[0-9a-fA-F]{64})?$/,
        form: 'letters, digits and - _ : . / #, with at most a digest (@sha256: and 64 hexadecimal digits) after it',
        aws: 'Container.image contains invalid characters',
      },
      {
        kind: 'pattern',
        pattern: /^[^@]{1,255}(?:@|$)/,
        form: '1 to 255 characters long, not counting a digest',
      },
      imageReference,
    ],
  },
  repositoryCredentials: { type: 'object' },
  'repositoryCredentials.credentialsParameter': {
    type: 'string',
    required: { example: '"arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf"' },
    constraints: [
      {
        kind: 'pattern',
        pattern: /^(?:arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+|(?!arn:).+)$/,
        form: 'the ARN of a Secrets Manager secret, or its name if it is in the same Region',
      },
    ],
  },
  cpu: { type: 'integer', constraints: [between(0, Infinity, 'CPU units')] },
  memory,
  memoryReservation: { ...memory, linuxOnly: true },
  links: {
    type: 'list',
    unsupported: {
      instead: 'Remove it: the containers of a task reach each other at 127.0.0.1.',
      aws: 'Links are not supported when networkMode=awsvpc',
    },
  },
  portMappings: { type: 'list' },
  'portMappings[]': { type: 'object' },
  'portMappings[].containerPort': { type: 'integer', constraints: [between(1, 65535)] },
  'portMappings[].hostPort': { type: 'integer', constraints: [between(0, 65535)] },
  'portMappings[].protocol': { type: 'string', constraints: [oneOf(['tcp', 'udp'])] },
  'portMappings[].name': {
    type: 'string',
    constraints: [
      {
        kind: 'pattern',
        pattern: /^(?!-)[a-z0-9_-]{1,64}$/,
        form: '1 to 64 lower-case letters, digits, underscores and hyphens, and may not begin with a hyphen',
      },
    ],
  },
  'portMappings[].appProtocol': { type: 'string', constraints: [oneOf(['http', 'http2', 'grpc'])] },
  'portMappings[].containerPortRange': {
    type: 'string',
    constraints: [
      {
        kind: 'pattern',
        pattern: /^\d{1,5}-\d{1,5}$/,
        form: 'two ports with a hyphen between them, such as 8000-8010',
        aws: "Invalid 'containerPortRange' setting for container '{container}'.",
      },
    ],
  },
  essential: flag,
  restartPolicy: { type: 'object', linuxOnly: true },
  'restartPolicy.enabled': { type: 'boolean', required: { example: 'true' } },
  'restartPolicy.ignoredExitCodes': {
    type: 'list',
    constraints: [{ kind: 'length', maximum: 50, of: 'exit codes' }],
  },
  'restartPolicy.ignoredExitCodes[]': { type: 'integer' },
  'restartPolicy.restartAttemptPeriod': {
    type: 'integer',
    constraints: [
      {
        kind: 'range',
        minimum: 60,
        maximum: 1800,
        unit: 'seconds',
        awsBelow: "The 'restartAttemptPeriod' setting for container '{container}' must be between 60 and 1800.",
        awsAbove: "The 'restartAttemptPeriod' setting for container '{container}' must be between 60 and 1800.",
      },
    ],
  },
  entryPoint: { type: 'list' },
  'entryPoint[]': text,
  command: { type: 'list' },
  'command[]': text,
  environment: { type: 'list' },
  'environment[]': { type: 'object' },
  'environment[].name': { type: 'string', expected: { example: '"MODE"' } },
  'environment[].value': text,
  environmentFiles: {
    type: 'list',
    linuxOnly: true,
    constraints: [
      {
        kind: 'length',
        maximum: 10,
        of: 'files',
        aws: 'The maximum number of environment files was exceeded. Specify ten or less and try again',
      },
    ],
  },
  'environmentFiles[]': { type: 'object' },
  'environmentFiles[].type': { type: 'string', required: { example: '"s3"' }, constraints: [oneOf(['s3'])] },
  'environmentFiles[].value': {
    type: 'string',
    required: { example: '"arn:aws:s3:::bucket/production.env"' },
    constraints: [
      {
        kind: 'pattern',
        pattern: /^arn:/,
        form: 'the ARN of an S3 object, such as arn:aws:s3:::bucket/production.env',
        aws: 'Invalid arn syntax.',
      },
      {
        kind: 'pattern',
        pattern: /^(?!arn:)|^arn:aws[a-z-]*:s3:::[^/]+\/.*\.env$/,
        form: 'the ARN of an S3 object whose name ends in .env, such as arn:aws:s3:::bucket/production.env',
      },
    ],
  },
  mountPoints: { type: 'list' },
  'mountPoints[]': { type: 'object' },
  'mountPoints[].sourceVolume': { type: 'string', expected: { example: '"data"' } },
  'mountPoints[].containerPath': { type: 'string', expected: { example: '"/data"' }, constraints: [absolutePath] },
  'mountPoints[].readOnly': flag,
  volumesFrom: { type: 'list' },
  'volumesFrom[]': { type: 'object' },
  'volumesFrom[].sourceContainer': { type: 'string', expected: { example: '"web"' } },
  'volumesFrom[].readOnly': flag,
  linuxParameters: { type: 'object', linuxOnly: true },
  'linuxParameters.capabilities': { type: 'object' },
  'linuxParameters.capabilities.add': { type: 'list' },
  'linuxParameters.capabilities.add[]': {
    type: 'string',
    constraints: [oneOf(addableCapabilities, droppableCapabilities, '{value} is not allowed on Fargate.')],
  },
  'linuxParameters.capabilities.drop': { type: 'list' },
  'linuxParameters.capabilities.drop[]': { type: 'string', constraints: [oneOf(droppableCapabilities)] },
  'linuxParameters.devices': {
    type: 'list',
    unsupported: {
      instead: 'Remove it: a Fargate task has no devices of a host.',
      aws: 'Fargate compatible task definitions do not support devices',
    },
  },
  'linuxParameters.initProcessEnabled': flag,
  'linuxParameters.sharedMemorySize': {
    type: 'integer',
    unsupported: {
      instead: 'Remove it: the size of /dev/shm cannot be set on Fargate.',
      aws: 'Fargate compatible task definitions do not support sharedMemorySize',
    },
  },
  'linuxParameters.tmpfs': { type: 'list' },
  'linuxParameters.tmpfs[]': { type: 'object' },
  'linuxParameters.tmpfs[].containerPath': {
    type: 'string',
    required: { example: '"/tmp"' },
    constraints: [absolutePath],
  },
  'linuxParameters.tmpfs[].size': {
    type: 'integer',
    required: { example: '64' },
    constraints: [between(1, Infinity, 'MiB')],
  },
  'linuxParameters.tmpfs[].mountOptions': { type: 'list' },
  'linuxParameters.tmpfs[].mountOptions[]': {
    type: 'string',
    constraints: [
      {
        kind: 'pattern',
        pattern: new RegExp(`^(?:${tmpfsOptions.join('|')})(?:=.*)?$`),
        form: `one of ${tmpfsOptions.join(', ')}`,
      },
    ],
  },
  'linuxParameters.maxSwap': {
    type: 'integer',
    unsupported: {
      instead: 'Remove it: Fargate does not swap.',
      aws: 'Fargate compatible task definitions do not support maxSwap',
    },
  },
  'linuxParameters.swappiness': {
    type: 'integer',
    unsupported: { instead: 'Remove it: Fargate does not swap.' },
  },
  secrets: { type: 'list' },
  'secrets[]': { type: 'object' },
  'secrets[].name': { type: 'string', required: { example: '"DB_PASSWORD"' } },
  'secrets[].valueFrom': secretSource,
  dependsOn: { type: 'list' },
  'dependsOn[]': { type: 'object' },
  'dependsOn[].containerName': { type: 'string', required: { example: '"db"' } },
  'dependsOn[].condition': {
    type: 'string',
    required: { example: '"START"' },
    constraints: [oneOf(['START', 'COMPLETE', 'SUCCESS', 'HEALTHY'])],
  },
  startTimeout: seconds2To120,
  stopTimeout: seconds2To120,
  versionConsistency: { type: 'string', constraints: [oneOf(['enabled', 'disabled'])] },
  hostname: {
    type: 'string',
    unsupported: {
      instead: 'Remove it: the task gets its host name from its network interface.',
      aws: 'hostname is not supported on container when networkMode=awsvpc.',
    },
  },
  user: {
    type: 'string',
    linuxOnly: true,
    constraints: [
      { kind: 'pattern', pattern: /^[^:\s]+(?::[^:\s]+)?$/, form: 'a user or user:group, each a name or a number' },
    ],
  },
  workingDirectory: text,
  disableNetworking: {
    type: 'boolean',
    unsupported: {
      instead: 'Remove it: the containers of a task share its network.',
      aws: 'Disable Networking is not supported on container when networkMode=awsvpc',
    },
  },
  privileged: {
    type: 'boolean',
    unsupported: {
      instead: 'Remove it: on Fargate no container is privileged; SYS_PTRACE is the one capability that can be added.',
      aws: 'Fargate requires that the ‘privileged’ setting be ‘false’ at the container level.',
    },
  },
  readonlyRootFilesystem: { type: 'boolean', linuxOnly: true },
  dnsServers: {
    type: 'list',
    unsupported: {
      instead: 'Remove it: the DNS servers are those of the VPC.',
      aws: 'DNS servers are not supported on container when networkMode=awsvpc',
    },
  },
  dnsSearchDomains: {
    type: 'list',
    unsupported: { instead: 'Remove it: the search domains are those of the VPC.' },
  },
  extraHosts: {
    type: 'list',
    unsupported: {
      instead: 'Remove it: put the names into DNS (Route 53), or the addresses into the environment.',
      aws: 'Extra hosts are not supported on container when networkMode=awsvpc.',
    },
  },
  dockerSecurityOptions: {
    type: 'list',
    unsupported: {
      instead: 'Remove it: Fargate isolates each task by itself.',
      aws: 'Fargate compatible task definitions do not support dockerSecurityOptions',
    },
  },
  interactive: flag,
  pseudoTerminal: flag,
  dockerLabels: { type: 'map' },
  ulimits: { type: 'list', linuxOnly: true },
  'ulimits[]': { type: 'object' },
  'ulimits[].name': { type: 'string', required: { example: '"nofile"' }, constraints: [oneOf(ulimitNames)] },
  'ulimits[].softLimit': { type: 'integer', required: { example: '65535' } },
  'ulimits[].hardLimit': { type: 'integer', required: { example: '65535' } },
  logConfiguration: { type: 'object' },
  'logConfiguration.logDriver': {
    type: 'string',
    required: { example: '"awslogs"' },
    constraints: [
      oneOf(
        Object.keys(logDrivers),
        logDriversNotOnFargate,
        '{value} is not a valid log driver. Must be one of [awslogs,splunk,awsfirelens]',
      ),
    ],
  },
  'logConfiguration.options': { type: 'map' },
  'logConfiguration.secretOptions': { type: 'list' },
  'logConfiguration.secretOptions[]': { type: 'object' },
  'logConfiguration.secretOptions[].name': { type: 'string', required: { example: '"splunk-token"' } },
  'logConfiguration.secretOptions[].valueFrom': secretSource,
  healthCheck: { type: 'object' },
  'healthCheck.command': {
    type: 'list',
    required: { example: '["CMD-SHELL", "curl -f http://localhost/ || exit 1"]' },
  },
  'healthCheck.command[]': text,
  'healthCheck.interval': healthCheckMember('interval', 5, 300, 'seconds'),
  'healthCheck.timeout': healthCheckMember('timeout', 2, 60, 'seconds'),
  'healthCheck.retries': healthCheckMember('retries', 1, 10),
  'healthCheck.startPeriod': healthCheckMember('startPeriod', 0, 300, 'seconds'),
  systemControls: { type: 'list', linuxOnly: true },
  'systemControls[]': { type: 'object' },
  'systemControls[].namespace': {
    type: 'string',
    expected: { example: '"net.core.somaxconn"' },
    constraints: [
      {
        kind: 'pattern',
        pattern: systemControlNamespaces,
        form: 'a setting of net. or fs.mqueue., or one of kernel.msgmax, kernel.msgmnb, kernel.msgmni, kernel.sem, kernel.shmall, kernel.shmmax, kernel.shmmni and kernel.shm_rmid_forced',
      },
    ],
  },
  'systemControls[].value': { type: 'string', expected: { example: '"1024"' } },
  resourceRequirements: {
    type: 'list',
    unsupported: {
      instead: 'Remove it: Fargate has no GPUs; run such a task on instances of your own.',
      aws: 'Tasks using the Fargate launch type do not support GPU resource requirements',
    },
  },
  firelensConfiguration: { type: 'object', linuxOnly: true },
  'firelensConfiguration.type': {
    type: 'string',
    required: { example: '"fluentbit"' },
    constraints: [oneOf(['fluentd', 'fluentbit'])],
  },
  'firelensConfiguration.options': { type: 'map' },
  credentialSpecs: {
    type: 'list',
    linuxOnly: true,
    constraints: [{ kind: 'length', maximum: 1, of: 'entries' }],
  },
  'credentialSpecs[]': {
    type: 'string',
    constraints: [
      {
        kind: 'pattern',
        pattern: /^credentialspec(?:domainless)?:arn:/,
        form: 'credentialspec: or credentialspecdomainless: and the ARN of the file',
      },
    ],
  },
};

export const containerMembers: MemberTable = {
  'containerDefinitions[]': { type: 'object' },
  ...Object.fromEntries(Object.entries(container).map(([name, member]) => [`containerDefinitions[].${name}`, member])),
};
