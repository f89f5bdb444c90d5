/** What a `.dockerignore` file keeps out of a build. */
export interface Dockerignore {
  /** Whether a path, relative to the context, is left out: the last pattern that matches it or a parent decides. */
  excludes(path: string): boolean;
  /** Whether a pattern with `!` may take something back in from a directory that is left out. */
  readonly hasExceptions: boolean;
}

/**
 * Reads a `.dockerignore`: a pattern a line, `*` and `?` within a name, `**` over any number of directories, `!` for an
 * exception, `#` for a comment. Source: Docker's reference of `docker build`, ".dockerignore files".
 */
export function readDockerignore(text: string): Dockerignore {
  const rules = text
    .split('\n')
    .filter((line) => !line.startsWith('#') && line.trim() !== '')
    .map((line) => {
      const isException = line.trim().startsWith('!');
      const glob = line.trim().slice(isException ? 1 : 0);
      return { isException, names: glob.split('/').filter((name) => name !== '' && name !== '.') };
    });
  return {
    excludes: (path) => {
      const steps = path.split('/');
      const paths = steps.map((_, index) => steps.slice(0, index + 1));
      return rules.findLast(({ names }) => paths.some((one) => matchesPath(names, one)))?.isException === false;
    },
    hasExceptions: rules.some(({ isException }) => isException),
  };
}

function matchesPath(globs: readonly string[], names: readonly string[]): boolean {
  return matchesAll(globs, names, '**', matchesName);
}

function matchesName(glob: string, name: string): boolean {
  return matchesAll([...glob], [...name], '*', (wanted, character) => wanted === '?' || wanted === character);
}

/**
 * Whether a pattern matches all items, `any` standing for any number of them. It only ever goes back to the last `any`,
 * so that no pattern takes long.
 */
function matchesAll(
  pattern: readonly string[],
  items: readonly string[],
  any: string,
  matchesOne: (wanted: string, item: string) => boolean,
): boolean {
  let at = 0;
  let lastAny: { readonly at: number; item: number } | undefined;
  for (let item = 0; item < items.length; ) {
    const wanted = pattern[at];
    if (wanted === any) {
      lastAny = { at, item };
      at += 1;
    } else if (wanted !== undefined && matchesOne(wanted, items[item] ?? '')) {
      at += 1;
      item += 1;
    } else if (lastAny !== undefined) {
      lastAny.item += 1;
      at = lastAny.at + 1;
      item = lastAny.item;
    } else return false;
  }
  return pattern.slice(at).every((rest) => rest === any);
}
