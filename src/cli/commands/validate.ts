import { type CommandDefinition, UsageError } from '../command.ts';
import { didYouMean } from '../did-you-mean.ts';
import { parseAmount } from '../durations.ts';
import type { GlobalOptions } from '../global-options.ts';
import { repeated } from '../repeated.ts';

type Offline = typeof import('../offline.ts');

export interface ValidateOptions extends GlobalOptions {
  readonly format?: readonly Output[];
  /** Take the images of services with `build` as built. */
  readonly build?: boolean;
  readonly changed?: boolean;
  readonly maxWarnings?: number;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
}

/** A report, and the file that it goes to; none: stdout, and text to stderr. */
export interface Output {
  readonly format: string;
  readonly file?: string;
}

const formats = ['text', 'json', 'sarif', 'github', 'gitlab', 'junit', 'markdown'];

export const validate: CommandDefinition<ValidateOptions> = {
  name: 'validate',
  aliases: ['lint'],
  summary: 'report what AWS would refuse and what becomes otherwise than the files say',
  arguments: [
    {
      usage: '[inputs...]',
      summary: 'Compose files, directories or patterns, each a project; task definitions in JSON',
      completes: 'files',
    },
  ],
  options: [
    {
      flags: '--format <format[=file]>',
      summary: `${formats.join(', ')}; may be repeated`,
      completes: formats,
      parse: parseOutput,
    },
    { flags: '--build', summary: 'take the images of services with "build:" as built, as "up --build" does' },
    { flags: '--changed', summary: 'look only at the projects of the files listed on stdin' },
    { flags: '--max-warnings <n>', summary: 'end with exit code 1 when there are more warnings', parse: parseAmount },
    { flags: '--fix', summary: 'mend in the files what has one certain remedy' },
    { flags: '--dry-run', summary: 'with --fix: print what it would change as a diff, and change nothing' },
  ],
  async run(io, options, words) {
    const { validate }: Offline = await import('../offline.ts');
    return validate(io, options, words);
  },
};

function parseOutput(text: string, earlier: unknown): readonly Output[] {
  const [, format = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  if (!formats.includes(format)) {
    const help = didYouMean(format, formats, `Formats are ${formats.join(', ')}.`);
    throw new UsageError(`There is no format "${format}". ${help}`);
  }
  if (file === '') throw new UsageError(`--format ${text} names no file. Write --format ${format}=PATH.`);
  return repeated(earlier, { format, ...(file === undefined ? {} : { file }) });
}
