/** The words of a command line, and where it was cut short, if it was. */
export interface ShellWords {
  readonly words: readonly string[];
  /** The offset of the unquoted operator that ended the command: all from there on is lost. */
  readonly cutAt?: number;
}

/** What makes a text no command line. */
export type ShellProblem =
  | 'a quote is not closed'
  | 'a parenthesis stands outside quotes'
  | 'nothing follows the last backslash';

type Quote = '"' | "'" | '`' | ')';

/**
 * Splits a command line as Docker Compose does, which is not as a shell does: an unquoted `;`, `&`, `|`, `<` or `>`
 * ends the command, `$(…)` and backticks are kept as they are, a backslash takes the next character literally also
 * within double quotes, and nothing is expanded.
 */
export function splitShellWords(text: string): ShellWords | ShellProblem {
  const words: string[] = [];
  const open = new Set<Quote>();
  let word: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character === '\\' && !open.has("'")) {
      at += 1;
      if (at === text.length) return 'nothing follows the last backslash';
      word = (word ?? '') + text[at];
    } else if (isBlank(character)) {
      if (open.size > 0) {
        word = (word ?? '') + character;
      } else if (word !== undefined) {
        words.push(word);
        word = undefined;
      }
    } else if (isQuoteSign(character, open)) {
      toggle(open, character as Quote);
      word ??= '';
    } else if (character === '(' && !isQuoted(open)) {
      if (open.has(')') || !word?.endsWith('$')) return 'a parenthesis stands outside quotes';
      open.add(')');
      word += character;
    } else if (open.size === 0 && ';&|<>'.includes(character)) {
      // A number in front of `>` names a file descriptor.
      const isWord = word !== undefined && !(character === '>' && /^\d/.test(word));
      return { words: isWord ? [...words, word as string] : words, cutAt: at };
    } else {
      if (character === '`' && !open.has("'") && !open.has('"') && !open.has(')')) toggle(open, '`');
      if (character === ')' && !isQuoted(open)) toggle(open, ')');
      word = (word ?? '') + character;
    }
  }
  if (open.size > 0)
    return open.has(')') && !text.includes('$(') ? 'a parenthesis stands outside quotes' : 'a quote is not closed';
  return { words: word === undefined ? words : [...words, word] };
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\r' || character === '\n';
}

/** Whether the character opens or closes a quoted part, and so is no part of the word itself. */
function isQuoteSign(character: string, open: ReadonlySet<Quote>): boolean {
  if (open.has(')')) return false;
  return (character === '"' && !open.has("'")) || (character === "'" && !open.has('"'));
}

function isQuoted(open: ReadonlySet<Quote>): boolean {
  return open.has('"') || open.has("'") || open.has('`');
}

function toggle(open: Set<Quote>, quote: Quote): void {
  if (!open.delete(quote)) open.add(quote);
}
