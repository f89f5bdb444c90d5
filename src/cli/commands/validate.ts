import { resolve } from 'pathe';
import { check } from '../../checker/check.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { diagnosticsJson } from '../../diagnostics/format/json.ts';
import { readTaskDefinition } from '../../parser/task-definition/read.ts';
import type { CommandDefinition } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { displayPath, isRefused, printFindings, sortFindings, withSeverities } from '../findings.ts';
import type { GlobalOptions } from '../global-options.ts';
import { compileInput } from '../input.ts';
import type { Io } from '../io.ts';

interface ValidateOptions extends GlobalOptions {
  readonly format?: 'text' | 'json';
}

/** Stands in for the region where none is set: nothing that names it is printed. */
const anyRegion = 'us-east-1';

export const validate: CommandDefinition<ValidateOptions> = {
  name: 'validate',
  aliases: ['lint'],
  summary: 'report what AWS would refuse and what becomes otherwise than the files say',
  arguments: [{ usage: '[files...]', summary: 'Compose files, each a project, or task definitions in JSON' }],
  options: [{ flags: '--format <format>', summary: 'text (the default) or json', choices: ['text', 'json'] }],
  async run(io, options, files) {
    const inputs = files.length === 0 ? [undefined] : files;
    const diagnostics: Diagnostic[] = [];
    for (const file of inputs) diagnostics.push(...(await findingsOf(io, options, file)));
    if (options.format === 'json' || options.json) {
      io.out.write(`${JSON.stringify(diagnosticsJson(sortFindings(diagnostics), displayPath(io.host)), null, 2)}\n`);
    } else {
      printFindings(io, diagnostics, options);
      if (diagnostics.length === 0 && !options.quiet) io.error.write('No findings.\n');
    }
    return isRefused(diagnostics, options) ? exitCode.findings : exitCode.done;
  },
};

/** The findings about one input: the project of the options, a Compose file, or a task definition. */
async function findingsOf(io: Io, options: ValidateOptions, file: string | undefined): Promise<readonly Diagnostic[]> {
  if (file?.endsWith('.json') === true) {
    const diagnostics: Diagnostic[] = [];
    const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
    const read = readTaskDefinition(io.host, resolve(io.host.cwd, file), report);
    if (read?.definition !== undefined) {
      check(read.definition, read.locate, report);
      return withSeverities(diagnostics, options);
    }
    if (read === undefined) return withSeverities(diagnostics, options);
  }
  const more = file === undefined ? {} : { files: [file] };
  const { diagnostics } = await compileInput(io, { ...options, region: options.region ?? anyRegion }, more);
  return diagnostics;
}
