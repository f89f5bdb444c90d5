import type { Words } from '../diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

/** Findings about what does not go together: keys that exclude each other, and services that refer to one another. */
export const composeConsistencyCatalogue = {
  'compose/external-name': {
    severity: 'error',
    say: (p: { path: string }): Words => ({
      message: `${p.path} is given two names.`,
      help: 'Keep "name", and write "external: true".',
    }),
  },
  'compose/external-attribute': {
    severity: 'error',
    say: (p: { path: string; key: string }): Words => ({
      message: `${p.path} is external, so that its "${p.key}" is decided elsewhere.`,
      help: `Remove "${p.key}", or remove "external".`,
    }),
  },
  'compose/exclusive': {
    severity: 'error',
    say: (p: { path: string; keys: string }): Words => ({
      message: `${p.path} has more than one of ${p.keys}, and they exclude each other.`,
      help: 'Keep one.',
    }),
  },
  'compose/one-needed': {
    severity: 'error',
    say: (p: { path: string; keys: string }): Words => ({
      message: `${p.path} needs one of ${p.keys}, or "external: true".`,
    }),
  },
  'compose/no-image': {
    severity: 'error',
    say: (p: { service: string }): Words => ({
      message: `Service "${p.service}" has neither an image nor a build.`,
      help: 'Add "image:" or "build:".',
    }),
  },
  'compose/not-built': {
    severity: 'error',
    say: (p: { service: string; other: string }): Words => ({
      message: `The build of service "${p.service}" takes files from the service "${p.other}", which is not built.`,
      help: `Give "${p.other}" a "build:", or name its image: docker-image://….`,
    }),
  },
  'compose/platform-not-built': {
    severity: 'error',
    say: (p: { service: string; platform: string }): Words => ({
      message: `Service "${p.service}" runs on ${p.platform}, which its build.platforms do not name.`,
      help: `Add ${p.platform} to build.platforms.`,
    }),
  },
  'compose/healthcheck-test': {
    severity: 'error',
    say: (p: { service: string; text: string }): Words => ({
      message: `The healthcheck of service "${p.service}" begins with "${p.text}": a list begins with CMD, CMD-SHELL or NONE.`,
      help: 'Put "CMD" in front, or write the test as one string.',
    }),
  },
  'compose/undefined': {
    severity: 'error',
    say: (p: { service: string; kind: string; name: string; suggestion: string | undefined }): Words => ({
      message: `Service "${p.service}" refers to the ${p.kind} "${p.name}", which is not defined.`,
      help: didYouMean(p.suggestion) ?? `Define it under "${p.kind}s:".`,
    }),
  },
  'compose/dependency-disabled': {
    severity: 'error',
    say: (p: { service: string; dependency: string }): Words => ({
      message: `Service "${p.service}" depends on "${p.dependency}", whose profiles are not active.`,
      help: 'Activate one of them with --profile, or write "required: false" on the dependency.',
    }),
  },
  'compose/dependency-cycle': {
    severity: 'error',
    say: (p: { cycle: string }): Words => ({
      message: `Services depend on each other in a circle: ${p.cycle}.`,
      help: 'Remove one of these dependencies.',
    }),
  },
  'compose/distinct-values': {
    severity: 'error',
    say: (p: { service: string; key: string; twin: string }): Words => ({
      message: `Service "${p.service}" sets ${p.key} to another value than ${p.twin}, and they are the same thing.`,
      help: `Remove ${p.key}, or set both to one value.`,
    }),
  },
  'compose/negative-scale': {
    severity: 'error',
    say: (p: { service: string }): Words => ({
      message: `Service "${p.service}" cannot run fewer than 0 times.`,
    }),
  },
  'compose/container-name-scaled': {
    severity: 'error',
    say: (p: { service: string; count: number }): Words => ({
      message: `Service "${p.service}" runs ${p.count} times, and its containers cannot all have one container_name.`,
      help: 'Remove container_name.',
    }),
  },
  'compose/container-name-taken': {
    severity: 'error',
    say: (p: { service: string; name: string; other: string }): Words => ({
      message: `Services "${p.other}" and "${p.service}" have the same container_name, "${p.name}".`,
      help: 'Rename one of the two.',
    }),
  },
  'compose/mounted-twice': {
    severity: 'error',
    say: (p: { service: string; target: string }): Words => ({
      message: `Service "${p.service}" mounts two things on ${p.target}.`,
      help: 'Remove one of the two.',
    }),
  },
  'compose/watch-target': {
    severity: 'error',
    say: (p: { service: string; action: string }): Words => ({
      message: `A watch of service "${p.service}" with the action ${p.action} needs a target.`,
      help: 'Add "target:", a path in the container.',
    }),
  },
} as const;
