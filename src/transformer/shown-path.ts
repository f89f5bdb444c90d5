import { relative } from 'pathe';
import type { Project } from '../parser/compose/project.ts';

/** A path as a Compose file has it: `./site.conf` where it lies in the project's directory, else as it is. */
export function shownPath(project: Project, path: string): string {
  const inside = relative(project.directory, path);
  if (inside === '') return '.';
  return inside.startsWith('..') ? path : `./${inside}`;
}
