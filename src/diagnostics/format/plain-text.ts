/** A fence with the file that it names, or lines of prose up to the next blank line or fence. */
const block = /^```\S* ?(.*)\n([\s\S]*?)^```$|((?:^(?!```).+\n?)+)/gm;

/**
 * Markdown of the rule pages as a person reads it without markup: headings in capitals, fences indented below the name
 * of their file, links followed by their address. Lines of prose are broken to fit the columns.
 */
export function plainText(markdown: string, columns: number = Number.POSITIVE_INFINITY): string {
  const blocks = [...markdown.matchAll(block)].map(([, file = '', text, prose = '']) =>
    text === undefined ? proseBlock(prose, columns) : fenceBlock(file, text),
  );
  return `${blocks.join('\n\n')}\n`;
}

function fenceBlock(file: string, text: string): string {
  const lines = text.trimEnd().replace(/^(?=.)/gm, '    ');
  return file === '' ? lines : `  ${file}\n${lines}`;
}

function proseBlock(prose: string, columns: number): string {
  const [, level, heading = ''] = /^(#+) (.*)/.exec(prose) ?? [];
  if (level !== undefined) return level.length === 1 ? heading : heading.toUpperCase();
  return prose
    .trimEnd()
    .split(/\n(?=- )/)
    .map((item) => {
      const [, marker = '', text = ''] = /^(- )?(.*)$/s.exec(item) ?? [];
      const lines = wrapped(withoutMarkup(text), columns - marker.length);
      return `${marker}${lines.join(`\n${' '.repeat(marker.length)}`)}`;
    })
    .join('\n');
}

function withoutMarkup(text: string): string {
  return text.replace(/\*\*(.+?)\*\*/g, '$1').replace(/\[([^\]]*)\]\((https?:[^)]*)\)/g, '$1 ($2)');
}

/** A text in lines of so many columns, but for words that are longer. */
function wrapped(text: string, columns: number): readonly string[] {
  const [first = '', ...words] = text.split(/\s+/);
  const lines: string[] = [];
  let line = first;
  for (const word of words) {
    if (line.length + 1 + word.length <= columns) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}
