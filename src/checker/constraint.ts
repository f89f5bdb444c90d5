import type { Constraint } from '../fargate/member.ts';
import { slipOf } from '../source/slip.ts';
import { suggest } from '../source/suggest.ts';
import type { Find } from './finding.ts';

/** The member that a constraint is about, for the finding. */
export interface ConstraintAt {
  readonly path: string;
  readonly subject: string;
  readonly container: string;
}

/** Reports the value, of the member's type, where it breaks the constraint. Gives whether it does. */
export function checkConstraint(constraint: Constraint, value: unknown, at: ConstraintAt, find: Find): boolean {
  const { path, subject, container } = at;
  switch (constraint.kind) {
    case 'range': {
      const { minimum, maximum, unit, below, awsBelow, awsAbove } = constraint;
      if (typeof value !== 'number' || (value >= minimum && value <= maximum)) return false;
      const aws = fill(value < minimum ? awsBelow : awsAbove, { value, container });
      find('fargate/range', path, { subject, value, minimum, maximum, unit, below, aws });
      return true;
    }
    case 'length': {
      const { maximum, of: unit } = constraint;
      if ((typeof value !== 'string' && !Array.isArray(value)) || value.length <= maximum) return false;
      const aws = fill(constraint.aws, { container });
      find('fargate/length', path, { subject, length: value.length, maximum, unit, aws });
      return true;
    }
    case 'pattern': {
      if (typeof value !== 'string' || constraint.pattern.test(value)) return false;
      const { form } = constraint;
      const aws = fill(constraint.aws, { value, container });
      find('fargate/pattern', path, { subject, value: JSON.stringify(value), form, aws });
      return true;
    }
    case 'values': {
      if (typeof value !== 'string' || constraint.values.includes(value)) return false;
      const elsewhere = constraint.notOnFargate?.includes(value) ?? false;
      find('fargate/enum', path, {
        subject,
        value: JSON.stringify(value),
        values: constraint.values,
        suggestion: elsewhere ? undefined : suggest(value, constraint.values),
        correction: elsewhere ? undefined : slipOf(value, constraint.values),
        elsewhere,
        instead: elsewhere ? constraint.instead : undefined,
        // What AWS says to a value that ECS has nowhere is not on record.
        aws: elsewhere ? fill(constraint.aws, { value, container }) : undefined,
      });
      return true;
    }
  }
}

/** AWS's words, with `{value}` and `{container}` filled in. */
export function fill(
  words: string | undefined,
  values: { readonly value?: string | number; readonly container: string },
): string | undefined {
  return words?.replace(/\{(value|container)\}/g, (_, name: 'value' | 'container') => String(values[name] ?? ''));
}
