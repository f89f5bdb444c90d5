import type { Docker } from './docker.ts';
import type { DockerOptions } from './docker-command.ts';

/** The `docker` on this machine's PATH; what runs it is loaded now. */
export async function openDocker(options: DockerOptions): Promise<Docker> {
  const { dockerCommand } = await import('./docker-command.ts');
  return dockerCommand(options);
}
