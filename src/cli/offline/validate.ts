import { check } from '../../checker/check.ts';
import { type Code, type Diagnostic, identityOf } from '../../diagnostics/diagnostic.ts';
import type { Checked, Format } from '../../diagnostics/format/format.ts';
import { diagnosticsJson } from '../../diagnostics/format/json.ts';
import { formatSummary, formatText } from '../../diagnostics/format/text.ts';
import { printable } from '../../diagnostics/printable.ts';
import type { Host } from '../../host.ts';
import { readTaskDefinition } from '../../parser/task-definition/read.ts';
import { shortPath } from '../../source/read.ts';
import { UsageError } from '../command.ts';
import type { Output, ValidateOptions } from '../commands/validate.ts';
import { displayPath } from '../display-path.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { isRefused, printFindings, sortFindings, withSeverities } from '../findings.ts';
import { compileInput } from '../input.ts';
import type { Io } from '../io.ts';
import { jsonDocument } from '../render/json-document.ts';
import { fix, fixingSummary, printDiff, writeFixed } from '../validate/fix.ts';
import { changedInputs, findInputs, type Input } from '../validate/inputs.ts';
import { taskSummary } from '../validate/task-summary.ts';
import { version } from '../version.ts';
import { writeFile } from '../write-file.ts';

/** What `validate` does not mind: a region is for those who make the definition, or run it. */
const regionFinding: Code = 'transform/region-unknown';

/** Prints what is found in each of the inputs as the reports that are asked for, and mends it with `--fix`. */
export async function validate(io: Io, options: ValidateOptions, words: readonly string[]): Promise<ExitCode> {
  const outputs = options.format ?? [{ format: options.json ? 'json' : 'text' }];
  refuseContradictions(options, outputs);
  const inputs = options.changed ? changedInputs(io.host) : await findInputs(io.host, words);
  const ofOptions = !options.changed && words.length === 0;
  const checkAll = (host: Host) => checkInputs({ ...io, host }, options, ofOptions ? [undefined] : inputs);
  const fixing = options.fix ? await fix(io.host, checkAll) : undefined;
  const isDry = options.dryRun === true;
  if (fixing !== undefined) await (isDry ? printDiff(io, fixing) : writeFixed(fixing));
  const checked = fixing === undefined ? await checkAll(io.host) : isDry ? fixing.before : fixing.after;
  for (const output of outputs) await write(io, options, checked, output);
  if (fixing !== undefined && !options.quiet) io.error.write(fixingSummary(fixing, isDry));
  const diagnostics = checked.flatMap((one) => one.diagnostics);
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length;
  const isTooMany = warnings > (options.maxWarnings ?? Number.POSITIVE_INFINITY);
  if (isTooMany)
    io.error.write(`${warnings} warnings are more than --max-warnings ${options.maxWarnings} lets pass.\n`);
  return isTooMany || isRefused(diagnostics, options) ? exitCode.findings : exitCode.done;
}

/** What is found in each of the inputs; undefined stands for the project that the options name. */
async function checkInputs(
  io: Io,
  options: ValidateOptions,
  inputs: readonly (Input | undefined)[],
): Promise<readonly Checked[]> {
  const said = new Set<string>();
  const checked: Checked[] = [];
  for (const input of inputs) checked.push(await checkedOnce(io, options, input, said));
  return checked;
}

/** What is found in one input, but for what was said already of a file that several share. */
async function checkedOnce(
  io: Io,
  options: ValidateOptions,
  input: Input | undefined,
  said: Set<string>,
): Promise<Checked> {
  const checked = definitionIn(io, options, input) ?? (await projectIn(io, options, input));
  const fresh = checked.diagnostics.filter((one) => !said.has(identityOf(one)));
  for (const one of fresh) said.add(identityOf(one));
  return { ...checked, diagnostics: sortFindings(fresh) };
}

