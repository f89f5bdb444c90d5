import type { Words } from '../diagnostic.ts';

/** Findings about files as such, before anything in them is understood. `what` names the file's part, "Compose file". */
export const inputCatalogue = {
  'input/missing': {
    severity: 'error',
    say: (p: { what: string; path: string }): Words => ({
      message: `The ${p.what} ${p.path} does not exist.`,
    }),
  },
  'input/directory': {
    severity: 'error',
    say: (p: { what: string; path: string }): Words => ({
      message: `The ${p.what} ${p.path} is a directory.`,
      help: 'Name a file in it.',
    }),
  },
  'input/special': {
    severity: 'error',
    say: (p: { what: string; path: string }): Words => ({
      message: `The ${p.what} ${p.path} is not a regular file.`,
      help: 'To read from a pipe, use "-" in place of the path.',
    }),
  },
  'input/denied': {
    severity: 'error',
    say: (p: { what: string; path: string }): Words => ({
      message: `The ${p.what} ${p.path} may not be read.`,
      help: 'Check its permissions.',
    }),
  },
  'input/too-large': {
    severity: 'error',
    say: (p: { what: string; path: string; limit: string }): Words => ({
      message: `The ${p.what} ${p.path} is larger than ${p.limit}, which is the limit.`,
    }),
  },
  'input/binary': {
    severity: 'error',
    say: (p: { what: string; path: string }): Words => ({
      message: `The ${p.what} ${p.path} is not a text file: it holds NUL bytes, or bytes that are no UTF-8.`,
    }),
  },
} as const;
