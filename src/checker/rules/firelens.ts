import { firelensOptions } from '../../fargate/log-drivers.ts';
import { suggest } from '../../source/suggest.ts';
import type { Find } from '../finding.ts';
import { type Container, containers } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** Logs sent through FireLens have a router in the task, and its configuration is in the image. */
export const firelens: Rule = (definition, find) => {
  const all = containers(definition);
  const routed = all.some(({ value }) => value.firelensConfiguration !== undefined);
  for (const container of all) {
    if (container.value.logConfiguration?.logDriver === 'awsfirelens' && !routed) {
      find('fargate/firelens-router', `${container.path}.logConfiguration.logDriver`, { container: container.name });
    }
    checkOptions(container, find);
  }
};

function checkOptions({ value, path, name: container }: Container, find: Find): void {
  const at = `${path}.firelensConfiguration.options`;
  for (const [option, own = ''] of Object.entries(value.firelensConfiguration?.options ?? {})) {
    if (!firelensOptions.includes(option)) {
      const suggestion = suggest(option, firelensOptions);
      find('fargate/unknown-log-option', `${at}.${option}`, { of: 'firelensConfiguration', option, suggestion });
    }
    if (option === 'config-file-type' && own !== 'file') {
      find('fargate/firelens-file', `${at}.${option}`, { container, type: own });
    }
    if (option === 'enable-ecs-log-metadata' && own !== 'true' && own !== 'false') {
      find('fargate/log-option', `${at}.${option}`, { option, value: JSON.stringify(own), form: 'true or false' });
    }
  }
}
