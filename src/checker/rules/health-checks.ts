import { containers } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** A health check says how it is run. */
export const healthChecks: Rule = (definition, find) => {
  for (const { value, path, name } of containers(definition)) {
    const first = value.healthCheck?.command?.[0];
    if (first === undefined || first === 'CMD' || first === 'CMD-SHELL') continue;
    const at = `${path}.healthCheck.command[0]`;
    find('fargate/health-check-command', at, { first: JSON.stringify(first), container: name });
  }
};
