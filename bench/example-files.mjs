import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Absolute paths of the Compose files of the project's own examples. */
export function ownExamples(root) {
  const examples = join(root, 'fixtures/examples');
  return readdirSync(examples, { recursive: true })
    .filter((path) => /compose\.ya?ml$/.test(path))
    .map((path) => join(examples, path))
    .sort();
}

/**
 * The samples of awesome-compose, whose files the conformance cases beside the repository hold: written to a folder,
 * since a linter reads files. None where the cases are not there.
 */
export function awesomeExamples(root, folder) {
  const cases = join(root, '../shared/conformance/loader/awesome');
  if (!existsSync(cases)) return [];
  return readdirSync(cases).flatMap((name) => {
    const { directory, files } = JSON.parse(readFileSync(join(cases, name), 'utf8'));
    return Object.entries(files).flatMap(([file, text]) => {
      const path = join(folder, directory, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return /compose\.ya?ml$/.test(file) ? [path] : [];
    });
  });
}
