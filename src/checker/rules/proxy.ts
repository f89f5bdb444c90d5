import { suggest } from '../../source/suggest.ts';
import { containers, elements, isReadable } from '../readable.ts';
import type { Rule } from '../rule.ts';

/**
 * Properties that it must have, if only empty. EgressIgnoredPorts is documented as required too, and left out in AWS's
 * own samples. Source: ECS API Reference, ProxyConfiguration.
 */
const required = ['AppPorts', 'ProxyIngressPort', 'ProxyEgressPort', 'EgressIgnoredIPs'];

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
  if (!isReadable(configuration, 'properties')) return;
  const given = elements(configuration.properties, '').map(({ value }) => value.name);
  const lacking = required.filter((name) => !given.includes(name)).join(', ');
  if (lacking !== '') find('fargate/proxy', 'proxyConfiguration.properties', { properties: lacking });
};
