import type { Words } from '../diagnostic.ts';

/** Findings about the ecs-params file. */
export const paramsCatalogue = {
  'params/ambiguous-file': {
    severity: 'error',
    say: (p: { paths: string }): Words => ({
      message: `There are several ecs-params files: ${p.paths}.`,
      help: 'Name the one you mean with --ecs-params.',
    }),
  },
  'params/unknown-key': {
    severity: 'error',
    say: (p: { key: string; where: string; suggestion: string | undefined }): Words => ({
      message: `ecs-params has no key "${p.key}"${p.where === '' ? '' : ` in ${p.where}`}.`,
      help: p.suggestion === undefined ? undefined : `Did you mean "${p.suggestion}"?`,
    }),
  },
  'params/invalid-value': {
    severity: 'error',
    say: (p: { where: string; expected: string }): Words => ({
      message: `${p.where} must be ${p.expected}.`,
    }),
  },
  'params/missing-key': {
    severity: 'error',
    say: (p: { key: string; where: string }): Words => ({
      message: `${p.where} needs a key "${p.key}".`,
    }),
  },
  'params/unknown-service': {
    severity: 'error',
    say: (p: { service: string; suggestion: string | undefined; services: string }): Words => ({
      message: `The Compose file has no service "${p.service}".`,
      help: p.suggestion === undefined ? `Its services are ${p.services}.` : `Did you mean "${p.suggestion}"?`,
    }),
  },
  'params/unknown-volume': {
    severity: 'error',
    say: (p: { volume: string; suggestion: string | undefined }): Words => ({
      message: `No service mounts a volume "${p.volume}".`,
      help: p.suggestion === undefined ? undefined : `Did you mean "${p.suggestion}"?`,
    }),
  },
  'params/refused': {
    severity: 'error',
    say: (p: { key: string; why: string }): Words => ({
      message: `"${p.key}" cannot be had on Fargate: ${p.why}.`,
      help: 'Take it out.',
    }),
  },
  'params/network-mode': {
    severity: 'error',
    say: (p: { mode: string }): Words => ({
      message: `Fargate has no network mode "${p.mode}".`,
      help: 'Write awsvpc, or leave the key out.',
    }),
  },
  'params/health-twice': {
    severity: 'error',
    say: (p: { service: string }): Words => ({
      message: `The health check of "${p.service}" has both "test" and "command", which mean the same.`,
      help: 'Keep one of them.',
    }),
  },
} as const;
