import type { Correctable, Refused, Words } from '../diagnostic.ts';

/** What the checker finds where members of containers and volumes have to agree. */
export const fargateContainersCatalogue = {
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
      message: `Port ${p.port} is used for TCP and for UDP, and ECS makes no service with a load balancer on such a port.`,
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
  'fargate/windows-path': {
    severity: 'error',
    say: (p: { container: string; path: string; letter: string; rest: string }): Words => ({
      message: `Container ${p.container} mounts a volume at ${p.path}, a path of Windows, and the task runs Linux.`,
      help: p.rest.startsWith('/')
        ? `Write ${p.rest}. Where ${p.letter} is the name of a volume, give it a longer one: Compose takes a single letter for a drive.`
        : 'Write a path that begins with a slash, or set the operating system family of the task to one of Windows.',
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
      aws: 'When awsfirelens log driver is specified in log configuration, a firelens configuration object must be configured in one of the containers.',
    }),
  },
  'fargate/firelens-unused': {
    severity: 'error',
    say: (p: { container: string }): Words => ({
      message: `Container ${p.container} is a FireLens log router, and no container of the task logs through it.`,
      help: 'Set the log driver of a container to awsfirelens, or remove firelensConfiguration.',
      aws: 'When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver.',
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
} as const;
