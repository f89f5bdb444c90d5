import type { CommandDefinition } from '../command.ts';
import type { GlobalOptions } from '../global-options.ts';

type Offline = typeof import('../offline.ts');

export interface ConvertOptions extends GlobalOptions {
  readonly format?: 'json' | 'yaml';
  readonly output?: string;
  readonly annotate?: boolean;
}

export const convert: CommandDefinition<ConvertOptions> = {
  name: 'convert',
  summary: 'print the task definition that the project becomes',
  options: [
    { flags: '--format <format>', summary: 'json (the default) or yaml', choices: ['json', 'yaml'] },
    { flags: '--annotate', summary: 'yaml, with a comment beside each member that says where it came from' },
    { flags: '-o, --output <path>', summary: 'write to a file in place of stdout', completes: 'files' },
  ],
  async run(io, options) {
    const { convert }: Offline = await import('../offline.ts');
    return convert(io, options);
  },
};
