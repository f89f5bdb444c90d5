import type { Source } from '../../source/source.ts';
import type { Diagnostic, Severity } from '../diagnostic.ts';
import { printable } from '../printable.ts';

export interface TextOptions {
  /** Whether to write ANSI colours. They never say anything that the text does not. */
  readonly color: boolean;
  /** How a file's path is shown. */
  readonly displayPath: (path: string) => string;
}

/** The password of a URL, for logs are read by many; a variable in its place is none. */
const urlPassword = /(?<=:\/\/[^\s/:@]*:)[^\s/@$][^\s/@]*(?=@)/g;

const colors: Record<Severity, number> = { error: 31, warning: 33, info: 36 };

/**
 * Findings as a person reads them: place and severity, message, the line with the exact stretch underlined, related
 * places, remedy.
 */
export function formatText(diagnostics: readonly Diagnostic[], options: TextOptions): string {
  return diagnostics.map((diagnostic) => formatOne(diagnostic, options)).join('\n');
}

/** Errors, warnings and infos counted, such as `1 error, 2 warnings`; "" where there is none. */
export function formatSummary(diagnostics: readonly Diagnostic[]): string {
  return (['error', 'warning', 'info'] as const)
    .map((severity) => [severity, diagnostics.filter((one) => one.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`)
    .join(', ');
}

/** `path:line:column`, as editors and terminals understand it. */
export function formatPlace(source: Source, displayPath: (path: string) => string): string {
  const { line, column } = source.file.position(source.start);
  return `${displayPath(source.file.path)}:${line}:${column}`;
}

function formatOne(diagnostic: Diagnostic, { color, displayPath }: TextOptions): string {
  const paint = (code: number, text: string) =>
    color ? `\u001b[${code}m${printable(text)}\u001b[0m` : printable(text);
  const { code, severity, source, message, related, help, confidential } = diagnostic;
  const place = source === undefined ? '' : `${paint(1, formatPlace(source, displayPath))}: `;
  const lines = [`${place}${paint(colors[severity], severity)}: ${printable(message)} ${paint(2, `[${code}]`)}`];
  if (source !== undefined && confidential === undefined) {
    lines.push(...codeFrame(source, (text) => paint(colors[severity], text)));
  }
  for (const one of related) lines.push(`  ${printable(`${formatPlace(one.source, displayPath)}: ${one.message}`)}`);
  if (help !== undefined) lines.push(`  help: ${printable(help).replaceAll('\n', '\n        ')}`);
  return `${lines.join('\n')}\n`;
}

/** The line on which a source starts, and under it the stretch that it covers; nothing for a blank line. */
export function codeFrame(source: Source, paint: (text: string) => string): readonly string[] {
  const { number, text, offset, length } = excerpt(source);
  if (text.trim() === '') return [];
  const gutter = ' '.repeat(number.length);
  return [`  ${number} | ${printable(text)}`, `  ${gutter} | ${' '.repeat(offset)}${paint('^'.repeat(length))}`];
}

/** Characters of a line that are shown; how many of them before the place; and how far around a password is looked for. */
const mostShown = 240;
const mostBefore = 80;
const around = 1_000;

/** The line, of a long one the part around the place, and what of it the source covers. */
function excerpt(source: Source): { number: string; text: string; offset: number; length: number } {
  const { line, column } = source.file.position(source.start);
  const whole = source.file.line(line);
  const start = whole.length <= mostShown ? 0 : Math.max(0, column - 1 - mostBefore);
  const end = start + mostShown;
  const from = Math.max(0, start - around);
  // One column for a tab, as columns are counted; as many stars as a password has letters.
  const shown = whole
    .slice(from, end + around)
    .replaceAll('\t', ' ')
    .replace(urlPassword, (password) => '*'.repeat(password.length))
    .slice(start - from, end - from);
  const before = start > 0 ? '…' : '';
  const text = `${before}${shown}${end < whole.length ? '…' : ''}`;
  const offset = before.length + column - 1 - start;
  const length = Math.max(1, Math.min(source.end - source.start, text.length - offset));
  return { number: String(line), text, offset, length };
}
