import { dirname, isAbsolute, relative } from 'pathe';
import type { Host } from '../host.ts';
import { shortPath } from '../source/read.ts';

/** How paths are shown: relative to the root of the repository, or to the current directory where there is none. */
export function displayPath(host: Host): (path: string) => string {
  let root: string | undefined;
  return (path) => {
    if (!isAbsolute(path)) return path;
    root ??= repositoryRoot(host);
    const shown = relative(root, path);
    return shown.startsWith('..') ? shortPath(host, path) : shown;
  };
}

function repositoryRoot(host: Host): string {
  for (let directory = host.cwd; ; directory = dirname(directory)) {
    if (host.kind(`${directory}/.git`) !== 'missing') return directory;
    if (directory === dirname(directory)) return host.cwd;
  }
}
