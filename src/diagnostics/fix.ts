import type { Edit } from '../source/edit.ts';

/** A remedy that is certain, as changes of the files. */
export interface Fix {
  /** What it does, such as `Replace prots with ports.` */
  readonly description: string;
  /** They do not overlap, and are made together or not at all. */
  readonly edits: readonly Edit[];
}

/** The text of a file before fixes and after them. */
export interface Change {
  readonly before: string;
  readonly after: string;
}

/** What fixes change, by the paths of the files, and how many fixes were made. */
export interface Changes {
  readonly files: ReadonlyMap<string, Change>;
  readonly count: number;
}

/**
 * Makes the fixes in their order, without writing a file. One that touches a stretch that an earlier one
 * has changed is left out.
 */
export function applyFixes(fixes: readonly Fix[]): Changes {
  const edits = new Map<string, Edit[]>();
  let count = 0;
  for (const fix of fixes) {
    if (fix.edits.some((edit) => edits.get(edit.source.file.path)?.some((earlier) => touches(edit, earlier)))) continue;
    for (const edit of fix.edits) {
      const { path } = edit.source.file;
      const earlier = edits.get(path);
      if (earlier === undefined) edits.set(path, [edit]);
      else earlier.push(edit);
    }
    count += 1;
  }
  return { files: new Map([...edits].map(([path, all]) => [path, changeBy(all)])), count };
}

function touches({ source: one }: Edit, { source: other }: Edit): boolean {
  return one.start <= other.end && other.start <= one.end;
}

/** The change of one file by edits that do not overlap. */
function changeBy(edits: readonly Edit[]): Change {
  const before = edits[0]?.source.file.text ?? '';
  let after = '';
  let at = 0;
  for (const { source, text } of edits.toSorted((one, other) => one.source.start - other.source.start)) {
    after += before.slice(at, source.start) + text;
    at = source.end;
  }
  return { before, after: after + before.slice(at) };
}
