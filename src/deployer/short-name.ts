import { createHash } from 'node:crypto';

const digits = 8;

/**
 * A name that is cut to so many characters. It ends with some digits of a hash of what it stands for: two names that
 * begin alike are not cut to the same.
 */
export function shortName(name: string, mostCharacters: number, identity: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(identity)).digest('hex');
  const start = name.slice(0, mostCharacters - digits - 1).replace(/-+$/, '');
  return `${start}-${hash.slice(0, digits)}`;
}
