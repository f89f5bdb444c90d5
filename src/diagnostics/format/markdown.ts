import type { Diagnostic, Severity } from '../diagnostic.ts';
import { printable } from '../printable.ts';
import type { Checked, Format, FormatOptions, TaskSummary } from './format.ts';
import { formatPlace, formatSummary } from './text.ts';

const marks: Readonly<Record<Severity, string>> = { error: '❌ error', warning: '⚠️ warning', info: 'ℹ️ info' };

/** Findings and the task that they are about, for a comment on a pull request or the summary of a step. */
export const markdown: Format = (checked, options) => checked.map((one) => section(one, options)).join('\n');

function section({ name, diagnostics, task }: Checked, options: FormatOptions): string {
  const important = diagnostics.filter(({ severity }) => severity !== 'info');
  const infos = diagnostics.filter(({ severity }) => severity === 'info');
  return [
    `### compose2fargate: ${code(name)}`,
    '',
    diagnostics.length === 0 ? 'No findings.' : `${formatSummary(diagnostics)}.`,
    ...findings(important, options),
    ...(infos.length === 0 ? [] : details(`${infos.length} info`, findings(infos, options))),
    ...(task === undefined ? [] : taskDetails(task)),
    '',
  ].join('\n');
}

function findings(diagnostics: readonly Diagnostic[], { displayPath }: FormatOptions): readonly string[] {
  if (diagnostics.length === 0) return [];
  return table(
    ['', 'Where', 'What'],
    diagnostics.map(({ severity, source, message, help, code: rule }) => [
      marks[severity],
      source === undefined ? '' : code(formatPlace(source, displayPath)),
      `${[message, ...(help === undefined ? [] : [help])].map(text).join('<br>')}<br>${code(rule)}`,
    ]),
  );
}

function taskDetails({ family, cpu, memory, containers }: TaskSummary): readonly string[] {
  const number = `${containers.length} container${containers.length === 1 ? '' : 's'}`;
  return details(
    `Task definition ${code(family)}: ${cpu} CPU units, ${memory} MiB, ${number}`,
    table(
      ['Container', 'Image', 'CPU units', 'MiB', 'Ports'],
      containers.map((one) => [
        code(one.name),
        code(one.image),
        String(one.cpu ?? ''),
        String(one.memory ?? ''),
        one.ports.join(', '),
      ]),
    ),
  );
}

function details(summary: string, lines: readonly string[]): readonly string[] {
  return ['', `<details><summary>${summary}</summary>`, ...lines, '', '</details>'];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return ['', line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** Text in which nothing is markup, and which mentions nobody. */
function text(written: string): string {
  return printable(written)
    .replace(/[\\`*_{}[\]<>#|~@]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/^ +/gm, (indent) => '&nbsp;'.repeat(indent.length))
    .replaceAll('\n', '<br>');
}

function code(written: string): string {
  return `<code>${text(written)}</code>`;
}
