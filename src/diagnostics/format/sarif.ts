import type { Source } from '../../source/source.ts';
import { catalogue } from '../catalogue.ts';
import type { Code, Diagnostic, Severity } from '../diagnostic.ts';
import type { Fix } from '../fix.ts';
import { printable } from '../printable.ts';
import { readRulePage } from '../rule-page.ts';
import { type Checked, type Format, type FormatOptions, regionOf, wholeMessage } from './format.ts';
import { plainText } from './plain-text.ts';

/** SARIF's levels (SARIF 2.1.0 §3.27.10). */
const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** A log in SARIF 2.1.0, its paths relative to the root of the repository. */
export const sarif: Format = (checked, options) => {
  const findings = checked.flatMap((input) => input.diagnostics.map((diagnostic) => ({ input, diagnostic })));
  const codes = [...new Set(findings.map(({ diagnostic }) => diagnostic.code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'compose2fargate',
            semanticVersion: options.version,
            rules: codes.map((code) => rule(code, options)),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map(({ input, diagnostic }) => result(diagnostic, input, codes, options)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

/** A reportingDescriptor (SARIF 2.1.0 §3.49) with the members that GitHub's code scanning requires of one. */
function rule(code: Code, { rulePages }: FormatOptions): object {
  const page = readRulePage(rulePages[code] ?? '');
  return {
    id: code,
    ...(page === undefined
      ? {}
      : {
          shortDescription: { text: page.summary },
          fullDescription: { text: page.meaning },
          help: { text: plainText(page.markdown), markdown: page.markdown },
        }),
    defaultConfiguration: { level: levels[catalogue[code].severity] },
  };
}

function result(diagnostic: Diagnostic, input: Checked, codes: readonly Code[], options: FormatOptions): object {
  const { code, severity, message, source, related, fix } = diagnostic;
  const uriOf = (at: Source) => uri(options.displayPath(at.file.path));
  const place = (at: Source) => ({ artifactLocation: artifact(uriOf(at)), region: regionOf(at) });
  // Code scanning wants a place of every result: what has none is about its input.
  const location = source === undefined ? { artifactLocation: artifact(uri(input.name)) } : place(source);
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: printable(wholeMessage(diagnostic)) },
    locations: [{ physicalLocation: location }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((one, id) => ({
            id,
            message: { text: printable(one.message) },
            physicalLocation: place(one.source),
          })),
        }),
    ...(fix === undefined ? {} : { fixes: [sarifFix(fix, uriOf)] }),
    partialFingerprints: { 'compose2fargate/v1': options.hash([code, message].join('\n')) },
  };
}

/** What SARIF 2.1.0 §3.55 calls a fix: for each file the stretches to delete, and what to put there. */
function sarifFix({ description, edits }: Fix, uriOf: (at: Source) => string): object {
  const paths = [...new Set(edits.map(({ source }) => uriOf(source)))];
  const replacements = (path: string) =>
    edits
      .filter(({ source }) => uriOf(source) === path)
      .map(({ source, text }) => ({ deletedRegion: regionOf(source), insertedContent: { text } }));
  return {
    description: { text: printable(description) },
    artifactChanges: paths.map((path) => ({ artifactLocation: artifact(path), replacements: replacements(path) })),
  };
}

function artifact(path: string): object {
  return { uri: path, uriBaseId: '%SRCROOT%' };
}

/** A path as a relative reference (RFC 3986): every character that has a meaning in one is escaped. */
function uri(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
