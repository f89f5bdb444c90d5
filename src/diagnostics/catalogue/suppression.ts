import type { Words } from '../diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

/** Findings about the comments that switch findings off. */
export const suppressionCatalogue = {
  'suppression/unknown-code': {
    severity: 'warning',
    say: (p: { code: string; suggestion: string | undefined }): Words => ({
      message: `There is no finding "${p.code}" to switch off.`,
      help: didYouMean(p.suggestion) ?? 'The code of a finding stands behind it in [ ].',
    }),
  },
  'suppression/no-code': {
    severity: 'warning',
    say: (): Words => ({
      message: 'This comment names no finding, and switches none off.',
      help: 'Write the codes behind it; the code of a finding stands behind it in [ ].',
    }),
  },
  'suppression/unused': {
    severity: 'warning',
    say: (p: { code: string; where: string }): Words => ({
      message: `There is nothing to switch off: ${p.where} has no finding ${p.code}.`,
      help: 'Remove the comment.',
    }),
  },
} as const;
