import type { Words } from '../diagnostic.ts';

/** Findings about ports. Sources of the facts: docs/compose.md. */
export const transformPortsCatalogue = {
  'transform/host-port-dropped': {
    severity: 'warning',
    say: (p: { service: string; published: string; target: string; protocol: string }): Words => ({
      message: `${portsIn(p.published)} ${p.published.includes('-') ? 'are' : 'is'} not used: a Fargate task has no host ports. Service "${p.service}" is reachable on ${portsIn(p.target).toLowerCase()}${p.protocol === 'tcp' ? '' : `/${p.protocol}`}.`,
      help: `Write "${p.target}:${p.target}${p.protocol === 'tcp' ? '' : `/${p.protocol}`}", or put a load balancer with a listener on ${portsIn(p.published).toLowerCase()} in front.`,
    }),
  },
  'transform/local-port-dropped': {
    severity: 'info',
    say: (p: { service: string; target: string; hostIp: string }): Words => ({
      message: `${portsIn(p.target)} of service "${p.service}" ${p.target.includes('-') ? 'are' : 'is'} not published, being bound to ${p.hostIp}, the machine itself. The other containers of the task reach ${p.target.includes('-') ? 'them at 127.0.0.1' : `it at 127.0.0.1:${p.target}`}.`,
    }),
  },
  'transform/host-ip-dropped': {
    severity: 'warning',
    say: (p: { service: string; hostIp: string; target: string }): Words => ({
      message: `The address ${p.hostIp} for ${portsIn(p.target).toLowerCase()} of service "${p.service}" has no effect: a task has one network interface, and security groups decide who reaches it.`,
    }),
  },
  'transform/port-protocol': {
    severity: 'error',
    say: (p: { service: string; protocol: string }): Words => ({
      message: `Service "${p.service}" publishes a port over ${p.protocol}; ECS knows tcp and udp only.`,
    }),
  },
  'transform/app-protocol': {
    severity: 'warning',
    say: (p: { service: string; value: string }): Words => ({
      message: `The application protocol "${p.value}" of service "${p.service}" is left out: ECS knows http, http2 and grpc.`,
    }),
  },
  'transform/port-shared': {
    severity: 'warning',
    say: (p: { service: string; other: string; port: string }): Words => ({
      message: `Services "${p.service}" and "${p.other}" both name port ${p.port} as theirs: the containers of one task share its ports, and only one of them can listen there.`,
      help: 'Let each of them listen on a port of its own, or leave out the "expose:" that is not true.',
    }),
  },
  'transform/port-taken': {
    severity: 'warning',
    say: (p: { service: string; port: number; other: string }): Words => ({
      message: `Service "${p.service}" is expected on port ${p.port}, which "${p.other}" publishes: the containers of one task share one network, and only one of them can listen there.`,
      help: 'Let one of them listen on another port.',
    }),
  },
  'transform/nothing-published': {
    severity: 'warning',
    say: (p: { service: string }): Words => ({
      message: `No port of service "${p.service}" is published: on the network of a host it needed no "ports", in a task of its own it does.`,
      help: 'List under "ports" what is to be reached from outside.',
    }),
  },
  'transform/debugger-published': {
    severity: 'warning',
    say: (p: { service: string; port: number; program: string }): Words => ({
      message: `Service "${p.service}" publishes port ${p.port}, that of the debugger of ${p.program}: whoever reaches it at the address of the task can run code there.`,
      help: 'Leave it out, or keep it in an override file for development.',
    }),
  },
} as const;

/** `Port 80`, `Ports 8000-8010`. */
function portsIn(span: string): string {
  return `${span.includes('-') ? 'Ports' : 'Port'} ${span}`;
}
