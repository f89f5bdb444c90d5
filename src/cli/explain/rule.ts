import { plainText } from '../../diagnostics/format/plain-text.ts';
import { readRulePage } from '../../diagnostics/rule-page.ts';
import { suggest } from '../../source/suggest.ts';
import { UsageError } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Io } from '../io.ts';
import { jsonDocument } from '../render/json-document.ts';

/** Prints the page of a finding. */
export async function explainRule(io: Io, options: GlobalOptions, code: string): Promise<ExitCode> {
  const { rulePages }: typeof import('../rule-pages.ts') = await import('../rule-pages.ts');
  const markdown = Object.hasOwn(rulePages, code) ? rulePages[code] : undefined;
  if (markdown === undefined) throw unknown(code, Object.keys(rulePages));
  // Wider lines are hard to read.
  const text = plainText(markdown, Math.min(io.out.columns, 100));
  io.out.write(options.json ? jsonDocument(readRulePage(markdown)) : text);
  return exitCode.done;
}

function unknown(code: string, codes: readonly string[]): UsageError {
  const meant = suggest(code, codes) ?? codes.find((one) => one.endsWith(code.replace(/^[^/]*/, '')));
  const help = meant === undefined ? 'The code of a finding stands behind it in [ ].' : `Did you mean "${meant}"?`;
  return new UsageError(`There is no finding "${code}". ${help}`);
}
