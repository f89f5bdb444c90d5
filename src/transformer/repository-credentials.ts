import { diagnostic } from '../diagnostics/diagnostic.ts';
import { isContainerOf } from '../parser/registry-creds/containers.ts';
import { child, type Node, stringOf } from '../source/node.ts';
import { shortPath } from '../source/read.ts';
import type { ContainerConcern, ContainerContext, TaskContext } from './context.ts';
import { originFrom } from './task.ts';

/**
 * `repositoryCredentials`: what `registry-creds up` wrote of the container, else `repository_credentials` of ecs-params,
 * else `x-aws-pull_credentials`. So it was with ecs-cli.
 */
export const repositoryCredentials: ContainerConcern = (container, context) => {
  const { name, service, params, fields } = container;
  const given =
    child(child(params, 'repository_credentials'), 'credentials_parameter') ??
    child(service.node, 'x-aws-pull_credentials');
  const written = writtenParameter(container, context);
  if (written !== undefined)
    reportOverride(given, written, `The secret that the image of "${name}" is pulled with`, context);
  const credentials = written ?? given;
  const credentialsParameter = stringOf(credentials);
  if (credentials !== undefined && credentialsParameter !== undefined) {
    fields.put('repositoryCredentials', { credentialsParameter }, originFrom(credentials));
  }
};

function writtenParameter({ service }: ContainerContext, { registryCredentials }: TaskContext): Node | undefined {
  const named = registryCredentials?.containers.find((one) => isContainerOf(one, service.name));
  return child(named?.entry, 'credentials_parameter');
}

/** Says where the file of `registry-creds up` takes the place of another value that is given. */
export function reportOverride(
  given: Node | undefined,
  written: Node | undefined,
  what: string,
  context: TaskContext,
): void {
  const { host, registryCredentials, report } = context;
  const value = stringOf(written);
  if (given === undefined || value === undefined || value === stringOf(given) || registryCredentials === undefined)
    return;
  const words = { what, value, file: shortPath(host, registryCredentials.file.path) };
  report(diagnostic('registry/credentials-override', words, given.source));
}

/** Says what a file of `registry-creds up` does that nobody has named. */
export function reportRegistryCredentials(context: TaskContext): void {
  const { host, registryCredentials, containers, report } = context;
  if (registryCredentials?.isFound !== true) return;
  const services = containers
    .filter((container) => writtenParameter(container, context) !== undefined)
    .map(({ service }) => service.name);
  const role = stringOf(registryCredentials.executionRole);
  if (services.length === 0 && role === undefined) return;
  const words = { file: shortPath(host, registryCredentials.file.path), services, role };
  report(diagnostic('registry/credentials-found', words, registryCredentials.source));
}
