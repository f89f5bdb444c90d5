import { relative } from 'pathe';
import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import type { Host, ReadResult } from '../host.ts';
import { limits } from './limits.ts';
import { type Source, SourceFile } from './source.ts';

/**
 * A file, or undefined after reporting why there is none.
 * @param what what the file is to its reader: "Compose file"
 * @param from the place that names the file, if one does
 */
export function readSource(
  host: Host,
  path: string,
  what: string,
  report: Report,
  from?: Source,
): SourceFile | undefined {
  return sourceOf(host.read(path, limits.fileBytes), path, shortPath(host, path), what, report, from);
}

/** Standard input as a file, or undefined after reporting why it cannot be used. */
export function readStandardInput(host: Host, what: string, report: Report): SourceFile | undefined {
  return sourceOf(host.readStandardInput(limits.fileBytes), '<stdin>', '<stdin>', what, report);
}

/** A path as a person would write it from the current directory; absolute where that needs more than one `..`. */
export function shortPath(host: Host, path: string): string {
  const short = relative(host.cwd, path);
  return short === '' ? '.' : short.startsWith('../..') ? path : short;
}

function sourceOf(
  result: ReadResult,
  path: string,
  shown: string,
  what: string,
  report: Report,
  from?: Source,
): SourceFile | undefined {
  if ('text' in result) return new SourceFile(path, result.text);
  if (result.failure === 'too-large') {
    report(diagnostic('input/too-large', { what, path: shown, limit: `${limits.fileBytes >> 20} MiB` }, from));
  } else {
    report(diagnostic(`input/${result.failure}`, { what, path: shown }, from));
  }
  return undefined;
}
