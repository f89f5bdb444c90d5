import { glob } from 'tinyglobby';

/** Absolute paths of the files below a directory that match a pattern, sorted. What packages bring along is left out. */
export async function filesMatching(pattern: string, directory: string): Promise<readonly string[]> {
  const files = await glob(pattern, { cwd: directory, absolute: true, ignore: ['**/node_modules/**', '**/.git/**'] });
  return files.sort();
}
