import type { Words } from '../diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

/** Findings about the configuration of compose2fargate itself. */
export const configCatalogue = {
  'config/not-a-mapping': {
    severity: 'error',
    say: (p: { what: string }): Words => ({
      message: `${p.what} is not a mapping.`,
      help: 'Write keys and values, such as "severity:" with a code and its level below.',
    }),
  },
  'config/unknown-key': {
    severity: 'error',
    say: (p: { key: string; suggestion: string | undefined; known: string }): Words => ({
      message: `The configuration has no key "${p.key}".`,
      help: didYouMean(p.suggestion) ?? `It has ${p.known}.`,
    }),
  },
  'config/unknown-code': {
    severity: 'error',
    say: (p: { code: string; suggestion: string | undefined }): Words => ({
      message: `There is no finding "${p.code}".`,
      help: didYouMean(p.suggestion) ?? 'The code of a finding stands behind it in [ ].',
    }),
  },
  'config/value': {
    severity: 'error',
    say: (p: { key: string; takes: string }): Words => ({
      message: `"${p.key}" takes ${p.takes}.`,
    }),
  },
} as const;
