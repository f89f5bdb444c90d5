import { catalogue } from '../diagnostics/catalogue.ts';
import { type Code, type Diagnostic, hasErrors, isCode, type Severity } from '../diagnostics/diagnostic.ts';
import { diagnosticsJson } from '../diagnostics/format/json.ts';
import { formatSummary, formatText } from '../diagnostics/format/text.ts';
import { UsageError } from './command.ts';
import { didYouMean } from './did-you-mean.ts';
import { displayPath } from './display-path.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';

const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** What a finding may be reported as. */
export const levels: readonly string[] = [...severities, 'off'];

/** The findings with the severities that `--severity CODE=LEVEL` gives them; those that are `off` are left out. */
export function withSeverities(diagnostics: readonly Diagnostic[], options: GlobalOptions): readonly Diagnostic[] {
  const chosen = new Map<Code, Severity | 'off'>();
  for (const choice of options.severity ?? []) {
    const [code = '', level = ''] = choice.split('=');
    if (!isCode(code))
      throw new UsageError(
        `--severity: there is no finding "${code}". ${didYouMean(code, Object.keys(catalogue), 'Codes look like fargate/task-size.')}`,
      );
    if (!isLevel(level))
      throw new UsageError(
        `--severity: "${level}" is no level. ${didYouMean(level, levels, `Levels are ${levels.join(', ')}.`)}`,
      );
    chosen.set(code, level);
  }
  return diagnostics.flatMap((diagnostic) => {
    const severity = chosen.get(diagnostic.code) ?? diagnostic.severity;
    return severity === 'off' ? [] : [{ ...diagnostic, severity }];
  });
}

/**
 * Prints findings on stderr, from the least severity that a command shows: for a person, with `--json` as events are
 * printed. With `-q` only those that end the command.
 */
export function printFindings(
  io: Io,
  diagnostics: readonly Diagnostic[],
  options: GlobalOptions,
  least: Severity = 'info',
): void {
  if (options.quiet && !isRefused(diagnostics, options)) return;
  const printed = options.quiet ? (options.strict ? 'warning' : 'error') : least;
  const shown = sortFindings(diagnostics).filter(
    ({ severity }) => severities.indexOf(severity) <= severities.indexOf(printed),
  );
  if (options.json) printLines(io, shown);
  else print(io, shown, printed === 'warning' ? diagnostics.length - shown.length : 0);
}

/** A line of JSON each: `{ code, level, message, help, data }` as every event, where it is found among the data. */
function printLines(io: Io, diagnostics: readonly Diagnostic[]): void {
  for (const { code, severity: level, message, help, ...data } of diagnosticsJson(diagnostics, displayPath(io.host))) {
    io.error.write(`${JSON.stringify({ code, level, message, help, data })}\n`);
  }
}

/** For a person, with a summary line. */
function print(io: Io, shown: readonly Diagnostic[], hidden: number): void {
  if (shown.length > 0) {
    const { color, columns, isTerminal } = io.error;
    const width = isTerminal ? { columns } : {};
    io.error.write(formatText(shown, { color, ...width, displayPath: displayPath(io.host) }));
    io.error.write(`\n${formatSummary(shown)}\n`);
    // For a person only: in the log of a pipeline it would be noise.
    if (io.error.isTerminal && shown.some(({ severity }) => severity !== 'info')) {
      io.error.write('compose2fargate explain CODE says more about a finding.\n');
    }
  }
  if (hidden > 0) {
    io.error.write(`${hidden} info not shown; "compose2fargate validate" shows ${hidden === 1 ? 'it' : 'them'}.\n`);
  }
}

/** Whether findings end a command with exit code 1: an error, or with `--strict` a warning. */
export function isRefused(diagnostics: readonly Diagnostic[], options: GlobalOptions): boolean {
  return (
    hasErrors(diagnostics) || (options.strict === true && diagnostics.some(({ severity }) => severity === 'warning'))
  );
}

/** Findings file by file, in the order of the files' first findings, and within a file by place. */
export function sortFindings(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const order = new Map<string, number>();
  const rank = ({ source }: Diagnostic) => {
    const path = source?.file.path ?? '';
    if (!order.has(path)) order.set(path, path === '' ? -1 : order.size);
    return order.get(path) as number;
  };
  for (const diagnostic of diagnostics) rank(diagnostic);
  return [...diagnostics].sort((a, b) => rank(a) - rank(b) || (a.source?.start ?? 0) - (b.source?.start ?? 0));
}

function isLevel(text: string): text is Severity | 'off' {
  return levels.includes(text);
}
