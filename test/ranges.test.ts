import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A finding as it is printed: its place, the line that is shown, and the stretch that is underlined. */
const framed =
  /^(?<path>\S.*?):(?<line>\d+):(?<column>\d+): .*\n {2}\d+ \| (?<shown>.*)\n {2} +\| (?<indent> *)(?<carets>\^+)$/gm;

const reports = readdirSync(join(root, 'fixtures'), { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('diagnostics.txt'),
);

describe.each(reports)('%s', (report) => {
  const text = readFileSync(join(root, 'fixtures', report), 'utf8');
  const frames = [...text.matchAll(framed)].flatMap(({ groups }) => {
    const { path = '', line = '', column = '', shown = '', indent = '', carets = '' } = groups ?? {};
    const file = path.startsWith('fixtures/') ? join(root, path) : join(dirname(join(root, 'fixtures', report)), path);
    return existsSync(file)
      ? [{ file, line, column, shown, start: indent.length, end: indent.length + carets.length }]
      : [];
  });

  it.skipIf(frames.length === 0)('underlines what stands at the places of its findings', () => {
    for (const { file, line, column, shown, start, end } of frames) {
      const written =
        readFileSync(file, 'utf8')
          .replace(/^\ufeff/, '')
          .split('\n')[Number(line) - 1] ?? '';
      const marked = shown.slice(start, end);
      // Tabs are shown as blanks, passwords of URLs as stars, what does not fit as dots, control characters escaped.
      if (/[*…\\]/.test(marked) || /[^\t\x20-\x7e]/.test(written)) continue;
      const cut = written.slice(Number(column) - 1, Number(column) - 1 + marked.length).replaceAll('\t', ' ');
      expect(`${line}:${column} ${marked}`).toBe(`${line}:${column} ${cut}`);
    }
  });
});
