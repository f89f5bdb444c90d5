// Puts the pages of docs/rules into one module, so that the package holds them as data.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}docs/rules`;

const declaration = `/** Made by scripts/rule-pages.mjs: the pages of docs/rules, Markdown by code. */
declare const pages: Readonly<Record<string, string>>;
export default pages;
`;

export async function collectRulePages() {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.md')).sort();
  const pages = await Promise.all(
    files.map(async (file) => [
      file.slice(0, -'.md'.length).replaceAll('\\', '/'),
      await readFile(`${folder}/${file}`, 'utf8'),
    ]),
  );
  await mkdir(`${root}build`, { recursive: true });
  await writeFile(
    `${root}build/rule-pages.js`,
    `export default ${JSON.stringify(Object.fromEntries(pages), null, 2)};\n`,
  );
  await writeFile(`${root}build/rule-pages.d.ts`, declaration);
}
