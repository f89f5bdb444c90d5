import { containers } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** A container is essential unless it says otherwise, and one must be. */
export const essential: Rule = (definition, find) => {
  const all = containers(definition);
  if (all.length > 0 && all.every(({ value }) => value.essential === false)) {
    find('fargate/no-essential', 'containerDefinitions', {});
  }
};
