import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import { finder, type Locate } from './finding.ts';
import { checkMembers } from './members.ts';
import { rules } from './rules.ts';

export type { Locate };

/**
 * Reports everything for which AWS, or Fargate when the task starts, would refuse a task definition, and what is
 * doubtful. Works offline, and never throws.
 *
 * @param definition An input of RegisterTaskDefinition, ours or read from JSON; it may have any shape.
 * @param locate Gives the place of a path such as `containerDefinitions[0].portMappings[1].containerPort`, and may
 *   give none: the finding then stands at the nearest parent that has a place. The path of the whole is empty.
 */
export function check(definition: unknown, locate: Locate, report: Report): void {
  const find = finder(locate, report);
  const readable = checkMembers(definition, find);
  if (readable !== undefined) for (const rule of rules) rule(readable, find);
}

/**
 * What RegisterTaskDefinition would answer to a definition: AWS's own words for the first error, or ours where its
 * words are not on record. undefined where it would be taken.
 */
export function refusalOf(definition: unknown): string | undefined {
  const errors: Diagnostic[] = [];
  check(
    definition,
    () => undefined,
    (diagnostic) => {
      if (diagnostic.severity === 'error') errors.push(diagnostic);
    },
  );
  const [first] = errors;
  return first && (first.aws ?? first.message);
}
