import type { Words } from '../diagnostic.ts';

/** Findings about files as such, before anything in them is understood. `what` names the file's part, "Compose file". */
export const inputCatalogue = {
  'input/missing': {
    severity: 'error',
    say: (p: { what: string; path: string }): Words => ({
      message: `The ${p.what} ${p.path} does not exist.`,
      help:
        p.what === 'env_file' ? 'Add it, or say that it may be missing: { path: FILE, required: false }' : undefined,
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
  'input/too-long': {
    severity: 'error',
    say: (p: { what: string; path: string; limit: number }): Words => ({
      message: `The ${p.what} ${p.path} has more than ${grouped(p.limit)} line ends, commas, brackets, quotes and other signs, which is the limit; it is passed here.`,
      help: 'Divide the file, or check what generated it.',
    }),
  },
  'input/exhausted': {
    severity: 'error',
    say: (p: { what: string; path: string; bytes: string; signs: number }): Words => ({
      message: `The ${p.what} ${p.path} is not read: with it, the files of the project would have more than ${p.bytes}, or more than ${grouped(p.signs)} line ends, commas, brackets, quotes and other signs, which is the limit.`,
      help: 'A file that is read several times counts each time; name it less often, or divide the project.',
    }),
  },
  'input/too-many-findings': {
    severity: 'error',
    say: (p: { limit: number }): Words => ({
      message: `There are more than ${grouped(p.limit)} findings; the rest is not reported.`,
    }),
  },
  'input/binary': {
    severity: 'error',
    say: (p: { what: string; path: string }): Words => ({
      message: `The ${p.what} ${p.path} is not a text file: it holds NUL bytes, or bytes that are no UTF-8.`,
    }),
  },
} as const;

function grouped(count: number): string {
  return count.toLocaleString('en');
}
