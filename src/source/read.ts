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
  return sourceOf(host.read(path, limits.bytes), path, shortPath(host, path), what, report, from);
}

/** Standard input as a file, or undefined after reporting why it cannot be used. */
export function readStandardInput(host: Host, what: string, report: Report): SourceFile | undefined {
  return sourceOf(host.readStandardInput(limits.bytes), '<stdin>', '<stdin>', what, report);
}

/** The host, giving no more than the limits allow for all its files together. */
export function withinLimits(host: Host): Host {
  let bytes = 0;
  let entries = 0;
  const count = (result: ReadResult): ReadResult => {
    if (!('text' in result)) return result;
    const own = countEntries(result.text);
    // A file that is too much by itself is refused by whoever reads it, who shows the place.
    if (own > limits.entries) return result;
    bytes += result.text.length;
    entries += own;
    return bytes > limits.bytes || entries > limits.entries ? { failure: 'exhausted' } : result;
  };
  return {
    ...host,
    read: (path, maxBytes) => count(host.read(path, maxBytes)),
    readStandardInput: (maxBytes) => count(host.readStandardInput(maxBytes)),
  };
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
  if ('text' in result) {
    const file = new SourceFile(path, result.text);
    const end = entriesEnd(result.text);
    if (end === undefined) return file;
    const place = { file, start: end, end: end + 1 };
    report(diagnostic('input/too-long', { what, path: shown, limit: limits.entries }, place));
    return undefined;
  }
  const { failure } = result;
  if (failure === 'too-large') {
    report(diagnostic('input/too-large', { what, path: shown, limit: mebibytes }, from));
  } else if (failure === 'exhausted') {
    const most = { bytes: mebibytes, entries: limits.entries };
    report(diagnostic('input/exhausted', { what, path: shown, ...most }, from));
  } else {
    report(diagnostic(`input/${failure}`, { what, path: shown }, from));
  }
  return undefined;
}

const mebibytes = `${limits.bytes >> 20} MiB`;

function countEntries(text: string): number {
  let count = 0;
  for (const sign of ['\n', ',']) {
    for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1)) count += 1;
  }
  return count;
}

/** Where a text passes the limit of lines and commas; undefined where it does not. */
function entriesEnd(text: string): number | undefined {
  if (text.length <= limits.entries || countEntries(text) <= limits.entries) return undefined;
  const signs = /[\n,]/g;
  for (let count = 0; count <= limits.entries; count += 1) signs.exec(text);
  return signs.lastIndex - 1;
}
