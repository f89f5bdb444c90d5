/** The path one level up: `a[0].b` gives `a[0]`, `a[0]` gives `a`, `a` gives the empty path of the whole definition. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['), 0));
}

/** The path of a member of what stands at a path. */
export function memberPath(path: string, member: string): string {
  return path === '' ? member : `${path}.${member}`;
}
