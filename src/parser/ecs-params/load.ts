import { join, resolve } from 'pathe';
import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Host } from '../../host.ts';
import { child, entriesOf } from '../../source/node.ts';
import { readSource, shortPath } from '../../source/read.ts';
import { suggest } from '../../source/suggest.ts';
import { parseYaml } from '../../source/yaml.ts';
import { interpolate } from '../compose/interpolation.ts';
import { type Project, servicesOf } from '../compose/project.ts';
import type { Variables } from '../compose/variables.ts';
import type { EcsParams } from './ecs-params.ts';
import { checkSchema } from './schema.ts';

/** Where an ecs-params file is looked for, and what its values are interpolated with. */
export interface EcsParamsOptions {
  /** The file that the user named. */
  readonly path?: string | undefined;
  /** The directory of the first Compose file. */
  readonly directory: string;
  readonly variables: Variables;
}

const names = ['ecs-params.yml', 'ecs-params.yaml'];

/**
 * The ecs-params file: the one named, else the one beside the first Compose file or in the current directory;
 * undefined where there is none or it has errors, which are reported.
 */
export function loadEcsParams(host: Host, options: EcsParamsOptions, report: Report): EcsParams | undefined {
  const path = options.path === undefined ? findFile(host, options.directory, report) : resolve(host.cwd, options.path);
  const file = path === undefined ? undefined : readSource(host, path, 'ecs-params file', report);
  if (file === undefined) return undefined;
  const [document] = parseYaml(file, report);
  if (document === undefined) return undefined;
  let failed = false;
  const root = interpolate(document, options.variables, (finding) => {
    failed ||= finding.severity === 'error';
    report(finding);
  });
  const isValid = checkSchema(root, report);
  return isValid && !failed && root.kind === 'mapping' ? { file, root } : undefined;
}

/** Reports services of ecs-params that the project does not have. */
export function checkServices({ root }: EcsParams, project: Project, report: Report): void {
  const known = servicesOf(project).map(({ name }) => name);
  for (const [service, { key }] of entriesOf(child(child(root, 'task_definition'), 'services'))) {
    if (known.includes(service)) continue;
    const words = {
      service,
      suggestion: suggest(service, known),
      services: known.map((name) => `"${name}"`).join(', '),
    };
    report(diagnostic('params/unknown-service', words, key));
  }
}

function findFile(host: Host, directory: string, report: Report): string | undefined {
  const directories = [...new Set([directory, host.cwd])];
  const found = directories.flatMap((one) =>
    names.map((name) => join(one, name)).filter((path) => host.kind(path) !== 'missing'),
  );
  if (found.length > 1) {
    report(diagnostic('params/ambiguous-file', { paths: found.map((path) => shortPath(host, path)).join(' and ') }));
    return undefined;
  }
  return found[0];
}
