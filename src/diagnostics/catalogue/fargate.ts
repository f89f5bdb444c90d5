import type { Correctable, Words } from '../diagnostic.ts';

/** An entry whose words take AWS's own along, where they are on record. */
interface Refused {
  readonly aws?: string | undefined;
}

/** What a number must keep to; `maximum` may be infinite. */
interface Limits extends Refused {
  readonly subject: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly unit?: string | undefined;
}

function limitsInWords({ minimum, maximum, unit = '' }: Limits): string {
  if (maximum === Number.POSITIVE_INFINITY) return `${minimum} ${unit}`.trim().concat(' or more');
  return `${minimum} to ${maximum} ${unit}`.trim();
}

function oneOf(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

/** What else might have been meant, if that is told in a breath. */
function others(values: readonly string[]): string {
  return values.length === 1 || values.length > 8 ? '' : ` Fargate takes ${oneOf(values)}.`;
}

/**
 * What the checker finds. `subject` names the member and where it stands: `healthCheck.interval of container web`.
 */
export const fargateCatalogue = {
  'fargate/type': {
    severity: 'error',
    say: (p: { subject: string; expected: string; actual: string; instead: string } & Correctable): Words => ({
      message: `${p.subject} is ${p.actual}, and ECS takes ${p.expected} there.`,
      help: `Write ${p.instead}.`,
    }),
  },
  'fargate/required': {
    severity: 'error',
    say: (p: { subject: string; missing: boolean; example: string } & Refused): Words => ({
      message: `${p.subject} is ${p.missing ? 'missing' : 'empty'}, and ECS asks for it.`,
      help: `${p.missing ? 'Add it' : 'Fill it in'}, for example ${p.example}.`,
      aws: p.aws,
    }),
  },
  'fargate/incomplete': {
    severity: 'warning',
    say: (p: { subject: string; missing: boolean; example: string } & Refused): Words => ({
      message: `${p.subject} is ${p.missing ? 'missing' : 'empty'}, and the rest says nothing without it.`,
      help: `${p.missing ? 'Add it' : 'Fill it in'}, for example ${p.example}; or remove the rest.`,
      aws: p.aws,
    }),
  },
  'fargate/unknown-member': {
    severity: 'error',
    say: (p: { subject: string; suggestion?: string | undefined } & Correctable): Words => ({
      message: `${p.subject} is unknown: ECS has no such member there.`,
      help: p.suggestion === undefined ? 'Remove it.' : `Did you mean ${p.suggestion}?`,
    }),
  },
  'fargate/response-members': {
    severity: 'info',
    say: (p: { members: string }): Words => ({
      message: `The file holds what ECS tells of a registered task definition and does not take: ${p.members}.`,
      help: 'Remove it before you register the file with the AWS CLI, which refuses the input otherwise.',
    }),
  },
  'fargate/range': {
    severity: 'error',
    say: (p: Limits & { value: number; below?: string | undefined }): Words => ({
      message: `${p.subject} is ${p.value}, and must be ${limitsInWords(p)}.`,
      help:
        p.value > p.maximum
          ? `Lower it to ${p.maximum} at most.`
          : [`Raise it to ${p.minimum} at least.`, p.below].filter(Boolean).join(' '),
      aws: p.aws,
    }),
  },
  'fargate/length': {
    severity: 'error',
    say: (p: { subject: string; length: number; maximum: number; unit: string } & Refused): Words => ({
      message: `${p.subject} has ${p.length} ${p.unit}, and may have ${p.maximum}.`,
      help: `Leave out ${p.length - p.maximum} of them.`,
      aws: p.aws,
    }),
  },
  'fargate/pattern': {
    severity: 'error',
    say: (p: { subject: string; value: string; form: string } & Refused): Words => ({
      message: `${p.subject} is ${p.value}, which ECS does not take.`,
      help: `It must be ${p.form}.`,
      aws: p.aws,
    }),
  },
  'fargate/enum': {
    severity: 'error',
    say: (
      p: {
        subject: string;
        value: string;
        values: readonly string[];
        suggestion?: string | undefined;
        elsewhere: boolean;
      } & Refused &
        Correctable,
    ): Words => ({
      message: p.elsewhere
        ? `${p.subject} is ${p.value}, which ECS has, but not on Fargate.`
        : `${p.subject} is ${p.value}, which ECS does not know.`,
      help: p.suggestion === undefined ? `Use ${oneOf(p.values)}.` : `Did you mean ${p.suggestion}?${others(p.values)}`,
      aws: p.aws,
    }),
  },
  'fargate/unsupported': {
    severity: 'error',
    say: (p: { subject: string; instead: string } & Refused): Words => ({
      message: `${p.subject} is set, and Fargate does not support it.`,
      help: p.instead,
      aws: p.aws,
    }),
  },
  'fargate/linux-only': {
    severity: 'error',
    say: (p: { subject: string }): Words => ({
      message: `${p.subject} is set, and Fargate supports it for Linux containers only.`,
      help: 'Remove it, or set runtimePlatform.operatingSystemFamily to LINUX.',
    }),
  },
  'fargate/windows-path': {
    severity: 'error',
    say: (p: { container: string; path: string; letter: string; rest: string }): Words => ({
      message: `Container ${p.container} mounts a volume at ${p.path}, a path of Windows, and the task runs Linux.`,
      help: p.rest.startsWith('/')
        ? `Write ${p.rest}. Where ${p.letter} is the name of a volume, give it a longer one: Compose takes a single letter for a drive.`
        : 'Write a path that begins with a slash, or set the operating system family of the task to one of Windows.',
    }),
  },
  'fargate/unconfirmed': {
    severity: 'warning',
    say: (p: { subject: string; doubt: string; instead: string }): Words => ({
      message: `AWS may refuse ${p.subject}: ${p.doubt}.`,
      help: p.instead,
    }),
  },
  'fargate/without-effect': {
    severity: 'warning',
    say: (p: { subject: string; why: string; instead: string }): Words => ({
      message: `${p.subject} has no effect: ${p.why}.`,
      help: p.instead,
    }),
  },
  'fargate/too-large': {
    severity: 'error',
    say: (p: { bytes: number; maximum: number }): Words => ({
      message: `The task definition has ${p.bytes} bytes as JSON, and may have ${p.maximum}.`,
      help: 'Move long environment values into environmentFiles, secrets or the image.',
    }),
  },

  'fargate/compatibility': {
    severity: 'error',
    say: (): Words => ({
      message: 'requiresCompatibilities does not hold FARGATE, so no task can run on Fargate.',
      help: 'Add "FARGATE" to it.',
      aws: 'Task definition does not support launch_type FARGATE.',
    }),
  },
  'fargate/compatibility-unset': {
    severity: 'warning',
    say: (): Words => ({
      message:
        'requiresCompatibilities is not set, so ECS does not check the definition for Fargate when it is registered.',
      help: 'Set it to ["FARGATE"].',
    }),
  },
  'fargate/ephemeral-storage': {
    severity: 'error',
    say: (): Words => ({
      message: 'ephemeralStorage is for Fargate, and requiresCompatibilities does not hold FARGATE.',
      help: 'Set requiresCompatibilities to ["FARGATE"].',
      aws: 'Tasks using the EC2 launch type do not support EphemeralStorage',
    }),
  },
  'fargate/task-size': {
    severity: 'error',
    say: (p: { cpu: number; memory: number; os: string; near: string }): Words => ({
      message: `Fargate has no ${p.os} task of ${p.cpu} CPU units and ${p.memory} MiB.`,
      help: `${p.near}.`,
      aws: `No Fargate configuration exists for given values: ${p.cpu} CPU, ${p.memory} memory. See the Amazon ECS documentation for the valid values.`,
    }),
  },
  'fargate/task-size-form': {
    severity: 'error',
    say: (p: { member: 'cpu' | 'memory'; value: string; forms: string }): Words => ({
      message: `${p.member} of the task is ${p.value}, which ECS cannot read.`,
      help: `Write ${p.forms}.`,
      aws: `Invalid '${p.member}' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`,
    }),
  },
  'fargate/arm64-windows': {
    severity: 'error',
    say: (p: { cpu?: number | undefined; memory?: number | undefined }): Words => ({
      message: 'Fargate runs Windows containers on X86_64 only.',
      help: 'Set runtimePlatform.cpuArchitecture to X86_64, or the operating system to LINUX.',
      aws:
        p.cpu === undefined || p.memory === undefined
          ? undefined
          : `No Fargate configuration exists for given values: ${p.cpu} CPU, ${p.memory} memory. See the Amazon ECS documentation for the valid values.`,
    }),
  },
  'fargate/cpu-sum': {
    severity: 'error',
    say: (p: { sum: number; task: number }): Words => ({
      message: `The containers ask for ${p.sum} CPU units together (cpu), and the task has ${p.task}.`,
      help: `Lower the cpu of a container, or give the task a size with at least ${p.sum} CPU units.`,
      aws: "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
    }),
  },
  'fargate/container-memory': {
    severity: 'error',
    say: (p: { container: string; memory: number; task: number }): Words => ({
      message: `Container ${p.container} may use ${p.memory} MiB (memory), and the task has ${p.task}.`,
      help: `Lower the memory of the container, or give the task a size with at least ${p.memory} MiB.`,
      aws: `The 'memory' setting for container '${p.container}' is greater than for the task`,
    }),
  },
  'fargate/memory-sum': {
    severity: 'error',
    say: (p: { sum: number; task: number }): Words => ({
      message: `The containers reserve ${p.sum} MiB together (memoryReservation, or else memory), and the task has ${p.task}.`,
      help: `Lower the memory of a container, or give the task a size with at least ${p.sum} MiB.`,
    }),
  },
  'fargate/memory-limits': {
    severity: 'warning',
    say: (p: { sum: number; task: number }): Words => ({
      message: `The memory limits of the containers are ${p.sum} MiB together, and the task has ${p.task}: they cannot all use what they may.`,
      help: `Lower a limit, or give the task a size with at least ${p.sum} MiB.`,
    }),
  },
  'fargate/memory-reservation': {
    severity: 'error',
    say: (p: { container: string; memory: number; reservation: number }): Words => ({
      message: `Container ${p.container} reserves ${p.reservation} MiB (memoryReservation), and may use no more than ${p.memory} (memory).`,
      help: 'Lower memoryReservation, or raise memory.',
      aws: "'memory' must be greater than or equal to 'memoryReservation'",
    }),
  },

  'fargate/duplicate': {
    severity: 'error',
    say: (p: { what: string; name: string } & Refused): Words => ({
      message: `There are two ${p.what} called ${p.name}, and a name may be there once.`,
      help: 'Rename or remove one of them.',
      aws: p.aws,
    }),
  },
  'fargate/duplicate-variable': {
    severity: 'warning',
    say: (p: { name: string; container: string }): Words => ({
      message: `The environment of container ${p.container} sets ${p.name} twice.`,
      help: 'Remove one: which of them counts is not documented.',
    }),
  },
  'fargate/secret-name': {
    severity: 'error',
    say: (p: { name: string; container: string }): Words => ({
      message: `Container ${p.container} has the secret ${p.name}, and another secret or environment variable of that name.`,
      help: 'Remove one of them: the secret sets the variable by itself.',
      aws: `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '${p.name}'.`,
    }),
  },
  'fargate/secret-account': {
    severity: 'error',
    say: (p: { name: string; account: string; current: string }): Words => ({
      message: `The secret ${p.name} is an SSM parameter of account ${p.account}, and the task runs in account ${p.current}.`,
      help: 'Copy the parameter into the account of the task, or use Secrets Manager, whose secrets can be shared.',
      aws: `The Systems Manager parameter ARN has a different account ID than the current account. The current account ID is ${p.current} and the ARN account ID is ${p.account}. Cross-account access for ARNs is not currently supported.`,
    }),
  },
  'fargate/unknown-reference': {
    severity: 'error',
    say: (p: { subject: string; name: string; what: string; suggestion?: string | undefined } & Refused): Words => ({
      message: `${p.subject} names ${p.name}, and the task definition has no such ${p.what}.`,
      help: p.suggestion === undefined ? `Add the ${p.what}, or correct the name.` : `Did you mean ${p.suggestion}?`,
      aws: p.aws,
    }),
  },
  'fargate/no-essential': {
    severity: 'error',
    say: (): Words => ({
      message: 'No container is essential, and one must be.',
      help: 'Remove "essential": false from the container whose end is the end of the task.',
      aws: "Task definition doesn't have any essential container",
    }),
  },
  'fargate/dependency-condition': {
    severity: 'error',
    say: (
      p: { container: string; target: string; condition: string; why: string; instead: string } & Refused,
    ): Words => ({
      message: `Container ${p.container} waits for ${p.condition} of container ${p.target}, which ${p.why}.`,
      help: p.instead,
      aws: p.aws,
    }),
  },
  'fargate/dependency-cycle': {
    severity: 'error',
    say: (p: { cycle: string }): Words => ({
      message: `The containers wait for each other in a circle, and none would start: ${p.cycle}.`,
      help: 'Remove one of these dependencies.',
    }),
  },

  'fargate/host-port': {
    severity: 'error',
    say: (p: { host: number; container: number }): Words => ({
      message: `hostPort is ${p.host} and containerPort ${p.container}: in a task they are the same port.`,
      help: 'Remove hostPort; the task is reached at containerPort.',
      aws: 'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
    }),
  },
  'fargate/port-conflict': {
    severity: 'error',
    say: (p: { first: number; last: number; protocol: string } & Refused): Words => ({
      message: `${p.protocol} ${p.first === p.last ? `port ${p.first} is` : `ports ${p.first} to ${p.last} are`} used twice, and the containers of a task share one network interface.`,
      help: 'Let one of the containers listen on another port.',
      aws: p.aws,
    }),
  },
  'fargate/port-both-protocols': {
    severity: 'warning',
    say: (p: { port: number }): Words => ({
      message: `Port ${p.port} is used for TCP and for UDP; the API's documentation says that this returns an error.`,
      help: 'Use another port for one of them if AWS refuses it.',
    }),
  },
  'fargate/port-mapping': {
    severity: 'error',
    say: (p: { subject: string; why: string; instead: string } & Refused): Words => ({
      message: `${p.subject} ${p.why}.`,
      help: p.instead,
      aws: p.aws,
    }),
  },

  'fargate/volume': {
    severity: 'error',
    say: (p: { volume: string; why: string; instead: string } & Refused): Words => ({
      message: `Volume ${p.volume} ${p.why}.`,
      help: p.instead,
      aws: p.aws,
    }),
  },
  'fargate/efs': {
    severity: 'error',
    say: (p: { volume: string; why: string; instead: string } & Refused): Words => ({
      message: `Volume ${p.volume} ${p.why}.`,
      help: p.instead,
      aws: p.aws,
    }),
  },
  'fargate/ulimit': {
    severity: 'error',
    say: (p: { container: string; name: string; soft: number; hard: number }): Words => ({
      message: `The soft limit of ulimit ${p.name} of container ${p.container} is ${p.soft}, above its hard limit of ${p.hard}.`,
      help: 'Lower the soft limit, or raise the hard one.',
      aws: `Soft limit exceeds hard limit for ulimit ${p.name}`,
    }),
  },
  'fargate/system-control': {
    severity: 'warning',
    say: (p: { namespace: string; value: string; container: string; other: string; earlier: string }): Words => ({
      message: `Container ${p.container} sets ${p.namespace} to ${p.value}, and container ${p.earlier} to ${p.other}: they share one network, and whichever starts last decides.`,
      help: 'Give both the same value, or set it once.',
    }),
  },
  'fargate/health-check-command': {
    severity: 'warning',
    say: (p: { first: string; container: string }): Words => ({
      message: `The health check of container ${p.container} begins with ${p.first}; the API asks for CMD or CMD-SHELL, and takes anything else as a program.`,
      help: 'Begin with "CMD" for a program and its arguments, with "CMD-SHELL" for a shell line; leave healthCheck out for none.',
    }),
  },

  'fargate/log-option-missing': {
    severity: 'error',
    say: (p: { driver: string; option: string; container: string; sensitive: boolean } & Refused): Words => ({
      message: `The log driver ${p.driver} of container ${p.container} needs the option ${p.option}.`,
      help: p.sensitive ? 'Add it as a secret option, read from SSM or Secrets Manager.' : 'Add it to the options.',
      aws: p.aws,
    }),
  },
  'fargate/log-option': {
    severity: 'error',
    say: (p: { option: string; value: string; form: string }): Words => ({
      message: `The log option ${p.option} is ${p.value}, which AWS does not take.`,
      help: `It must be ${p.form}.`,
    }),
  },
  'fargate/unknown-log-option': {
    severity: 'warning',
    say: (p: { of: string; option: string; suggestion?: string | undefined } & Correctable): Words => ({
      message: `${p.option} is no option of ${p.of} in ECS.`,
      help: p.suggestion === undefined ? 'Remove it.' : `Did you mean ${p.suggestion}?`,
    }),
  },
  'fargate/firelens-router': {
    severity: 'error',
    say: (p: { container: string }): Words => ({
      message: `Container ${p.container} sends its logs through awsfirelens, and no container of the task has a FireLens configuration.`,
      help: 'Add a container with the image of Fluent Bit and a FireLens configuration of type fluentbit.',
      aws: 'When awsfirelens log driver is specified in log configuration, a firelens configuration object must be specified',
    }),
  },
  'fargate/firelens-file': {
    severity: 'error',
    say: (p: { container: string; type: string }): Words => ({
      message: `The log router ${p.container} reads its configuration from ${JSON.stringify(p.type)}, and Fargate takes it from a file of the image only.`,
      help: 'Put the file into the image, set config-file-type to file and config-file-value to its path.',
      aws:
        p.type === 's3'
          ? "Fargate launch type does not support FirelensConfiguration config file from 's3'"
          : undefined,
    }),
  },
  'fargate/proxy': {
    severity: 'error',
    say: (p: { properties: string }): Words => ({
      message: `proxyConfiguration lacks ${p.properties} among its properties.`,
      help: 'Add each with its name and value.',
    }),
  },
  'fargate/execution-role': {
    severity: 'error',
    say: (p: { subject: string; feature: string } & Refused): Words => ({
      message: `${p.subject} needs an execution role (${p.feature}), and executionRoleArn is not set.`,
      help: 'Name a role that ECS may assume (executionRoleArn); the usual one is ecsTaskExecutionRole.',
      aws: p.aws,
    }),
  },
  'fargate/task-role': {
    severity: 'error',
    say: (p: { volume: string; feature: string }): Words => ({
      message: `Volume ${p.volume} ${p.feature} with the task role, and taskRoleArn is not set.`,
      help: 'Name a task role (taskRoleArn) that may mount the file system.',
    }),
  },
} as const;
