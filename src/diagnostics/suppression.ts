import type { Source, SourceFile } from '../source/source.ts';
import { suggest } from '../source/suggest.ts';
import { catalogue } from './catalogue.ts';
import { type Code, type Diagnostic, diagnostic, isCode } from './diagnostic.ts';

/** What a comment switches off, and the lines on which it does. */
interface Suppression {
  readonly code: Code;
  /** The code's place in the comment. */
  readonly source: Source;
  /** The line; every line of the file where it is undefined. */
  readonly line: number | undefined;
  used: boolean;
}

const comment = /#[ \t]*compose2fargate-disable-(next-line|line|file)\b([^\n]*)/g;

/** Which line a comment on a given line is about. */
const lineOf: Readonly<Record<string, (line: number) => number | undefined>> = {
  'next-line': (line) => line + 1,
  line: (line) => line,
  file: () => undefined,
};

/**
 * The findings without those that a comment of their file switches off: `# compose2fargate-disable-next-line CODE`,
 * `-disable-line`, `-disable-file`, several codes with blanks or commas between, and ` -- ` before a reason. What is
 * wrong with such comments, and those that switch nothing off, are findings too.
 */
export function withoutSuppressed(
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
): readonly Diagnostic[] {
  const complaints: Diagnostic[] = [];
  const suppressions = new Map(files.map((file) => [file.path, suppressionsIn(file, complaints)]));
  const isKept = (code: Code, source: Source) => {
    const { line } = source.file.position(source.start);
    const matching = (suppressions.get(source.file.path) ?? []).filter(
      (one) => one.code === code && (one.line === undefined || one.line === line),
    );
    for (const one of matching) one.used = true;
    return matching.length === 0;
  };
  const kept = diagnostics.flatMap((one) => {
    const { code, source, among } = one;
    if (among !== undefined) return among((place) => isKept(code, place)) ?? [];
    return source === undefined || isKept(code, source) ? one : [];
  });
  const unused = [...suppressions.values()].flat().filter(({ used }) => !used);
  return [...kept, ...complaints, ...unused.map(unusedFinding)];
}

function suppressionsIn(file: SourceFile, complaints: Diagnostic[]): readonly Suppression[] {
  return [...file.text.matchAll(comment)].flatMap(({ 0: whole, 1: kind = '', 2: rest = '', index }) => {
    const line = lineOf[kind]?.(file.position(index).line);
    const start = index + whole.length - rest.length;
    const [list = ''] = rest.split(' -- ', 1);
    const words = [...list.matchAll(/[^\s,]+/g)];
    if (words.length === 0) {
      complaints.push(
        diagnostic('suppression/no-code', {}, { file, start: index, end: index + whole.trimEnd().length }),
      );
    }
    return words.flatMap(({ 0: code, index: at }): readonly Suppression[] => {
      const source = { file, start: start + at, end: start + at + code.length };
      if (isCode(code)) return [{ code, source, line, used: false }];
      const suggestion = suggest(code, Object.keys(catalogue));
      complaints.push(diagnostic('suppression/unknown-code', { code, suggestion }, source));
      return [];
    });
  });
}

function unusedFinding({ code, source, line }: Suppression): Diagnostic {
  const where = line === undefined ? 'this file' : `line ${line}`;
  return diagnostic('suppression/unused', { code, where }, source);
}
