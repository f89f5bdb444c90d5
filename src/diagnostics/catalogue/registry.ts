import type { Words } from '../diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';
import { servicesInWords } from './services-in-words.ts';

/** Findings about the files of `registry-creds up`. A line that may hold a password is not quoted. */
export const registryCatalogue = {
  'registry/unreadable': {
    severity: 'error',
    confidential: true,
    say: (_: Record<never, never>): Words => ({
      message: 'This cannot be read as YAML. The line is not shown, since it may hold a password.',
      help: 'Indent by blanks alone, and put a text with a quote, "#", ":" or "*" in single quotes.',
    }),
  },
  'registry/unknown-key': {
    severity: 'error',
    confidential: true,
    say: (p: { key: string; where: string; suggestion: string | undefined; elsewhere: string | undefined }): Words => ({
      message: `${p.where === '' ? 'The file' : p.where} has no key "${p.key}".`,
      help: p.elsewhere ?? didYouMean(p.suggestion),
    }),
  },
  'registry/invalid-value': {
    severity: 'error',
    confidential: true,
    say: (p: { where: string; expected: string; help: string | undefined }): Words => ({
      message: `${p.where === '' ? 'The file' : p.where} must be ${p.expected}.`,
      help: p.help,
    }),
  },
  'registry/missing-key': {
    severity: 'error',
    confidential: true,
    say: (p: { key: string; where: string; help: string | undefined }): Words => ({
      message: `${p.where === '' ? 'The file' : p.where} needs a key "${p.key}".`,
      help: p.help,
    }),
  },
  'registry/variable-unset': {
    severity: 'error',
    say: (p: { where: string; variable: string }): Words => ({
      message: `${p.where} is empty, since the variable ${p.variable} has no value.`,
      help: 'Set the variable in this shell or in .env.',
    }),
  },
  'registry/password-in-file': {
    severity: 'warning',
    confidential: true,
    say: (p: { registry: string }): Words => ({
      message: `The password of "${p.registry}" stands in the file, for everybody who may read it.`,
      help: 'Write ${NAME} in its place, and set the variable NAME when you run the command.',
    }),
  },
  'registry/container-twice': {
    severity: 'error',
    say: (p: { container: string; registry: string; other: string }): Words => ({
      message: `"${p.container}" has the credentials of "${p.other}" already, and a container has those of one registry.`,
      help: `Take it out of "${p.registry}" or of "${p.other}".`,
    }),
  },
  'registry/unknown-service': {
    severity: 'warning',
    say: (p: { container: string; suggestion: string | undefined; services: string }): Words => ({
      message: `The Compose file has no service "${p.container}", so nothing is pulled with these credentials for it.`,
      help: didYouMean(p.suggestion) ?? `Its services are ${p.services}.`,
    }),
  },
  'registry/credentials-found': {
    severity: 'info',
    say: (p: { file: string; services: readonly string[]; role: string | undefined }): Words => ({
      message: `${p.file} is the newest file of "registry-creds up": ${[
        ...(p.services.length === 0 ? [] : [`the images of ${servicesInWords(p.services)} are pulled as it says`]),
        ...(p.role === undefined ? [] : [`"${p.role}" is the execution role`]),
      ].join(', and ')}.`,
      help: 'To use another one, name it with --registry-creds.',
    }),
  },
  'registry/credentials-override': {
    severity: 'info',
    say: (p: { what: string; value: string; file: string }): Words => ({
      message: `${p.what} is "${p.value}", which ${p.file} names; what stands here has no effect.`,
      help: 'Take it out here, or delete the file.',
    }),
  },
} as const;
