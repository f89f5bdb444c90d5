import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { mapItems, mapValues, partOf } from '../../source/build.ts';
import type { Node, ScalarNode } from '../../source/node.ts';
import type { Related, Source } from '../../source/source.ts';
import { type Path, pathText } from './path.ts';
import { substitute } from './template.ts';
import type { Variables } from './variables.ts';

/**
 * The tree with variables substituted in its string values, never in its keys. A value keeps the place where it was
 * written; the `.env` lines that supplied its variables become related places.
 */
export function interpolate(root: Node, variables: Variables, report: Report, path: Path = []): Node {
  // One path for the whole walk, since most nodes never need theirs.
  const steps = [...path];
  const walk = (node: Node): Node => {
    if (node.kind === 'mapping') return mapValues(node, at);
    if (node.kind === 'sequence') return mapItems(node, at);
    return typeof node.value === 'string' && node.value.includes('$')
      ? interpolateScalar(node, node.value, variables, report, steps)
      : node;
  };
  const at = (node: Node, step: string | number): Node => {
    steps.push(step);
    const result = walk(node);
    steps.pop();
    return result;
  };
  return walk(root);
}

function interpolateScalar(
  node: ScalarNode,
  template: string,
  variables: Variables,
  report: Report,
  path: Path,
): ScalarNode {
  const related = new Map<string, Related>();
  let failed = false;
  const fail = (finding: Parameters<Report>[0]) => {
    failed = true;
    report(finding);
  };
  const value = substitute(template, {
    value: (name) => {
      const variable = variables.get(name);
      if (variable?.source !== undefined)
        related.set(name, { message: `${name} is set here`, source: variable.source });
      return variable?.value;
    },
    unset: (name, offset) =>
      report(diagnostic('compose/variable-unset', { name }, useOf(node.source, template, offset, name))),
    required: (name, message, offset) =>
      fail(diagnostic('compose/variable-required', { name, message }, useOf(node.source, template, offset, name))),
    malformed: (_, offset) =>
      fail(
        diagnostic(
          'compose/interpolation-syntax',
          { path: pathText(path), text: template.slice(offset) },
          partOf(node.source, (template.slice(offset).split('\n', 1)[0] ?? '').trimEnd()),
        ),
      ),
  });
  if (failed) return node;
  const places = [...(node.related ?? []), ...related.values()];
  return { ...node, value, ...(places.length === 0 ? {} : { related: places }) };
}

/** The place of a variable's use: `$NAME` or `${NAME` and what follows up to the brace. */
function useOf(source: Source, template: string, offset: number, name: string): Source {
  const opening = template[offset + 1] === '{' ? `\${${name}` : `$${name}`;
  const earlier = template.slice(0, offset).split(opening).length - 1;
  const whole = source.file.text.slice(source.start, source.end);
  let at = whole.indexOf(opening);
  for (let skipped = 0; skipped < earlier && at !== -1; skipped += 1) at = whole.indexOf(opening, at + 1);
  if (at === -1) return source;
  const brace = opening.startsWith('${') ? whole.indexOf('}', at) : -1;
  const end = brace === -1 ? at + opening.length : brace + 1;
  return { file: source.file, start: source.start + at, end: source.start + end };
}
