import { basename } from 'pathe';
import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { madeBy, readBy, scalar } from '../../source/build.ts';
import { child, type Node, type ScalarNode, stringOf } from '../../source/node.ts';
import type { SourceFile } from '../../source/source.ts';
import { interpolate } from './interpolation.ts';
import type { LoadOptions } from './options.ts';
import type { Variables } from './variables.ts';

/** Lower case letters, digits, `_` and `-`, the first one a letter or a digit: what else a name holds is left out. */
export function normaliseName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}

/** Whether a project's name stands in a Compose file, as it is or in another form. */
export function isWritten({ rule }: Node): boolean {
  return rule === undefined || rule === 'normal form of the project name';
}

/**
 * The project's name, with the place that it comes from: `-p`, `COMPOSE_PROJECT_NAME`, the last `name:` of the files,
 * else the directory. Undefined after reporting that it cannot be used.
 */
export function projectName(
  options: LoadOptions,
  variables: Variables,
  documents: readonly Node[],
  directory: string,
  file: SourceFile,
  report: Report,
): ScalarNode | undefined {
  const start = { file, start: 0, end: 0 };
  const variable = variables.get('COMPOSE_PROJECT_NAME');
  const given = options.projectName || variable?.value;
  if (given) {
    const source = options.projectName ? undefined : variable?.source;
    if (given !== normaliseName(given)) {
      report(diagnostic('compose/project-name', { name: given, normal: normaliseName(given) }, source));
      return undefined;
    }
    return scalar(given, madeBy('project name given', { source: source ?? start }));
  }
  const written = documents
    .flatMap((document) => child(document, 'name') ?? [])
    .findLast((name) => stringOf(name) !== '');
  const text = written === undefined ? undefined : interpolate(written, variables, report, ['name']);
  const chosen = stringOf(text) ?? basename(directory);
  const name = normaliseName(chosen);
  if (name === '') {
    report(diagnostic('compose/project-name', { name: chosen, normal: '' }, text?.source));
    return undefined;
  }
  return stringOf(text) !== undefined && text?.kind === 'scalar'
    ? readBy('normal form of the project name', text, name)
    : scalar(name, madeBy('name of the project directory', { source: start }));
}
