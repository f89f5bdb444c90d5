import { writeYaml } from '../../source/write-yaml.ts';
import { annotate } from '../../transformer/annotate.ts';
import type { Task } from '../../transformer/task.ts';
import { UsageError } from '../command.ts';
import type { ConvertOptions } from '../commands/convert.ts';
import { displayPath } from '../display-path.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { validInput } from '../input.ts';
import type { Io } from '../io.ts';
import { jsonDocument } from '../render/json-document.ts';
import { writeFile } from '../write-file.ts';

/** Prints the task definition that the project becomes, or writes it to a file. */
export async function convert(io: Io, options: ConvertOptions): Promise<ExitCode> {
  if (options.annotate && options.format === 'json') {
    throw new UsageError('--annotate writes comments, which JSON does not have. Leave out --format json.');
  }
  const input = await validInput(io, options, 'info');
  if (input === undefined) return exitCode.findings;
  const text = print(input.task, io, options);
  if (options.output === undefined || options.output === '-') io.out.write(text);
  else writeFile(io, options.output, text);
  return exitCode.done;
}

function print(task: Task, io: Io, options: ConvertOptions): string {
  if (options.annotate) return annotate(task, displayPath(io.host));
  if (options.format === 'yaml') return writeYaml(task.definition);
  return jsonDocument(task.definition);
}
