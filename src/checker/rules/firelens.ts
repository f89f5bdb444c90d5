import { firelensOptions, logDrivers, logDriversNotOnFargate } from '../../fargate/log-drivers.ts';
import { suggest } from '../../source/suggest.ts';
import type { Find } from '../finding.ts';
import { type Container, containers, isReadable, type ReadableContainer } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** Logs sent through FireLens have a router in the task, a router has logs, and its configuration is in the image. */
export const firelens: Rule = (definition, find) => {
  const all = containers(definition);
  const routers = all.filter(({ value }) => value.firelensConfiguration !== undefined);
  for (const { value, path, name } of routers.length === 0 ? all : []) {
    if (value.logConfiguration?.logDriver !== 'awsfirelens') continue;
    find('fargate/firelens-router', `${path}.logConfiguration.logDriver`, { container: name });
  }
  const areUnused = all.every(({ value }) => logsElsewhere(value));
  for (const router of routers) {
    if (areUnused) find('fargate/firelens-unused', `${router.path}.firelensConfiguration`, { container: router.name });
    checkOptions(router, find);
  }
};

const otherDrivers = [...Object.keys(logDrivers), ...logDriversNotOnFargate].filter((name) => name !== 'awsfirelens');

/** Whether a container certainly does not log through FireLens: a driver that cannot be read might be a slip for it. */
function logsElsewhere(container: ReadableContainer): boolean {
  const { logConfiguration } = container;
  if (logConfiguration === undefined) return isReadable(container, 'logConfiguration');
  return otherDrivers.includes(logConfiguration.logDriver ?? '');
}

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
