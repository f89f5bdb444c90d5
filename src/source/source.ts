/**
 * A text that somebody wrote, and places in it. Offsets and columns count UTF-16 code units; lines and columns start
 * at 1, and a tab counts one column.
 */
export class SourceFile {
  /** Absolute path, or a name in angle brackets for what is no file (`<stdin>`, `<environment>`). */
  readonly path: string;
  readonly text: string;
  #lineStarts: number[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** The line and column of an offset; offsets outside the text give its first or last place. */
  position(offset: number): Position {
    const starts = this.#starts();
    const at = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (starts[low] as number) + 1 };
  }

  /** The text of a line, by its number, without its line end; "" for a line that is not there. */
  line(number: number): string {
    const starts = this.#starts();
    const start = starts[number - 1];
    if (start === undefined) return '';
    const next = starts[number] ?? this.text.length;
    return this.text.slice(start, next).replace(/\r?\n$/, '');
  }

  #starts(): number[] {
    if (this.#lineStarts === undefined) {
      this.#lineStarts = [0];
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) {
        this.#lineStarts.push(at + 1);
      }
    }
    return this.#lineStarts;
  }
}

/** A line and a column, both 1-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A stretch of a file: from `start` up to, not including, `end`. */
export interface Source {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** Another place that explains a value or a finding: the anchor behind an alias, the `.env` line behind a variable. */
export interface Related {
  readonly message: string;
  readonly source: Source;
}

/** Whether two sources cover the same stretch of a file. */
export function samePlace(one: Source, other: Source): boolean {
  return one.file === other.file && one.start === other.start && one.end === other.end;
}

/** The text that a source covers. */
export function sourceText(source: Source): string {
  return source.file.text.slice(source.start, source.end);
}
