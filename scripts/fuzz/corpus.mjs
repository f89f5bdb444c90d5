import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The fixtures as inputs: each a folder's files by their names. What a mutation takes in comes from others of them. */
export function readCorpus(root) {
  const folders = new Map();
  for (const entry of readdirSync(join(root, 'fixtures'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const folder = entry.parentPath ?? entry.path;
    const isOutput = basename(folder) === 'expected' && entry.name !== 'taskdef.json';
    if (isOutput || !/\.(?:ya?ml|json|env)$|^\.env|^env$/.test(entry.name)) continue;
    const files = folders.get(folder) ?? {};
    files[entry.name] = readFileSync(join(folder, entry.name), 'utf8');
    folders.set(folder, files);
  }
  return [...folders].map(([folder, files]) => ({ name: join(basename(dirname(folder)), basename(folder)), files }));
}
