import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { projectJson, projectYaml } from '../../parser/compose/json.ts';
import { loadProject } from '../../parser/compose/load.ts';
import { imagesOf, servicesOf } from '../../parser/compose/project.ts';
import { writeYaml } from '../../source/write-yaml.ts';
import type { CommandDefinition } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { isRefused, printFindings, withSeverities } from '../findings.ts';
import type { GlobalOptions } from '../global-options.ts';
import { loadOptions } from '../input.ts';

interface ConfigOptions extends GlobalOptions {
  readonly format?: 'json' | 'yaml';
  readonly services?: boolean;
  readonly images?: boolean;
}

export const config: CommandDefinition<ConfigOptions> = {
  name: 'config',
  summary: 'print the normalised project, as "docker compose config" does',
  arguments: [{ usage: '[services...]', summary: 'only these services and what they depend on' }],
  options: [
    { flags: '--format <format>', summary: 'yaml (the default) or json', choices: ['yaml', 'json'] },
    { flags: '--services', summary: 'print the names of the services only' },
    { flags: '--images', summary: 'print the names of the images only' },
  ],
  async run(io, options, services) {
    const found: Diagnostic[] = [];
    const selected = services.length === 0 ? {} : { services };
    const { project } = loadProject(io.host, { ...loadOptions(options), ...selected }, (one) => found.push(one));
    const diagnostics = withSeverities(found, options);
    const isValid = project !== undefined && !isRefused(diagnostics, options);
    printFindings(io, diagnostics, options);
    if (!isValid) return exitCode.findings;
    const names = options.services ? servicesOf(project).map(({ name }) => name) : options.images && imagesOf(project);
    if (names) {
      io.out.write(names.map((name) => `${name}\n`).join(''));
      return exitCode.done;
    }
    const json = options.format === 'json' || (options.format === undefined && options.json === true);
    io.out.write(
      json ? `${JSON.stringify(projectJson(project), null, 2)}\n` : writeYaml(escapeDollars(projectYaml(project))),
    );
    return exitCode.done;
  },
};

/** `$` doubled in every string, so that the YAML is itself a Compose file. */
function escapeDollars(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (Array.isArray(value)) return value.map(escapeDollars);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, escapeDollars(each)]));
}
