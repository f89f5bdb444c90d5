import { isAbsolute } from 'pathe';
import { applyFixes, type Change, type Changes, type Fix } from '../../diagnostics/fix.ts';
import type { Checked } from '../../diagnostics/format/format.ts';
import { printable } from '../../diagnostics/printable.ts';
import { withoutSuppressed } from '../../diagnostics/suppression.ts';
import type { Host } from '../../host.ts';
import { displayPath } from '../display-path.ts';
import type { Io } from '../io.ts';
import { byteOrderMark, replaceFile } from '../write-file.ts';

/** What fixing comes to, before any file is written. */
export interface Fixing extends Changes {
  /** What was found in the files as they are, and in those fixed. */
  readonly before: readonly Checked[];
  readonly after: readonly Checked[];
}

/** Rounds until there is nothing more to fix: far more than a file needs. */
const mostRounds = 100;

/**
 * Checks, fixes and checks again, for what is found late is hidden by what is found early, until nothing is left to
 * fix. It is done in memory.
 */
export async function fix(host: Host, check: (host: Host) => Promise<readonly Checked[]>): Promise<Fixing> {
  const files = new Map<string, Change>();
  const fixedHost = withChanges(host, files);
  const before = await check(fixedHost);
  let after = before;
  let total = 0;
  for (let round = 1; round <= mostRounds; round += 1) {
    const { files: changed, count } = applyFixes(fixesOf(after));
    if (count === 0) break;
    for (const [path, change] of changed)
      files.set(path, { ...change, before: files.get(path)?.before ?? change.before });
    total += count;
    after = await check(fixedHost);
  }
  return { before, after, count: total, files };
}

/** Writes the files that fixing changes. */
export function writeFixed({ files }: Fixing): void {
  for (const [path, { before, after }] of files) replaceFile(path, before, after);
}

/** Prints what fixing would change, as a unified diff. */
export async function printDiff({ host, out }: Io, { files }: Fixing): Promise<void> {
  const { unifiedDiff }: typeof import('./unified-diff.ts') = await import('./unified-diff.ts');
  const show = displayPath(host);
  const diffs = [...files].map(([path, { before, after }]) => {
    const mark = byteOrderMark(path);
    return unifiedDiff(show(path), mark + before, mark + after);
  });
  const diff = diffs.join('');
  out.write(out.isTerminal ? printable(diff.replaceAll('\r\n', '\n')) : diff);
}

/** What fixing came to, in a line. */
export function fixingSummary({ count, files }: Fixing, isDry: boolean): string {
  if (count === 0) return 'Nothing was fixed: no finding has a remedy that is certain.\n';
  const what = `${counted(count, 'finding')} in ${counted(files.size, 'file')}`;
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

/** The host, its files changed. */
export function withChanges(host: Host, files: ReadonlyMap<string, Change>): Host {
  let standardInput: ReturnType<Host['readStandardInput']> | undefined;
  return {
    ...host,
    read: (path, maxBytes) => {
      const change = files.get(path);
      return change === undefined ? host.read(path, maxBytes) : { text: change.after };
    },
    // It can be read once only.
    readStandardInput: (maxBytes) => {
      standardInput ??= host.readStandardInput(maxBytes);
      return standardInput;
    },
  };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
