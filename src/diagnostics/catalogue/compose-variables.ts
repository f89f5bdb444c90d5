import type { Words } from '../diagnostic.ts';

/** Findings about variables: in Compose files, and in the files that set them. */
export const composeVariablesCatalogue = {
  'compose/variable-unset': {
    severity: 'warning',
    say: (p: { name: string }): Words => ({
      message: `The variable ${p.name} is not set, and stands for an empty string.`,
      help: `Set it in the environment or in .env, give a default with \${${p.name}:-default}, or write $$ for a dollar sign.`,
    }),
  },
  'compose/variable-required': {
    severity: 'error',
    say: (p: { name: string; message: string }): Words => ({
      message: `The variable ${p.name} needs a value${p.message === '' ? '.' : `: ${p.message}`}`,
      help: `Set ${p.name} in the environment or in .env.`,
    }),
  },
  'compose/interpolation-syntax': {
    severity: 'error',
    say: (p: { path: string; text: string }): Words => ({
      message: `${p.path === '' ? 'The value' : `The value of ${p.path}`} has a "$" that begins no variable: ${p.text.split('\n', 1)[0]}`,
      help: `Write \${NAME}, \${NAME:-default}, \${NAME:?message} or \${NAME:+value}, or $$ for a dollar sign.`,
    }),
  },
  'compose/too-much-substituted': {
    severity: 'error',
    say: (p: { name: string; limit: number }): Words => ({
      message: `With ${p.name}, variables add more than ${p.limit.toLocaleString('en')} characters to this file, which is the limit.`,
      help: 'Shorten the value, or use it less often.',
    }),
  },
  'compose/variables-too-deep': {
    severity: 'error',
    say: (p: { limit: number }): Words => ({
      message: `Variables are nested within the defaults of others deeper than ${p.limit} levels, which is the limit.`,
    }),
  },
  'compose/env-file-syntax': {
    severity: 'error',
    say: (p: { problem: string }): Words => ({
      message: `This line sets no variable: ${p.problem}.`,
      help: 'Write NAME=value, one a line.',
    }),
  },
  'compose/env-file-format': {
    severity: 'error',
    say: (p: { format: string }): Words => ({
      message: `"${p.format}" is no format of an env_file.`,
      help: 'Use "raw", or leave it out.',
    }),
  },
} as const;
