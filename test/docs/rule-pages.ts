import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Texts by the names of files. */
export type Files = Readonly<Record<string, string>>;

const folder = fileURLToPath(new URL('../../docs/rules/', import.meta.url));

/** The pages below docs/rules, Markdown by their paths without the ending. */
export function pagesOnDisk(): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));
  return new Map(files.sort().map((path) => [path.slice(0, -'.md'.length), readFileSync(`${folder}${path}`, 'utf8')]));
}

/** What stands under a heading of a page, up to the next one. */
export function section(markdown: string, heading: string): string {
  return markdown.split(/^## (.*)$/m).reduce((found, text, index, parts) => {
    return index % 2 === 0 && parts[index - 1] === heading ? text : found;
  }, '');
}

/** The files that fences hold: those that name one behind their language. */
export function filesIn(markdown: string): Files {
  const fences = [...markdown.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)];
  return Object.fromEntries(fences.map(([, name = '', text = '']) => [name, text]));
}