/** What is found in a task definition in JSON; undefined where the input is something else. */
function definitionIn({ host }: Io, options: ValidateOptions, input: Input | undefined): Checked | undefined {
  if (input?.file?.endsWith('.json') !== true) return undefined;
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  const read = readTaskDefinition(host, input.file, report);
  if (read !== undefined && read.definition === undefined) return undefined;
  if (read !== undefined) check(read.definition, read.locate, report);
  return { name: input.name, diagnostics: withSeverities(diagnostics, options) };
}

async function projectIn(io: Io, options: ValidateOptions, input: Input | undefined): Promise<Checked> {
  const { diagnostics, project, task } = await compileInput(io, options, {
    ...(input?.file === undefined ? {} : { files: [input.file] }),
    ...(input?.directory === undefined ? {} : { files: [], projectDirectory: input.directory }),
  });
  const first = project?.files[0]?.path;
  return {
    name: input?.name ?? (first === undefined ? '.' : shortPath(io.host, first)),
    diagnostics: diagnostics.filter(({ code }) => code !== regionFinding),
    ...(task === undefined ? {} : { task: taskSummary(task.definition) }),
  };
}

async function write(
  io: Io,
  options: ValidateOptions,
  checked: readonly Checked[],
  { format, file }: Output,
): Promise<void> {
  if (format === 'text' && file === undefined) return writeText(io, options, checked);
  const text = await reportOf(io, options, checked, format);
  if (file === undefined) io.out.write(text);
  else writeFile(io, file, text);
}

function writeText(io: Io, options: ValidateOptions, checked: readonly Checked[]): void {
  const diagnostics = checked.flatMap((one) => one.diagnostics);
  printFindings(io, diagnostics, options);
  if (options.quiet) return;
  if (checked.length === 0) io.error.write('None of the files listed belongs to a project.\n');
  if (!options.fix) io.error.write(offer(diagnostics));
  if (checked.length === 1 && diagnostics.length === 0) io.error.write('No findings.\n');
  if (checked.length > 1) io.error.write(`\n${checked.map(count).join('')}`);
}

/** How many findings `--fix` would mend, in a line; "" for none. */
function offer(diagnostics: readonly Diagnostic[]): string {
  const fixable = diagnostics.filter((one) => one.fix !== undefined).length;
  if (fixable === 0) return '';
  const isAll = fixable === diagnostics.length;
  return `--fix mends ${fixable === 1 && isAll ? 'it' : `${isAll ? 'all' : fixable} of them`}.\n`;
}

function count({ name, diagnostics }: Checked): string {
  return `${printable(name)}: ${formatSummary(diagnostics) || 'no findings'}\n`;
}

async function reportOf(
  io: Io,
  options: ValidateOptions,
  checked: readonly Checked[],
  format: string,
): Promise<string> {
  const show = displayPath(io.host);
  const diagnostics = checked.flatMap((one) => one.diagnostics);
  if (format === 'text') return formatText(diagnostics, { displayPath: show });
  if (format === 'json') return jsonDocument(diagnosticsJson(diagnostics, show));
  const { reports, hash }: typeof import('../validate/reports.ts') = await import('../validate/reports.ts');
  const { rulePages }: typeof import('../rule-pages.ts') = await import('../rule-pages.ts');
  const fails = (one: Diagnostic) => isRefused([one], options);
  return (reports[format] as Format)(checked, { displayPath: show, version, fails, hash, rulePages });
}

function refuseContradictions(options: ValidateOptions, outputs: readonly Output[]): void {
  if (options.dryRun && !options.fix) throw new UsageError('--dry-run is for --fix: add it, or leave --dry-run out.');
  if (!options.fix) return;
  if (options.file?.includes('-')) throw new UsageError('--fix cannot write to standard input. Name a file.');
  const onOut = options.dryRun && outputs.find(({ format, file }) => format !== 'text' && file === undefined);
  if (onOut) {
    throw new UsageError(
      `--dry-run prints a diff on stdout. Write the report to a file: --format ${onOut.format}=PATH.`,
    );
  }
}
