import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { projectJson, projectYaml } from '../../parser/compose/json.ts';
import { type Loaded, loadProject } from '../../parser/compose/load.ts';
import type { Json } from '../../parser/compose/plain.ts';
import { imagesOf, type Project, servicesOf } from '../../parser/compose/project.ts';
import { usedVariables } from '../../parser/compose/used-variables.ts';
import { writeYaml } from '../../source/write-yaml.ts';
import { UsageError } from '../command.ts';
import type { ConfigOptions } from '../commands/config.ts';
import { didYouMean } from '../did-you-mean.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { isRefused, printFindings, withSeverities } from '../findings.ts';
import { loadOptions } from '../input.ts';
import type { Io } from '../io.ts';
import { jsonDocument } from '../render/json-document.ts';
import { formatTable } from '../render/table.ts';
import { serviceHash } from '../service-hash.ts';

/** Prints the normalised project, or what is asked about it. */
export async function config(io: Io, options: ConfigOptions, services: readonly string[]): Promise<ExitCode> {
  refuseContradictions(options);
  const found: Diagnostic[] = [];
  const selected = services.length === 0 ? {} : { services };
  const loaded = loadProject(io.host, { ...loadOptions(options), ...selected }, (one) => found.push(one));
  // Which variables the files use does not depend on whether these have values.
  const concerned = options.variables ? found.filter(({ code }) => isAboutReading(code)) : found;
  const diagnostics = withSeverities(concerned, options);
  printFindings(io, diagnostics, options);
  if (isRefused(diagnostics, options)) return exitCode.findings;
  const text = options.variables
    ? printVariables(loaded, options)
    : loaded.project && (await print(loaded.project, options));
  if (text === undefined) return exitCode.findings;
  if (!options.quiet) io.out.write(text);
  return exitCode.done;
}

/** One thing is printed. */
function refuseContradictions(options: ConfigOptions): void {
  const [one, other] = (['services', 'images', 'variables', 'hash'] as const).filter((name) => name in options);
  if (other !== undefined) throw new UsageError(`--${one} and --${other} exclude each other.`);
}

/** Whether a finding says that a file could not be read, and not what is wrong with what it says. */
function isAboutReading(code: string): boolean {
  return /^(?:input|yaml)\//.test(code) || code === 'compose/no-file';
}

async function print(project: Project, options: ConfigOptions): Promise<string> {
  const list = wantsJson(options) ? json : lines;
  if (options.services) return list(servicesOf(project).map(({ name }) => name));
  if (options.images) return list(imagesOf(project));
  if (options.hash !== undefined) {
    const found = await hashes(project, options.hash);
    return wantsJson(options) ? json(Object.fromEntries(found)) : lines(found.map((one) => one.join(' ')));
  }
  return wantsJson(options) ? json(projectJson(project)) : writeYaml(escapeDollars(projectYaml(project)));
}

/** The services that are chosen, each with its hash. */
function hashes(project: Project, chosen: string): Promise<readonly (readonly [service: string, hash: string])[]> {
  const { services: all } = projectJson(project) as { readonly services: Readonly<Record<string, Json>> };
  const services = new Map(Object.entries(all));
  const names = chosen === '*' ? [...services.keys()] : chosen.split(',');
  return Promise.all(
    names.map(async (name) => {
      const service = services.get(name);
      if (service === undefined) throw new UsageError(noService(name, [...services.keys()]));
      return [name, await serviceHash(service)] as const;
    }),
  );
}

function noService(name: string, known: readonly string[]): string {
  const help = didYouMean(name, known, `It has ${known.join(', ')}.`);
  return `--hash: the project has no service "${name}". ${help}`;
}

/** Docker Compose's own table, and its own names of the columns in JSON. */
function printVariables({ documents }: Loaded, options: ConfigOptions): string {
  const variables = usedVariables(documents);
  if (wantsJson(options)) {
    const members = variables.map(({ name, required, defaultValue, alternateValue }) => [
      name,
      { Name: name, DefaultValue: defaultValue, PresenceValue: alternateValue, Required: required },
    ]);
    return json(Object.fromEntries(members));
  }
  const head = ['NAME', 'REQUIRED', 'DEFAULT VALUE', 'ALTERNATE VALUE'];
  const rows = variables.map((each) => [each.name, String(each.required), each.defaultValue, each.alternateValue]);
  return formatTable(head, rows);
}

function wantsJson(options: ConfigOptions): boolean {
  return options.format === 'json' || (options.format === undefined && options.json === true);
}

function json(value: unknown): string {
  return jsonDocument(value);
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}

/** `$` doubled in every string, so that the YAML is itself a Compose file. */
function escapeDollars(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (Array.isArray(value)) return value.map(escapeDollars);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, escapeDollars(each)]));
}
