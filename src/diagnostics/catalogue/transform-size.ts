import type { Words } from '../diagnostic.ts';
import { capital, servicesInWords } from './services-in-words.ts';

/** Findings about what containers and tasks are given of CPU and memory. Sources of the facts: docs/compose.md. */
export const transformSizeCatalogue = {
  'transform/cpu-shares': {
    severity: 'warning',
    say: (p: { service: string; shares: number; isUsed: boolean }): Words => ({
      message: p.isUsed
        ? `cpu_shares of service "${p.service}" became ${p.shares} CPU units, which the size of the task must hold: to Docker they are a weight only.`
        : `cpu_shares of service "${p.service}" has no effect: ECS has one number of CPU units, and it is given elsewhere.`,
      help: p.isUsed ? 'Set "cpus" to what the service needs; 1024 CPU units are one CPU.' : undefined,
    }),
  },
  'transform/memory-assumed': {
    severity: 'info',
    say: (p: { services: readonly string[]; memory: number }): Words => ({
      message:
        p.services.length === 1
          ? `${capital(servicesInWords(p.services))} sets no memory limit; ${p.memory} MiB are counted for it in the size of the task.`
          : `${capital(servicesInWords(p.services))} set no memory limit; ${p.memory} MiB are counted for each in the size of the task.`,
      help: `Set "deploy.resources.limits.memory" (or "mem_limit") to what ${p.services.length === 1 ? 'it needs' : 'they need'}.`,
    }),
  },
  'transform/memory-to-start': {
    severity: 'warning',
    say: (p: { service: string; least: number; memory: number }): Words => ({
      message: `Service "${p.service}" gets ${p.memory} MiB at most, and its program does not start with less than ${p.least} MiB.`,
      help: `Set "deploy.resources.limits.memory" (or "mem_limit") of the service to ${p.least}m or more.`,
    }),
  },
  'transform/memory-too-small': {
    severity: 'error',
    say: (p: { service: string; bytes: number; suggestion: string | undefined }): Words => ({
      message: `The memory of service "${p.service}" is ${p.bytes} bytes; a container needs at least 6 MiB.`,
      help:
        p.suggestion === undefined
          ? 'Write "6m" at least.'
          : `A number without a suffix means bytes. Did you mean "${p.suggestion}"?`,
    }),
  },
  'transform/size-assumed': {
    severity: 'info',
    say: (p: { cpu: string; memory: number; containers: number }): Words => ({
      message: `The task gets ${p.cpu} and ${p.memory} MiB, the cheapest size that holds ${p.containers === 1 ? 'its container' : `its ${p.containers} containers`}.`,
      help: 'Set "task_size" in ecs-params.yml to choose another.',
    }),
  },
  'transform/headroom': {
    severity: 'info',
    say: (p: { sum: number; memory: number; buffers: number; mountsEfs: boolean }): Words => ({
      message: `The containers may use ${p.sum} of the ${p.memory} MiB of the task, and log buffers of up to ${p.buffers} MiB${p.mountsEfs ? ' and the container that mounts EFS' : ''} come out of it too: the task may run out of memory before a container reaches its limit.`,
      help: 'Lower a limit, or set a larger "task_size" in ecs-params.yml.',
    }),
  },
  'transform/size-none': {
    severity: 'error',
    say: (p: { cpu: number; memory: number }): Words => ({
      message: `No Fargate task is large enough: the containers ask for ${p.cpu} CPU units and ${p.memory} MiB together.`,
      help: 'Lower what they ask for, or run some of them in a project of their own.',
    }),
  },
  'transform/size-half': {
    severity: 'error',
    say: (p: { given: string; needed: string }): Words => ({
      message: `No Fargate size with ${p.given} holds the containers, which ask for ${p.needed}.`,
      help: 'Raise it, or leave it out: the cheapest size that holds the containers is chosen then.',
    }),
  },
} as const;
