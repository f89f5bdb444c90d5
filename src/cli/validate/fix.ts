import { readFileSync } from 'node:fs';
import { isAbsolute } from 'pathe';
import { applyFixes, type Fix } from '../../diagnostics/fix.ts';
import type { Checked } from '../../diagnostics/format/format.ts';
import { printable } from '../../diagnostics/printable.ts';
import { withoutSuppressed } from '../../diagnostics/suppression.ts';
import type { Host } from '../../host.ts';
import { displayPath } from '../findings.ts';
import type { Io } from '../io.ts';
import { replaceFile } from '../write-file.ts';

/** What fixing comes to, before any file is written. */
export interface Fixing {
  /** What was found in the files as they are, and in those fixed. */
  readonly before: readonly Checked[];
  readonly after: readonly Checked[];
  /** How many fixes were made. */
  readonly count: number;
  /** The texts of the files that change, by their paths. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Rounds until there is nothing more to fix: far more than a file needs. */
const mostRounds = 100;

/**
 * Checks, fixes and checks again, for what is found late is hidden by what is found early, until nothing is left to
 * fix. It is done in memory.
 */
export async function fix(host: Host, check: (host: Host) => Promise<readonly Checked[]>): Promise<Fixing> {
  const texts = new Map<string, string>();
  const fixedHost = withTexts(host, texts);
  const before = await check(fixedHost);
  let after = before;
  let total = 0;
  for (let round = 1; round <= mostRounds; round += 1) {
    const { texts: fixed, count } = applyFixes(fixesOf(after));
    if (count === 0) break;
    for (const [path, text] of fixed) texts.set(path, text);
    total += count;
    after = await check(fixedHost);
  }
  return { before, after, count: total, texts };
}

/** Writes the files that fixing changes. */
export function writeFixed({ texts }: Fixing): void {
  for (const { path, before, after } of changesOf(texts)) replaceFile(path, before, after);
}

/** Prints what fixing would change, as a unified diff. */
export async function printDiff({ host, out }: Io, { texts }: Fixing): Promise<void> {
  const { unifiedDiff }: typeof import('./unified-diff.ts') = await import('./unified-diff.ts');
  const show = displayPath(host);
  const diffs = changesOf(texts).map(({ path, before, after }) => unifiedDiff(show(path), before, after));
  const diff = diffs.join('');
  out.write(out.isTerminal ? printable(diff.replaceAll('\r\n', '\n')) : diff);
}

/** What fixing came to, in a line. */
export function fixingSummary({ count, texts }: Fixing, isDry: boolean): string {
  if (count === 0) return 'Nothing was fixed: no finding has a remedy that is certain.\n';
  const what = `${counted(count, 'finding')} in ${counted(texts.size, 'file')}`;
  return isDry ? `--fix would fix ${what}.\n` : `Fixed ${what}.\n`;
}

/** Each fix once, of findings that no comment switches off, in files that can be written. */
function fixesOf(checked: readonly Checked[]): readonly Fix[] {
  const found = checked.flatMap(({ diagnostics }) => diagnostics.filter((one) => one.fix !== undefined));
  const files = [...new Set(found.flatMap(({ source }) => source?.file ?? []))];
  const fixes = new Map<string, Fix>();
  for (const { fix } of withoutSuppressed(found, files)) {
    if (fix?.edits.every(({ source }) => isAbsolute(source.file.path))) fixes.set(identityOf(fix), fix);
  }
  return [...fixes.values()];
}

function identityOf({ edits }: Fix): string {
  return JSON.stringify(edits.map(({ source: { file, start, end }, text }) => [file.path, start, end, text]));
}

/** The host, with other texts in place of those of some files. */
export function withTexts(host: Host, texts: ReadonlyMap<string, string>): Host {
  let standardInput: ReturnType<Host['readStandardInput']> | undefined;
  return {
    ...host,
    read: (path, maxBytes) => {
      const text = texts.get(path);
      return text === undefined ? host.read(path, maxBytes) : { text };
    },
    // It can be read once only.
    readStandardInput: (maxBytes) => {
      standardInput ??= host.readStandardInput(maxBytes);
      return standardInput;
    },
  };
}

/** A file's whole text, with its byte order mark if it has one. */
interface Change {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

function changesOf(texts: ReadonlyMap<string, string>): readonly Change[] {
  return [...texts].map(([path, text]) => {
    const before = readFileSync(path, 'utf8');
    return { path, before, after: before.startsWith('\uFEFF') ? `\uFEFF${text}` : text };
  });
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
