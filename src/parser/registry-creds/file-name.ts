import { join } from 'pathe';
import type { Host } from '../../host.ts';

/** As ecs-cli names its files: by the second in which they were written, in UTC. */
const pattern = /^ecs-registry-creds_\d{8}T\d{6}Z\.yml$/;

/** The name of a file that is written at a time, in milliseconds since 1970. */
export function credentialsFileName(time: number): string {
  const second = new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
  return `ecs-registry-creds_${second}.yml`;
}

/** The path of the newest file by its name; of two with the same name, that in the first directory. */
export function newestCredentialsFile(host: Host, directories: readonly string[]): string | undefined {
  const found = [...new Set(directories)].flatMap((directory) =>
    host
      .list(directory)
      .filter(({ name, kind }) => kind !== 'directory' && pattern.test(name))
      .map(({ name }) => ({ name, path: join(directory, name) })),
  );
  const newest = found
    .map(({ name }) => name)
    .sort()
    .at(-1);
  return found.find(({ name }) => name === newest)?.path;
}
