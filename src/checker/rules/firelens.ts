import { containers } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** Logs sent through FireLens have a router in the task, and its configuration is in the image. */
export const firelens: Rule = (definition, find) => {
  const all = containers(definition);
  const routed = all.some(({ value }) => value.firelensConfiguration !== undefined);
  for (const { value, path, name: container } of all) {
    if (value.logConfiguration?.logDriver === 'awsfirelens' && !routed) {
      find('fargate/firelens-router', `${path}.logConfiguration.logDriver`, { container });
    }
    const type = value.firelensConfiguration?.options?.['config-file-type'];
    if (type !== undefined && type !== 'file') {
      find('fargate/firelens-file', `${path}.firelensConfiguration.options.config-file-type`, { container, type });
    }
  }
};
