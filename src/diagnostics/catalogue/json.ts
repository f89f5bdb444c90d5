import type { Words } from '../diagnostic.ts';

/** Findings about a text that must be JSON, whatever it is meant for. */
export const jsonCatalogue = {
  'json/syntax': {
    severity: 'error',
    say: (p: { problem: string; help: string }): Words => ({
      message: `This is not valid JSON: ${p.problem}`,
      help: p.help,
    }),
  },
  'json/trailing-comma': {
    severity: 'error',
    say: (p: { close: string }): Words => ({
      message: `This is not valid JSON: a comma stands before the closing "${p.close}".`,
      help: 'Remove the comma.',
    }),
  },
  'json/duplicate-key': {
    severity: 'error',
    say: (p: { key: string }): Words => ({
      message: `The key "${p.key}" stands twice in one object.`,
      help: 'Remove one of the two: most programs read the last and pass over the first.',
    }),
  },
  'json/too-deep': {
    severity: 'error',
    say: (p: { limit: number }): Words => ({
      message: `The text is nested deeper than ${p.limit} levels, which is the limit.`,
    }),
  },
} as const;
