import { suggest } from '../../source/suggest.ts';
import { containers, elements } from '../readable.ts';
import type { Rule } from '../rule.ts';

const required = ['AppPorts', 'ProxyIngressPort', 'ProxyEgressPort'];

/** The proxy of App Mesh is a container of the task, and knows its ports. */
export const proxy: Rule = (definition, find) => {
  const { proxyConfiguration: configuration } = definition;
  if (configuration === undefined) return;
  const names = containers(definition).flatMap(({ value }) => value.name ?? []);
  const { containerName } = configuration;
  if (containerName !== undefined && containerName !== '' && !names.includes(containerName)) {
    find('fargate/unknown-reference', 'proxyConfiguration.containerName', {
      subject: 'proxyConfiguration',
      name: containerName,
      what: 'container',
      suggestion: suggest(containerName, names),
    });
  }
  const given = elements(configuration.properties, '').map(({ value }) => value.name);
  const missing = required.filter((name) => !given.includes(name));
  if (missing.length > 0) find('fargate/proxy', 'proxyConfiguration.properties', { properties: missing.join(', ') });
};
