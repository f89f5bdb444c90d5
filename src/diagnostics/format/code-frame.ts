import { eastAsianWidth } from 'get-east-asian-width';
import type { Source } from '../../source/source.ts';
import { printable } from '../printable.ts';

/** The password of a URL, for logs are read by many; a variable in its place is none. */
const urlPassword = /(?<=:\/\/[^\s/:@]*:)[^\s/@$][^\s/@]*(?=@)/g;

/** How far around what is shown of a long line a password is looked for, in characters. */
const around = 1_000;

/**
 * The line on which a source starts, and under it the stretch that it covers; nothing for a blank line. Of a line that
 * is too long the part around the stretch is shown.
 * @param columns width of what the frame may take
 */
export function codeFrame(source: Source, columns: number, paint: (text: string) => string): readonly string[] {
  const { line, column } = source.file.position(source.start);
  const number = String(line);
  const room = Math.max(columns - number.length - '   | '.length, 20);
  const { before, marked, after } = excerpt(source, line, column - 1, room);
  if (`${before}${marked}${after}`.trim() === '') return [];
  const gutter = ' '.repeat(number.length);
  const indent = ' '.repeat(columnsOf(before));
  const carets = '^'.repeat(Math.max(columnsOf(marked), 1));
  return [`  ${number} | ${before}${marked}${after}`, `  ${gutter} | ${indent}${paint(carets)}`];
}

/** A line as it is shown: what the source covers of it, and what stands before and after. */
interface Excerpt {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

function excerpt(source: Source, line: number, offset: number, room: number): Excerpt {
  const whole = source.file.line(line);
  // A third of the room for what stands before the stretch.
  const start = whole.length <= room ? 0 : Math.max(0, Math.min(offset - Math.floor(room / 3), whole.length - room));
  const end = start + room;
  const from = Math.max(0, start - around);
  // One column for a tab, as columns are counted; as many stars as a password has letters.
  const shown = whole
    .slice(from, end + around)
    .replaceAll('\t', ' ')
    .replace(urlPassword, (password) => '*'.repeat(password.length))
    .slice(start - from, end - from);
  const at = Math.max(offset - start, 0);
  const length = source.end - source.start;
  return {
    before: `${start > 0 ? '…' : ''}${printable(shown.slice(0, at))}`,
    marked: printable(shown.slice(at, at + length)),
    after: `${printable(shown.slice(at + length))}${end < whole.length ? '…' : ''}`,
  };
}

/** Columns that a text takes on a terminal. */
function columnsOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  const characters = [...text].filter((character) => !/^[\p{Mark}\u200d]$/u.test(character));
  return characters.reduce((width, character) => width + eastAsianWidth(character.codePointAt(0) ?? 0), 0);
}
