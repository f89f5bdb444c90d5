import { plainText } from './format/plain-text.ts';

/** What the documentation says of a finding: the page `docs/rules/<code>.md`, taken apart. */
export interface RulePage {
  readonly code: string;
  readonly severity: string;
  /** What it is about: one sentence of plain text. */
  readonly summary: string;
  /** What it means for somebody who has just met it: plain text. */
  readonly meaning: string;
  /** The whole page. */
  readonly markdown: string;
}

const head = /^# (\S+)\n\n\*\*(\w+)\*\* · (.+?)\n\n(.+?)\n\n## /s;

/** A page taken apart; undefined where the text does not begin as a page does. */
export function readRulePage(markdown: string): RulePage | undefined {
  const [, code, severity, summary, meaning] = head.exec(markdown) ?? [];
  if (code === undefined || severity === undefined || summary === undefined || meaning === undefined) return undefined;
  return { code, severity, summary: plainText(summary).trim(), meaning: plainText(meaning).trim(), markdown };
}
