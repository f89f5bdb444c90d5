import type { Source } from '../../source/source.ts';
import type { Diagnostic, Severity } from '../diagnostic.ts';
import { printable } from '../printable.ts';
import { codeFrame } from './code-frame.ts';

export interface TextOptions {
  /** Whether to write ANSI colours; none where nothing is said. They never say anything that the text does not. */
  readonly color?: boolean;
  /** Width of the terminal in columns; 120 where nothing is said. */
  readonly columns?: number;
  /** How a file's path is shown; as it is where nothing is said. */
  readonly displayPath?: (path: string) => string;
}

const colors: Record<Severity, number> = { error: 31, warning: 33, info: 36 };

/**
 * Findings as a person reads them: place and severity, message, the line with the exact stretch underlined, related
 * places, remedy.
 */
export function formatText(diagnostics: readonly Diagnostic[], options: TextOptions = {}): string {
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

function formatOne(
  diagnostic: Diagnostic,
  { color = false, columns = 120, displayPath = (path) => path }: TextOptions,
): string {
  const paint = (code: number, text: string) =>
    color ? `\u001b[${code}m${printable(text)}\u001b[0m` : printable(text);
  const { code, severity, source, message, related, help, confidential } = diagnostic;
  const place = source === undefined ? '' : `${paint(1, formatPlace(source, displayPath))}: `;
  const lines = [`${place}${paint(colors[severity], severity)}: ${printable(message)} ${paint(2, `[${code}]`)}`];
  if (source !== undefined && confidential === undefined) {
    lines.push(...codeFrame(source, columns, (text) => paint(colors[severity], text)));
  }
  for (const one of related) lines.push(`  ${printable(`${formatPlace(one.source, displayPath)}: ${one.message}`)}`);
  if (help !== undefined) lines.push(`  help: ${printable(help).replaceAll('\n', '\n        ')}`);
  return `${lines.join('\n')}\n`;
}
