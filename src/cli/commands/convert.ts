import { writeFileSync } from 'node:fs';
import { writeYaml } from '../../source/write-yaml.ts';
import { type CommandDefinition, UsageError } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import type { GlobalOptions } from '../global-options.ts';
import { validInput } from '../input.ts';

interface ConvertOptions extends GlobalOptions {
  readonly format?: 'json' | 'yaml';
  readonly output?: string;
}

export const convert: CommandDefinition<ConvertOptions> = {
  name: 'convert',
  summary: 'print the task definition that the project becomes',
  options: [
    { flags: '--format <format>', summary: 'json (the default) or yaml', choices: ['json', 'yaml'] },
    { flags: '-o, --output <path>', summary: 'write to a file in place of stdout' },
  ],
  async run(io, options) {
    const input = await validInput(io, options, 'info');
    if (input === undefined) return exitCode.findings;
    const { definition } = input.task;
    const text = options.format === 'yaml' ? writeYaml(definition) : `${JSON.stringify(definition, null, 2)}\n`;
    if (options.output === undefined || options.output === '-') io.out.write(text);
    else write(options.output, text);
    return exitCode.done;
  },
};

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${(error as Error).message}.`);
  }
}
