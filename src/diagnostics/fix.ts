import type { Edit } from '../source/edit.ts';

/** A remedy that is certain, as changes of the files. */
export interface Fix {
  /** What it does, such as `Replace prots with ports.` */
  readonly description: string;
  /** They do not overlap, and are made together or not at all. */
  readonly edits: readonly Edit[];
}

/** Texts after fixes, by the paths of their files, and how many fixes were made. */
export interface FixedTexts {
  readonly texts: ReadonlyMap<string, string>;
  readonly count: number;
}

/**
 * The texts of the files with the fixes made, each once, in their order. One that touches a stretch that an earlier one
 * has changed is left out.
 */
export function applyFixes(fixes: readonly Fix[]): FixedTexts {
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
  return { texts: new Map([...edits].map(([path, all]) => [path, edited(all)])), count };
}

function touches({ source: one }: Edit, { source: other }: Edit): boolean {
  return one.start <= other.end && other.start <= one.end;
}

/** The text of a file with edits that do not overlap. */
function edited(edits: readonly Edit[]): string {
  const text = edits[0]?.source.file.text ?? '';
  let result = '';
  let at = 0;
  for (const { source, text: replacement } of edits.toSorted((one, other) => one.source.start - other.source.start)) {
    result += text.slice(at, source.start) + replacement;
    at = source.end;
  }
  return result + text.slice(at);
}
