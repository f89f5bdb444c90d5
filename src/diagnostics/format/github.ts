import type { Diagnostic, Severity } from '../diagnostic.ts';
import { printable } from '../printable.ts';
import { type Format, regionOf, wholeMessage } from './format.ts';
import { formatSummary } from './text.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** GitHub shows so many annotations of each kind a step, and drops what comes after them. */
const shownOfEach = 10;

/**
 * Annotations of a GitHub workflow, by its commands `::error file=…::`: errors first, ten of each severity, then one
 * line that counts the rest.
 */
export const github: Format = (checked, { displayPath }) => {
  const diagnostics = checked.flatMap((one) => one.diagnostics);
  const lines: string[] = [];
  const rest: Diagnostic[] = [];
  for (const [severity, command] of Object.entries(commands)) {
    const found = diagnostics.filter((one) => one.severity === severity);
    for (const one of found.slice(0, shownOfEach)) {
      const place = one.source === undefined ? [] : placeOf(displayPath(one.source.file.path), regionOf(one.source));
      const properties = [...place, `title=${property(one.code)}`].join(',');
      lines.push(`::${command} ${properties}::${data(wholeMessage(one))}`);
    }
    rest.push(...found.slice(shownOfEach));
  }
  if (rest.length > 0) lines.push(`GitHub shows ${shownOfEach} of each; not shown: ${formatSummary(rest)}.`);
  return lines.map((line) => `${line}\n`).join('');
};

/** GitHub takes columns only where they are on one line; its end column is that of the last character. */
function placeOf(path: string, { startLine, startColumn, endLine, endColumn }: ReturnType<typeof regionOf>): string[] {
  const lines = [`file=${property(path)}`, `line=${startLine}`, `endLine=${endLine}`];
  if (startLine !== endLine) return lines;
  return [...lines, `col=${startColumn}`, `endColumn=${Math.max(startColumn, endColumn - 1)}`];
}

function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
