import { writeYaml } from '../../source/write-yaml.ts';
import { annotate } from '../../transformer/annotate.ts';
import type { Task } from '../../transformer/task.ts';
import { type CommandDefinition, UsageError } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { displayPath } from '../findings.ts';
import type { GlobalOptions } from '../global-options.ts';
import { validInput } from '../input.ts';
import type { Io } from '../io.ts';
import { writeFile } from '../write-file.ts';

interface ConvertOptions extends GlobalOptions {
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
    if (options.annotate && options.format === 'json') {
      throw new UsageError('--annotate writes comments, which JSON does not have. Leave out --format json.');
    }
    const input = await validInput(io, options, 'info');
    if (input === undefined) return exitCode.findings;
    const text = print(input.task, io, options);
    if (options.output === undefined || options.output === '-') io.out.write(text);
    else writeFile(io, options.output, text);
    return exitCode.done;
  },
};

function print(task: Task, io: Io, options: ConvertOptions): string {
  if (options.annotate) return annotate(task, displayPath(io.host));
  if (options.format === 'yaml') return writeYaml(task.definition);
  return `${JSON.stringify(task.definition, null, 2)}\n`;
}
