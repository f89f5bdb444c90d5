import type { Correctable, Words } from '../diagnostic.ts';
import { servicesInWords } from './services-in-words.ts';

/** What to do where an image may lack the program that a health check calls. */
const healthProgramHelp = {
  curl: 'Many small images have none: install it in the Dockerfile, or call what the image has, such as wget in those of Alpine.',
  wget: 'Images of Alpine have it, most of Debian have none: install it in the Dockerfile, or call what the image has.',
  mysqladmin:
    'The images of MariaDB have none from version 11 on; they have "healthcheck.sh --connect --innodb_initialized".',
} as const;

/** Findings about how containers start, are watched and end. Sources of the facts: docs/compose.md. */
export const transformLifecycleCatalogue = {
  'transform/health-adjusted': {
    severity: 'warning',
    say: (p: { service: string; member: string; before: string; after: string; range: string }): Words => ({
      message: `The health check's ${p.member} of service "${p.service}" is ${p.after} in place of ${p.before}: ECS allows ${p.range}.`,
    }),
  },
  'transform/health-start-interval': {
    severity: 'warning',
    say: (p: { service: string }): Words => ({
      message: `The health check's start_interval of service "${p.service}" has no effect: ECS has one interval.`,
    }),
  },
  'transform/health-test-missing': {
    severity: 'warning',
    say: (p: { service: string }): Words => ({
      message: `The health check of service "${p.service}" has no test, and ECS ignores that of the image: the container gets no health check.`,
      help: 'Add the command that tells whether it is healthy, such as test: ["CMD", "wget", "-q", "-O", "-", "http://localhost"].',
    }),
  },
  'transform/health-missing': {
    severity: 'error',
    say: (p: { service: string; dependency: string }): Words => ({
      message: `Service "${p.service}" waits for "${p.dependency}" to be healthy, but that has no health check in the file; ECS ignores the one of its image.`,
      help: `Add a "healthcheck:" to service "${p.dependency}", or wait with condition: service_started.`,
    }),
  },
  'transform/health-program': {
    severity: 'info',
    say: (p: { service: string; program: keyof typeof healthProgramHelp }): Words => ({
      message: `The health check of service "${p.service}" calls ${p.program}, which its image must hold: without it the container is never healthy.`,
      help: healthProgramHelp[p.program],
    }),
  },
  'transform/start-period': {
    severity: 'info',
    say: (p: { service: string; waiting: string; seconds: number; cpu: string }): Words => ({
      message: `Service "${p.service}", for which "${p.waiting}" waits, counts as unhealthy if it is not ready after ${p.seconds} seconds; with ${p.cpu} for the task, starting may take longer.`,
      help: 'Give the health check a "start_period", such as 60s, or set a larger "task_size" in ecs-params.yml.',
    }),
  },
  'transform/dependency-restart': {
    severity: 'warning',
    say: (p: { service: string; dependency: string }): Words => ({
      message: `"restart: true" of the dependency on "${p.dependency}" has no effect: ECS does not restart "${p.service}" with it.`,
    }),
  },
  'transform/restart': {
    severity: 'info',
    say: (p: { services: readonly string[]; policies: readonly string[] }): Words => ({
      message: `restart: ${p.policies.join(', ')} of ${servicesInWords(p.services)} became an ECS restart policy: a container that exits is restarted once in 60 seconds, and one that dies sooner ends the task. A bare task is not replaced then; a task of an ECS service is.`,
    }),
  },
  'transform/restart-detail-dropped': {
    severity: 'warning',
    say: (p: { service: string; detail: string }): Words => ({
      message: `${p.detail} of service "${p.service}" has no effect: an ECS restart policy has no such setting.`,
    }),
  },
  'transform/restart-unknown': {
    severity: 'error',
    say: (p: { service: string; policy: string } & Correctable): Words => ({
      message: `Service "${p.service}" has no such restart policy: "${p.policy}".`,
      help: 'Write no, always, on-failure or unless-stopped.',
    }),
  },
  'transform/not-essential': {
    severity: 'info',
    say: (p: { service: string; why: string }): Words => ({
      message: `Container "${p.service}" is not essential: the task goes on when it ends, ${p.why}.`,
    }),
  },
  'transform/stop-timeout': {
    severity: 'warning',
    say: (p: { service: string; before: number; after: number }): Words => ({
      message: `stop_grace_period of service "${p.service}" is ${p.after} seconds in place of ${p.before}: ECS allows whole seconds from 2 to 120.`,
    }),
  },
  'transform/replicas-differ': {
    severity: 'error',
    say: (p: { wishes: readonly { readonly count: number; readonly services: readonly string[] }[] }): Words => ({
      message: `One task holds one container of each service, but ${p.wishes.map(({ count, services }) => `${servicesInWords(services)} ${services.length === 1 ? 'runs' : 'run'} ${times(count)}`).join(', ')}.`,
      help: 'Give all services the same number: that many tasks are run.',
    }),
  },
  'transform/service-only': {
    severity: 'info',
    say: (p: { service: string; key: string }): Words => ({
      message: `"${p.key}" of service "${p.service}" counts for "service up": a task that is run by itself is replaced as a whole.`,
    }),
  },
  'transform/empty-command': {
    severity: 'warning',
    say: (p: { service: string; key: string }): Words => ({
      message: `The empty "${p.key}" of service "${p.service}" has no effect: ECS takes an empty list for none, and the image's own is used.`,
    }),
  },
} as const;

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
