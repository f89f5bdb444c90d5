import type { Words } from '../diagnostic.ts';
import { namesInWords, servicesInWords } from './services-in-words.ts';

/** Findings about the names by which containers reach each other, and networks. Sources of the facts: docs/compose.md. */
export const transformHostsCatalogue = {
  'transform/extra-host': {
    severity: 'error',
    say: (p: { service: string; host: string; address: string }): Words => ({
      message: `The extra host "${p.host}" of service "${p.service}" would not resolve to ${p.address}: ECS takes no extra hosts in awsvpc mode.`,
      help:
        p.address === 'host-gateway'
          ? 'A Fargate task has no host beneath it: run what is meant as a service of the project, or give its address in "environment".'
          : `Write ${p.address} where the name is used, or give the name a record in a private zone of Route 53.`,
    }),
  },
  'transform/extra-host-alias': {
    severity: 'info',
    say: (p: { service: string; host: string }): Words => ({
      message: `The extra host "${p.host}" of service "${p.service}" is the task itself: where commands and variables name it, it becomes 127.0.0.1; elsewhere it does not resolve.`,
    }),
  },
  'transform/host-rewritten': {
    severity: 'info',
    say: (p: { what: string; hosts: string }): Words => ({
      message: `${p.what}: ${p.hosts}, where the containers of one task reach each other.`,
      help: 'Use --no-rewrite-hosts to leave such names as they are.',
    }),
  },
  'transform/host-suspected': {
    severity: 'warning',
    say: (p: { what: string; host: string }): Words => ({
      message: `${p.what} names the service "${p.host}". If that is meant as its address, it will not resolve: containers of one task reach each other at 127.0.0.1.`,
      help: 'Write 127.0.0.1 where the address of that service is meant.',
    }),
  },
  'transform/host-machine': {
    severity: 'warning',
    say: (p: { what: string; host: string }): Words => ({
      message: `${p.what} names ${p.host}, the machine beneath the containers: a Fargate task has none, and the name does not resolve.`,
      help: 'Where a service of the project is meant, write 127.0.0.1 and the port on which it listens; else give the address at which the task reaches the program.',
    }),
  },
  'transform/host-in-file': {
    severity: 'warning',
    say: (p: { text: string; service: string; more: number; variable: string | undefined }): Words => ({
      message: `"${p.text}" addresses service "${p.service}" by a name that will not resolve: the containers of one task reach each other at 127.0.0.1.${p.more === 0 ? '' : ` So ${p.more === 1 ? 'does one more place' : `do ${p.more} more places`} of this file.`}`,
      help:
        p.variable === undefined
          ? 'Write 127.0.0.1 there, or let the program read the address from a variable of "environment", where such names are rewritten.'
          : `Write 127.0.0.1 there, or set ${p.variable} in "environment", where such names are rewritten.`,
    }),
  },
  'transform/files-unread': {
    severity: 'info',
    say: (p: { files: number }): Words => ({
      message: `Of the mounted files and build contexts, only the first ${p.files} files were searched for the names of services.`,
      help: 'List in .dockerignore what the images do not need.',
    }),
  },
  'transform/host-in-image': {
    severity: 'warning',
    say: (p: { service: string; host: string; variable: string; value: string }): Words => ({
      message: `The image of service "${p.service}" looks for "${p.host}" unless ${p.variable} is set, and that name will not resolve: the containers of one task reach each other at 127.0.0.1.`,
      help: `Set it in "environment": ${p.variable}: ${p.value}`,
    }),
  },
  'transform/server-entered': {
    severity: 'info',
    say: (p: { service: string }): Words => ({
      message: `Service "${p.service}" asks its users for the address of a server: that of another service of the task is 127.0.0.1.`,
    }),
  },
  'transform/local-address': {
    severity: 'warning',
    say: (p: {
      variable: string;
      services: readonly string[];
      address: string;
      publisher: string;
      target: number;
    }): Words => ({
      message: `${p.variable} of ${servicesInWords(p.services)} names ${p.address}, where Docker publishes port ${p.target} of service "${p.publisher}" on its own machine: a task has no such port.`,
      help: `Where people are sent there, write the address of the load balancer or a name of your own; where the containers of the task use it, 127.0.0.1:${p.target}.`,
    }),
  },
  'transform/hosts-collide': {
    severity: 'warning',
    say: (p: { what: string; hosts: string; address: string }): Words => ({
      message: `${p.what} names several services, ${p.hosts}, that all became ${p.address}; in one task only one of them can listen there.`,
      help: 'Let each of them listen on a port of its own.',
    }),
  },
  'transform/site-address': {
    severity: 'warning',
    say: (p: { service: string }): Words => ({
      message: `WordPress in service "${p.service}" stores the address at which it is installed, and links to it ever after; a task has a new address whenever it is replaced.`,
      help: "Put a load balancer or a name of your own in front, and set it in \"environment\":\nWORDPRESS_CONFIG_EXTRA: define('WP_HOME', 'https://blog.example.com'); define('WP_SITEURL', WP_HOME);",
    }),
  },
  'transform/network-isolation': {
    severity: 'warning',
    say: (p: { networks: readonly string[] }): Words => ({
      message: `The networks ${namesInWords(p.networks)} separate nothing: the containers of one task share one network.`,
    }),
  },
  'transform/network-external': {
    severity: 'info',
    say: (p: { network: string }): Words => ({
      message: `Network "${p.network}" is made outside of the project: what else is on it is not reached by name. Tasks reach each other by address, where their security groups admit it.`,
      help: 'Set "run_params.network_configuration" in ecs-params.yml to run the task in subnets and security groups of your choice.',
    }),
  },
  'transform/network-mode': {
    severity: 'warning',
    say: (p: { service: string; mode: string; isPublished: boolean }): Words => ({
      message: `network_mode "${p.mode}" of service "${p.service}" has no effect: a Fargate task has a network interface of its own.`,
      help: p.isPublished
        ? undefined
        : 'Name the ports that it listens on under "ports:"; none is published otherwise.',
    }),
  },
} as const;
