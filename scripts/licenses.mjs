import { readdir, readFile } from 'node:fs/promises';

/** The licences of the packages that the bundles hold, found by the paths of what esbuild read. */
export async function thirdPartyLicenses(root, inputs) {
  const packages = new Set();
  for (const input of inputs) {
    const [path] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input) ?? [];
    if (path !== undefined) packages.add(path);
  }
  const sections = [];
  for (const path of [...packages].sort()) {
    const { name, version, license } = JSON.parse(await readFile(`${root}${path}/package.json`, 'utf8'));
    const files = (await readdir(`${root}${path}`)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
    const texts = await Promise.all(files.map((file) => readFile(`${root}${path}/${file}`, 'utf8')));
    sections.push([`${name} ${version} (${license})`, ...texts.map((text) => text.trim())].join('\n\n'));
  }
  return `The bundles of compose2fargate hold these packages.\n\n${sections.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
