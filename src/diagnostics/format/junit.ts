import type { Diagnostic } from '../diagnostic.ts';
import { printable } from '../printable.ts';
import { type Checked, type Format, type FormatOptions, wholeMessage } from './format.ts';
import { formatPlace } from './text.ts';

/**
 * A report in JUnit's XML: a suite an input, a case a finding. What fails the run is a failure; what does not is a case
 * that passes and says its words as output. An input without findings is one case that passes.
 */
export const junit: Format = (checked, options) => {
  const suites = checked.map((one) => suite(one, options));
  const failures = count(
    checked.flatMap((one) => one.diagnostics),
    options,
  );
  const tests = checked.reduce((sum, { diagnostics }) => sum + Math.max(diagnostics.length, 1), 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="compose2fargate" tests="${tests}" failures="${failures}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
};

function suite({ name, diagnostics }: Checked, options: FormatOptions): string {
  const cases = diagnostics.map((one) => testCase(name, one, options));
  if (cases.length === 0) cases.push(`    <testcase classname="${xml(name)}" name="no findings"/>`);
  const failures = count(diagnostics, options);
  return [
    `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${failures}">`,
    ...cases,
    '  </testsuite>',
  ].join('\n');
}

function testCase(input: string, diagnostic: Diagnostic, { displayPath, fails }: FormatOptions): string {
  const { code, severity, message, source } = diagnostic;
  const place = source === undefined ? input : formatPlace(source, displayPath);
  const text = xml(`${place}: ${severity}: ${wholeMessage(diagnostic)}`);
  const body = fails(diagnostic)
    ? `<failure type="${severity}" message="${xml(message)}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return [
    `    <testcase classname="${xml(input)}" name="${xml(`${code} ${place}`)}">`,
    `      ${body}`,
    '    </testcase>',
  ].join('\n');
}

function count(diagnostics: readonly Diagnostic[], { fails }: FormatOptions): number {
  return diagnostics.filter(fails).length;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};

function xml(text: string): string {
  return printable(text).replace(/[&<>"\n\t]/g, (character) => entities[character] ?? character);
}
