import type { CommandDefinition } from '../command.ts';
import type { GlobalOptions } from '../global-options.ts';

type Offline = typeof import('../offline.ts');

export interface ConfigOptions extends GlobalOptions {
  readonly format?: 'json' | 'yaml';
  readonly services?: boolean;
  readonly images?: boolean;
  readonly variables?: boolean;
  readonly hash?: string;
}

export const config: CommandDefinition<ConfigOptions> = {
  name: 'config',
  summary: 'print the normalised project, as "docker compose config" does',
  arguments: [{ usage: '[services...]', summary: 'only these services and what they depend on' }],
  options: [
    { flags: '--format <format>', summary: 'yaml (the default) or json', choices: ['yaml', 'json'] },
    { flags: '--services', summary: 'print the names of the services only' },
    { flags: '--images', summary: 'print the names of the images only' },
    { flags: '--variables', summary: 'print the variables that the files use, and their defaults' },
    { flags: '--hash <services>', summary: 'print a hash of each service, "*" for all: it changes with its settings' },
    { flags: '-q, --quiet', summary: 'print nothing but what is wrong' },
  ],
  async run(io, options, services) {
    const { config }: Offline = await import('../offline.ts');
    return config(io, options, services);
  },
};
