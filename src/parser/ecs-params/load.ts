import { join, resolve } from 'pathe';
import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Host } from '../../host.ts';
import { mapItems, mapValues } from '../../source/build.ts';
import { isNull, type Node, stringOf } from '../../source/node.ts';
import { readSource, shortPath } from '../../source/read.ts';
import { parseYaml } from '../../source/yaml.ts';
import { interpolate } from '../compose/interpolation.ts';
import type { Variables } from '../compose/variables.ts';
import { checkConsistency } from './consistency.ts';
import type { EcsParams } from './ecs-params.ts';
import { resolvePlainScalars } from './plain-scalars.ts';
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
  const reportHere: Report = (finding) => {
    failed ||= finding.severity === 'error';
    report(finding);
  };
  const written = resolvePlainScalars(interpolate(document, options.variables, reportHere));
  if (!checkSchema(written, report)) return undefined;
  const root = withoutEmpty(written);
  checkConsistency(root, reportHere);
  return !failed && root.kind === 'mapping' ? { file, root } : undefined;
}

/** Where an empty value says something: a service has a name all the same, an option may be set to nothing. */
const meaningful = ['services', 'options'];

/** The tree without the keys that are given nothing, as if they were not there. */
function withoutEmpty(node: Node, parent = ''): Node {
  if (node.kind === 'sequence') return mapItems(node, (item) => withoutEmpty(item));
  if (node.kind !== 'mapping') return node;
  return mapValues(node, (value, key) => {
    const isEmpty = isNull(value) || stringOf(value) === '';
    return isEmpty && !meaningful.includes(parent) ? undefined : withoutEmpty(value, key);
  });
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
