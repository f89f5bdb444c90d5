import type { ImageBuild } from './image-build.ts';
import type { Authorization } from './registry.ts';

/** What the deployer asks of docker on this machine. Every method may throw a `DockerError`. */
export interface Docker {
  /** Sees whether there is a docker, and whether it can build. */
  probe(): Promise<void>;
  build(build: ImageBuild, reference: string): Promise<void>;
  login(authorization: Authorization): Promise<void>;
  /** Gives the digest of what the registry now has. */
  push(reference: string): Promise<string>;
}

/** docker is not there, or a command of it failed. */
export class DockerError extends Error {
  override readonly name = 'DockerError';
  readonly action: 'probe' | 'build' | 'login' | 'push';
  /** Whether there is no such program. */
  readonly missing: boolean;

  /** `message` is docker's own, its last lines. */
  constructor(action: DockerError['action'], message: string, missing = false) {
    super(message);
    this.action = action;
    this.missing = missing;
  }
}

/** Whether docker failed. By name, for the class is another one in each bundle. */
export function isDockerError(error: unknown): error is DockerError {
  return error instanceof Error && error.name === 'DockerError';
}

/** The digest in what `docker push` prints, of which the last line counts; undefined where it prints none. */
export function pushedDigest(output: string): string | undefined {
  return [...output.matchAll(/\bdigest: (sha256:[0-9a-f]{64})\b/g)].at(-1)?.[1];
}

/** The digest of an image in one of the repositories that it was pushed to, as `docker inspect` lists them. */
export function repositoryDigest(digests: readonly string[], reference: string): string | undefined {
  const repository = repositoryOf(reference);
  return digests.find((one) => one.startsWith(`${repository}@`))?.slice(repository.length + 1);
}

/** An image's reference without its tag. */
export function repositoryOf(reference: string): string {
  return reference.replace(/:[^:/]*$/, '');
}
