import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import { mapping, scalar, sequence } from './build.ts';
import { limits } from './limits.ts';
import type { Entry, Node } from './node.ts';
import type { Related, Source, SourceFile } from './source.ts';

/**
 * A JSON text (RFC 8259) as a located tree. What is wrong with the text is reported. Comments, and commas before a
 * closing bracket, are passed over, so that the rest can be looked at; any other error ends the reading, and there is
 * no tree.
 */
export function parseJson(file: SourceFile, report: Report): Node | undefined {
  return new Reader(file, report).document();
}

const whitespace = /[ \t\n\r]*/y;
const comment = /\/\/.*|\/\*[\s\S]*?\*\/|#.*/y;
const string = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y;
const word = /[^\s,:[\]{}"]+/y;
const literals: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Reads one text; its state is where it is, and which problems it has told. */
class Reader {
  readonly #file: SourceFile;
  readonly #report: Report;
  readonly #told = new Set<string>();
  #at = 0;

  constructor(file: SourceFile, report: Report) {
    this.#file = file;
    this.#report = report;
  }

  document(): Node | undefined {
    this.#skip();
    if (this.#isAtEnd()) return this.#fail('the file is empty.', 'Write the object that belongs in it.');
    const node = this.#value(1);
    if (node === undefined) return undefined;
    this.#skip();
    if (this.#isAtEnd()) return node;
    return this.#fail(
      'more text follows after the end of the value.',
      'Remove it, or a bracket that closes too early.',
    );
  }

  #value(depth: number): Node | undefined {
    const start = this.#at;
    if (depth > limits.depth) {
      this.#report(diagnostic('json/too-deep', { limit: limits.depth }, this.#source(start, start + 1)));
      return undefined;
    }
    switch (this.#file.text[start]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string();
      default:
        return this.#numberOrLiteral();
    }
  }

  #object(depth: number): Node | undefined {
    const start = this.#at;
    const entries = new Map<string, Entry>();
    const isWhole = this.#members('}', () => {
      const key = this.#key();
      if (key === undefined) return false;
      this.#skip();
      if (!this.#accept(':')) {
        this.#fail(`a colon is missing after "${key.name}".`, 'Write a colon between a key and its value.');
        return false;
      }
      this.#skip();
      const value = this.#value(depth + 1);
      if (value === undefined) return false;
      const first = entries.get(key.name);
      if (first === undefined) entries.set(key.name, { key: key.source, value });
      else this.#duplicate(key.name, key.source, first.key);
      return true;
    });
    return isWhole ? mapping(entries, { source: this.#source(start) }) : undefined;
  }

  #array(depth: number): Node | undefined {
    const start = this.#at;
    const items: Node[] = [];
    const isWhole = this.#members(']', () => {
      const item = this.#value(depth + 1);
      if (item !== undefined) items.push(item);
      return item !== undefined;
    });
    return isWhole ? sequence(items, { source: this.#source(start) }) : undefined;
  }

  /** Reads what stands between brackets, one by one, and the closing bracket; gives whether it got there. */
  #members(close: '}' | ']', readOne: () => boolean): boolean {
    const open = this.#source(this.#at, this.#at + 1);
    this.#at += 1;
    this.#skip();
    if (this.#accept(close)) return true;
    while (!this.#isAtEnd()) {
      if (!readOne()) return false;
      this.#skip();
      const comma = this.#source(this.#at, this.#at + 1);
      const separated = this.#accept(',');
      this.#skip();
      if (this.#file.text[this.#at] === close) {
        if (separated) this.#report(diagnostic('json/trailing-comma', { close }, comma));
        this.#at += 1;
        return true;
      }
      if (!separated && !this.#isAtEnd()) {
        this.#fail(`a comma or a closing "${close}" is missing before this.`, `Add the comma, or the "${close}".`);
        return false;
      }
    }
    const related = [{ message: 'It is opened here.', source: open }];
    this.#fail(`the file ends before the closing "${close}".`, `Add the "${close}".`, related);
    return false;
  }

  #key(): { readonly name: string; readonly source: Source } | undefined {
    const { text } = this.#file;
    if (text[this.#at] !== '"') {
      const found = match(word, text, this.#at) ?? text[this.#at] ?? '';
      return this.#fail(`a key in double quotes is missing before ${found}.`, 'Put each key in double quotes.');
    }
    const node = this.#string();
    return node && { name: String(node.kind === 'scalar' ? node.value : ''), source: node.source };
  }

  #string(): Node | undefined {
    const start = this.#at;
    const found = match(string, this.#file.text, start);
    if (found === undefined) return this.#fail('a string is not closed on its line.', 'Close it with a double quote.');
    try {
      const value = JSON.parse(found) as string;
      this.#at += found.length;
      return scalar(value, { source: this.#source(start) });
    } catch {
      const problem = 'a string has a tab or another control character, or a backslash that JSON has no meaning for.';
      return this.#fail(problem, 'Write \\t for a tab, \\n for a new line and \\\\ for a backslash.');
    }
  }

  #numberOrLiteral(): Node | undefined {
    const start = this.#at;
    const { text } = this.#file;
    const digits = match(number, text, start);
    const found = digits ?? match(word, text, start) ?? '';
    const value = digits === undefined ? literals.get(found) : Number(digits);
    if (value === undefined) {
      const problem = found === '' ? 'a value is missing here.' : `${found} is no value.`;
      return this.#fail(problem, 'A value is a string in double quotes, a number, true, false, null, [ ] or { }.');
    }
    this.#at += found.length;
    return scalar(value, { source: this.#source(start) });
  }

  /** Goes to the next thing that says something. */
  #skip(): void {
    const { text } = this.#file;
    for (;;) {
      this.#at += match(whitespace, text, this.#at)?.length ?? 0;
      const found = match(comment, text, this.#at);
      if (found === undefined) return;
      const source = this.#source(this.#at, this.#at + found.length);
      this.#tell('it has a comment.', 'Remove the comments: AWS takes none.', source);
      this.#at += found.length;
    }
  }

  #accept(character: string): boolean {
    const isNext = this.#file.text[this.#at] === character;
    if (isNext) this.#at += 1;
    return isNext;
  }

  #isAtEnd(): boolean {
    return this.#at >= this.#file.text.length;
  }

  #source(start: number, end: number = this.#at): Source {
    return { file: this.#file, start, end };
  }

  #duplicate(key: string, source: Source, first: Source): void {
    this.#report(diagnostic('json/duplicate-key', { key }, source, [{ message: 'The first is here.', source: first }]));
  }

  /** Reports a problem that the reading gets over; each kind once, for the next ones are mended with it. */
  #tell(problem: string, help: string, source: Source, related: readonly Related[] = []): void {
    if (this.#told.has(help)) return;
    this.#told.add(help);
    this.#report(diagnostic('json/syntax', { problem, help }, source, related));
  }

  /** Reports a problem that ends the reading, at what stands next. */
  #fail(problem: string, help: string, related: readonly Related[] = []): undefined {
    const length = match(word, this.#file.text, this.#at)?.length ?? 1;
    this.#tell(problem, help, this.#source(this.#at, Math.min(this.#at + length, this.#file.text.length)), related);
  }
}

/** What a sticky pattern finds at an offset; undefined where it finds nothing. */
function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
