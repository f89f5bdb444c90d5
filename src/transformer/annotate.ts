import { formatPlace } from '../diagnostics/format/text.ts';
import { printable } from '../diagnostics/printable.ts';
import { memberPath } from '../fargate/member-path.ts';
import { writeYaml } from '../source/write-yaml.ts';
import type { Origin, Task } from './task.ts';

/** The task definition in YAML, with a comment beside each member that says where it came from. */
export function annotate({ definition, origins }: Task, displayPath: (path: string) => string): string {
  return writeYaml(definition, (path) => originText(origins.get(path), displayPath));
}

/** What stands at a path of the definition, in YAML; its members have comments, it itself has none. */
export function annotateMember(
  { origins }: Task,
  { path, value }: Member,
  displayPath: (path: string) => string,
): string {
  return writeYaml(value, (below) => {
    if (below === '') return undefined;
    const whole = below.startsWith('[') ? `${path}${below}` : memberPath(path, below);
    return originText(origins.get(whole), displayPath);
  });
}

/** A member of a definition: its path, such as `containerDefinitions[0].memory`, and its value. */
export interface Member {
  readonly path: string;
  readonly value: unknown;
}

/**
 * An origin on one line: `compose.yaml:4:12`, the rule that made the value of what stands there, and the places that
 * had a part in it.
 */
function originText(origin: Origin | undefined, displayPath: (path: string) => string): string | undefined {
  if (origin?.source === undefined) return origin?.rule;
  const { source, rule, related = [] } = origin;
  const places = related.map((one) => `with ${formatPlace(one.source, displayPath)}`);
  const parts = [formatPlace(source, displayPath), ...(rule === undefined ? [] : [rule]), ...new Set(places)];
  return printable(parts.join(', ')).replaceAll('\n', ' ');
}
