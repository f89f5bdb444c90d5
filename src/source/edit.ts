import { type Source, type SourceFile, sourceText } from './source.ts';

/** A change of a file: the text that takes the place of a stretch of it. */
export interface Edit {
  readonly source: Source;
  readonly text: string;
}

/** What is written, without its quotes, and what is meant. */
export interface Correction {
  readonly written: string;
  readonly meant: string;
}

/**
 * Writes what is meant, within the quotes that are there. undefined where the place does not show what is written: a
 * variable, an alias or an escape made it.
 */
export function correct(source: Source, { written, meant }: Correction): Edit | undefined {
  const text = sourceText(source);
  const quote = ['"', "'"].find((each) => text === `${each}${written}${each}`) ?? '';
  if (text !== `${quote}${written}${quote}`) return undefined;
  const width = quote.length;
  return { source: { ...source, start: source.start + width, end: source.end - width }, text: meant };
}

const blank = /[ \t\r\n]/;

/**
 * Takes an item out of a YAML list: its line, or within brackets the item and the comma before it. A comment stays.
 * undefined where it is not alone on its line, or the first within its brackets.
 */
export function withoutItem(item: Source): Edit | undefined {
  const { file, start, end } = item;
  const { text } = file;
  if (sourceText(item).includes('\n')) return undefined;
  const before = lastVisible(file, start);
  if (text[before] === ',') return removal(file, before, end);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const nextLine = text.indexOf('\n', end);
  const lineEnd = nextLine === -1 ? text.length : nextLine;
  const after = /^[ \t]*(?<comment>#.*)?\r?$/.exec(text.slice(end, lineEnd));
  if (after === null || !/^[ \t]*-[ \t]+$/.test(text.slice(lineStart, start))) return undefined;
  if (after.groups?.['comment'] !== undefined) return removal(file, before, text.indexOf('#', end));
  return nextLine === -1
    ? removal(file, lineBreakBefore(text, lineStart), end)
    : removal(file, lineStart, nextLine + 1);
}

/**
 * Takes members, each from its key to the end of its value, out of a JSON object, with the commas that they need no
 * more. undefined where a comment stands before one of them.
 */
export function withoutMembers(members: readonly Source[]): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  /** Up to where everything since the opening bracket is taken out. */
  let gone = -1;
  for (const { file, start, end } of members.toSorted((one, other) => one.start - other.start)) {
    const before = lastVisible(file, start);
    const sign = file.text[before];
    if (sign !== '{' && sign !== ',') return undefined;
    if (sign === ',' && before >= gone) {
      edits.push(removal(file, before, end));
    } else {
      const comma = nextVisible(file, end);
      gone = file.text[comma] === ',' ? nextVisible(file, comma + 1) : end;
      edits.push(removal(file, start, gone));
    }
  }
  return edits;
}

function removal(file: SourceFile, start: number, end: number): Edit {
  return { source: { file, start, end }, text: '' };
}

function lastVisible({ text }: SourceFile, start: number): number {
  let at = start - 1;
  while (at >= 0 && blank.test(text[at] as string)) at -= 1;
  return at;
}

function nextVisible({ text }: SourceFile, start: number): number {
  let at = start;
  while (at < text.length && blank.test(text[at] as string)) at += 1;
  return at;
}

function lineBreakBefore(text: string, lineStart: number): number {
  return lineStart - (text.slice(0, lineStart).endsWith('\r\n') ? 2 : 1);
}
