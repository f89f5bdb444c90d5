import { createHash } from 'node:crypto';
import type { Format } from '../../diagnostics/format/format.ts';
import { github } from '../../diagnostics/format/github.ts';
import { gitlab } from '../../diagnostics/format/gitlab.ts';
import { junit } from '../../diagnostics/format/junit.ts';
import { markdown } from '../../diagnostics/format/markdown.ts';
import { sarif } from '../../diagnostics/format/sarif.ts';

/** The formats of reports for other programs, by their names on the command line. */
export const reports: Readonly<Record<string, Format>> = { sarif, github, gitlab, junit, markdown };

/** 32 hexadecimal digits that stand for a text. */
export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
