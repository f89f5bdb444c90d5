import type { Words } from '../diagnostic.ts';

/** Findings about keys and services that Fargate has no place for. Sources of the facts: docs/compose.md. */
export const transformKeysCatalogue = {
  'transform/key-dropped': {
    severity: 'warning',
    say: (p: { owner: string; key: string; why: string; help?: string | undefined }): Words => ({
      message: `"${p.key}" of ${p.owner} has no effect: ${p.why}.`,
      help: p.help,
    }),
  },
  'transform/key-refused': {
    severity: 'error',
    say: (p: { owner: string; key: string; why: string; help?: string | undefined }): Words => ({
      message: `"${p.key}" of ${p.owner} cannot be had on Fargate: ${p.why}.`,
      help: p.help ?? 'Take it out.',
    }),
  },
  'transform/unsupported-extension': {
    severity: 'warning',
    say: (p: { key: string; help: string | undefined }): Words => ({
      message: `"${p.key}" was read by Docker's retired ECS integration; compose2fargate does not support it yet.`,
      help: p.help,
    }),
  },
  'transform/too-many-services': {
    severity: 'error',
    say: (p: { services: number; limit: number }): Words => ({
      message: `The project has ${p.services.toLocaleString('en')} services. One task would run all of them, and ECS takes 10 containers in a task; beyond ${p.limit} services the task is not checked any further.`,
      help: 'Divide the project, or leave services out by their profiles.',
    }),
  },
  'transform/no-services': {
    severity: 'error',
    say: (_: Record<never, never>): Words => ({
      message: 'The project has no services to run.',
      help: 'Where all of them have profiles, activate one with --profile.',
    }),
  },
} as const;
