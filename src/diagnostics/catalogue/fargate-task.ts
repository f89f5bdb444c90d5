import type { Refused, Words } from '../diagnostic.ts';

/** What the checker finds of a definition as a whole: its sizes, its roles, its proxy. */
export const fargateTaskCatalogue = {
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
      aws: `Actual length: '${p.bytes}'. Max allowed length is '${p.maximum}' bytes.`,
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

  'fargate/no-essential': {
    severity: 'error',
    say: (): Words => ({
      message: 'No container is essential, and one must be.',
      help: 'Remove "essential": false from the container whose end is the end of the task.',
      aws: "Task definition doesn't have any essential container",
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
  'fargate/proxy': {
    severity: 'error',
    say: (p: { properties: string }): Words => ({
      message: `proxyConfiguration lacks ${p.properties} among its properties.`,
      help: 'Add each with its name and value.',
    }),
  },
} as const;
