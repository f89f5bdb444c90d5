import type { Words } from '../diagnostic.ts';

/** Findings about what a container asks of its kernel. Sources of the facts: docs/compose.md. */
export const transformLinuxCatalogue = {
  'transform/capability': {
    severity: 'error',
    say: (p: { service: string; capability: string }): Words => ({
      message: `Service "${p.service}" adds the capability ${p.capability}; Fargate allows SYS_PTRACE only.`,
      help: 'Take it out of "cap_add".',
    }),
  },
  'transform/ulimit': {
    severity: 'warning',
    say: (p: { service: string; name: string }): Words => ({
      message: `The ulimit "${p.name}" of service "${p.service}" may have no effect: nofile is the only one that Fargate is documented to change.`,
    }),
  },
  'transform/sysctl-shared': {
    severity: 'warning',
    say: (p: { service: string; name: string }): Words => ({
      message: `${p.name} of service "${p.service}" holds for all containers of the task: they share one network, and its settings.`,
    }),
  },
  'transform/sysctl-differs': {
    severity: 'error',
    say: (p: { service: string; name: string; value: string; other: string }): Words => ({
      message: `Service "${p.service}" sets ${p.name} to ${p.value}, and another sets it to ${p.other}: the containers of one task share one network, and its settings.`,
      help: 'Give both the same value, or set it once.',
    }),
  },
  'transform/process-namespace': {
    severity: 'warning',
    say: (p: { service: string; mode: string }): Words => ({
      message: `pid "${p.mode}" of service "${p.service}" shares the processes of all containers of the task: ECS shares them among all or none.`,
    }),
  },
} as const;
