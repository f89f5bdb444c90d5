import { suggest } from '../../source/suggest.ts';
import { containers, elements, isReadable } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** Properties that it must have. Those that may be empty are documented as required too, and often left out. */
const required = ['AppPorts', 'ProxyIngressPort', 'ProxyEgressPort'];
const mayBeEmpty = ['EgressIgnoredIPs', 'EgressIgnoredPorts'];

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
  const lacking = (names: readonly string[]) => names.filter((name) => !given.includes(name)).join(', ');
  const at = 'proxyConfiguration.properties';
  if (lacking(required) !== '') find('fargate/proxy', at, { properties: lacking(required) });
  if (lacking(mayBeEmpty) !== '') {
    find('fargate/unconfirmed', at, {
      subject: 'proxyConfiguration',
      doubt: `the documentation asks for ${lacking(mayBeEmpty)} as well`,
      instead: 'Add it, with an empty value if there is nothing to ignore.',
    });
  }
};
