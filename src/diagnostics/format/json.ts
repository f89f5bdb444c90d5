import type { Position, Source } from '../../source/source.ts';
import type { Diagnostic, Severity } from '../diagnostic.ts';

/** A finding as JSON; `schemas/diagnostics.schema.json` describes it. Lines and columns are 1-based, in UTF-16 units. */
export interface DiagnosticJson {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  readonly location?: LocationJson;
  readonly related?: readonly { readonly message: string; readonly location: LocationJson }[];
  /** The remedy that `validate --fix` makes: texts that take the place of others. */
  readonly fix?: {
    readonly description: string;
    readonly edits: readonly { readonly location: LocationJson; readonly text: string }[];
  };
}

export interface LocationJson {
  readonly path: string;
  readonly start: Position;
  /** Behind the last character. */
  readonly end: Position;
}

/** Findings as plain values, paths as `displayPath` shows them. */
export function diagnosticsJson(
  diagnostics: readonly Diagnostic[],
  displayPath: (path: string) => string,
): readonly DiagnosticJson[] {
  const location = (source: Source) => locationJson(source, displayPath);
  return diagnostics.map(({ code, severity, message, help, source, related, fix }) => ({
    code,
    severity,
    message,
    ...(help === undefined ? {} : { help }),
    ...(source === undefined ? {} : { location: location(source) }),
    ...(related.length === 0
      ? {}
      : { related: related.map((one) => ({ message: one.message, location: location(one.source) })) }),
    ...(fix === undefined
      ? {}
      : {
          fix: {
            description: fix.description,
            edits: fix.edits.map((edit) => ({ location: location(edit.source), text: edit.text })),
          },
        }),
  }));
}

/** A source as a plain value. */
export function locationJson({ file, start, end }: Source, displayPath: (path: string) => string): LocationJson {
  return { path: displayPath(file.path), start: file.position(start), end: file.position(end) };
}
