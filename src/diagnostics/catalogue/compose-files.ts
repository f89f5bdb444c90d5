import type { Words } from '../diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

/** Findings about the files of a project: which they are, and how they become one. */
export const composeFilesCatalogue = {
  'compose/no-file': {
    severity: 'error',
    say: (p: { directory: string; absolute: string; names: string }): Words => ({
      message: `There is no Compose file in ${p.directory === '.' ? p.absolute : p.directory} or in a directory above it.`,
      help: `Looked for ${p.names}. Name another file with --file.`,
    }),
  },
  'compose/several-files': {
    severity: 'warning',
    say: (p: { used: string; ignored: string }): Words => ({
      message: `There are several Compose files: ${p.used} is used, ${p.ignored} is not.`,
      help: 'Remove those that are not wanted, or name the file with --file.',
    }),
  },
  'compose/project-name': {
    severity: 'error',
    say: (p: { name: string; normal: string }): Words => ({
      message: `"${p.name}" is no name for a project: it may hold lower-case letters, digits, "-" and "_", and starts with a letter or a digit.`,
      help:
        p.normal === ''
          ? 'Name the project with --project-name.'
          : `Use "${p.normal}".${/[A-Z]/.test(p.name) ? ' For capitals in the family of the task definition, add --family.' : ''}`,
    }),
  },
  'compose/not-a-mapping': {
    severity: 'error',
    say: (p: { kind: string }): Words => ({
      message: `A Compose file is a mapping, and this is a ${p.kind}.`,
      help: 'Begin with "services:", and the services below it.',
    }),
  },
  'compose/no-services-key': {
    severity: 'error',
    say: (p: { services: string }): Words => ({
      message: `The services stand at the top level (${p.services}), as in the first version of Compose files, which is no longer read.`,
      help: 'Write "services:" above them, and indent them by two spaces.',
    }),
  },
  'compose/no-services': {
    severity: 'error',
    say: (p: { file: string }): Words => ({ message: `${p.file} has no services to extend.` }),
  },
  'compose/no-service': {
    severity: 'error',
    say: (p: { name: string; suggestion: string | undefined; known: string }): Words => ({
      message: `The project has no service "${p.name}".`,
      help: didYouMean(p.suggestion) ?? (p.known === '' ? 'It has no services.' : `It has ${p.known}.`),
    }),
  },
  'compose/too-large': {
    severity: 'error',
    say: (p: { limit: number }): Words => ({
      message: `Up to this place the project is put together from more than ${p.limit.toLocaleString('en')} nodes, which is the limit. What is included, extended or overridden counts each time, and a long text as several.`,
      help: 'Include or extend less, or divide the project.',
    }),
  },
  'compose/cannot-override': {
    severity: 'error',
    say: (p: { path: string; base: string; over: string }): Words => ({
      message: `${p.path} is a ${p.over} here, and cannot override a ${p.base}.`,
      help: 'Write it in the same form in both files.',
    }),
  },
  'compose/extends-undefined': {
    severity: 'error',
    say: (p: { service: string; base: string; file: string; suggestion: string | undefined }): Words => ({
      message: `Service "${p.service}" extends "${p.base}", and ${p.file} has no such service.`,
      help: didYouMean(p.suggestion),
    }),
  },
  'compose/extends-cycle': {
    severity: 'error',
    say: (p: { cycle: string }): Words => ({
      message: `Services extend each other in a circle: ${p.cycle}.`,
      help: 'Move what they share to a service of its own.',
    }),
  },
  'compose/include-cycle': {
    severity: 'error',
    say: (p: { chain: string }): Words => ({ message: `Files include each other in a circle: ${p.chain}.` }),
  },
  'compose/include-too-deep': {
    severity: 'error',
    say: (p: { limit: number }): Words => ({
      message: `More than ${p.limit} files include one another here, which is the limit.`,
    }),
  },
  'compose/remote-file': {
    severity: 'error',
    say: (p: { address: string }): Words => ({
      message: `${p.address} is not on this machine, and only local Compose files are read.`,
      help: 'Fetch it, and name the copy.',
    }),
  },
} as const;
