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
  let signs = 0;
  const count = (result: ReadResult): ReadResult => {
    if (!('text' in result)) return result;
    const own = countSigns(result.text);
    // A file that is too much by itself is refused by whoever reads it, who shows the place.
    if (own.end !== undefined) return result;
    bytes += result.text.length;
    signs += own.signs;
    return bytes > limits.bytes || signs > limits.signs ? { failure: 'exhausted' } : result;
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
    const { end } = countSigns(result.text);
    if (end === undefined) return file;
    const place = { file, start: end, end: end + 1 };
    report(diagnostic('input/too-long', { what, path: shown, limit: limits.signs }, place));
    return undefined;
  }
  const { failure } = result;
  if (failure === 'too-large') {
    report(diagnostic('input/too-large', { what, path: shown, limit: mebibytes }, from));
  } else if (failure === 'exhausted') {
    const most = { bytes: mebibytes, signs: limits.signs };
    report(diagnostic('input/exhausted', { what, path: shown, ...most }, from));
  } else {
    report(diagnostic(`input/${failure}`, { what, path: shown }, from));
  }
  return undefined;
}

const mebibytes = `${limits.bytes >> 20} MiB`;

/** Signs that begin or separate something in YAML, JSON and environment files. */
const isSign = new Uint8Array(128);
for (const sign of '\n,[{"\':=&*!?-') isSign[sign.charCodeAt(0)] = 1;

/** How many signs a text has, and where it passes the limit, if it does. */
function countSigns(text: string): { readonly signs: number; readonly end?: number } {
  let signs = 0;
  for (let at = 0; at < text.length; at += 1) {
    signs += isSign[text.charCodeAt(at)] ?? 0;
    if (signs > limits.signs) return { signs, end: at };
  }
  return { signs };
}
