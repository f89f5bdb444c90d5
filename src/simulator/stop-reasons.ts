import type { PullFailure } from './behaviour.ts';

/** Why a task stops by itself, in AWS's words. */
export const ESSENTIAL_EXITED = 'Essential container in task exited';
export const FAILED_TO_START = 'Task failed to start';
export const OUT_OF_MEMORY = 'OutOfMemoryError: Container killed due to memory usage';
export const NO_LOG_GROUP: string =
  'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: ' +
  'failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.' +
  ' : exit status 1';

const PULL_FAILURES: Readonly<Record<PullFailure, (reference: string) => string>> = {
  denied: (reference) =>
    `pull image manifest has been retried 1 time(s): failed to resolve ref ${reference}: pull access denied, ` +
    'repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  'not-found': (reference) =>
    `pull image manifest has been retried 1 time(s): failed to resolve ref ${reference}: ${reference}: not found`,
  'rate-limited': (reference) =>
    `ref pull has been retried 1 time(s): failed to copy: httpReaderSeeker: failed open: unexpected status code ` +
    `${manifestUrl(reference)}: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull ` +
    'rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
};

/** What ECS says, of the container and of the task, when an image cannot be pulled. */
export function cannotPull(failure: PullFailure, image: string): string {
  return `CannotPullContainerError: ${PULL_FAILURES[failure](fullReference(image))}`;
}

/** An image's name with the registry, the namespace and the tag that Docker assumes: `docker.io/library/mysql:latest`. */
function fullReference(image: string): string {
  const [first = '', ...rest] = image.split('/');
  const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const name = hasRegistry ? image : `docker.io/${rest.length === 0 ? 'library/' : ''}${image}`;
  return /[:@][^/]*$/.test(name) ? name : `${name}:latest`;
}

function manifestUrl(reference: string): string {
  const [registry, ...path] = reference.split('/');
  const [, name, tag] = /^([^:@]+)[:@](.*)$/.exec(path.join('/')) ?? [];
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  return `https://${host}/v2/${name}/manifests/${tag}`;
}
