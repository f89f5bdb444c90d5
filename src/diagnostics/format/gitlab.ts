import type { Diagnostic, Severity } from '../diagnostic.ts';
import { printable } from '../printable.ts';
import { type Format, regionOf, wholeMessage } from './format.ts';

const severities: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', info: 'info' };

/** A report of GitLab's Code Quality. */
export const gitlab: Format = (checked, { displayPath, hash }) => {
  const seen = new Map<string, number>();
  // The line is left out, so that a finding stays the same when what stands above it changes.
  const fingerprint = (path: string, { code, message }: Diagnostic) => {
    const text = [path, code, message].join('\n');
    const before = seen.get(text) ?? 0;
    seen.set(text, before + 1);
    return hash(`${text}\n${before}`);
  };
  const issues = checked.flatMap(({ name, diagnostics }) =>
    diagnostics.map((one) => {
      const path = one.source === undefined ? name : displayPath(one.source.file.path);
      const { startLine, endLine } = one.source === undefined ? { startLine: 1, endLine: 1 } : regionOf(one.source);
      return {
        description: printable(wholeMessage(one)),
        check_name: one.code,
        fingerprint: fingerprint(path, one),
        severity: severities[one.severity],
        location: { path, lines: { begin: startLine, end: endLine } },
      };
    }),
  );
  return `${JSON.stringify(issues, null, 2)}\n`;
};
