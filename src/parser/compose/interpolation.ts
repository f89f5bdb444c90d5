import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { Allowance } from '../../source/allowance.ts';
import { mapItems, mapValues, partOf } from '../../source/build.ts';
import { limits } from '../../source/limits.ts';
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
  const characters = new Allowance(limits.substituted);
  const walk = (node: Node): Node => {
    if (node.kind === 'mapping') return mapValues(node, at);
    if (node.kind === 'sequence') return mapItems(node, at);
    return typeof node.value === 'string' && node.value.includes('$')
      ? interpolateScalar(node, node.value, { variables, report, path: steps, characters })
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

interface Surroundings {
  readonly variables: Variables;
  readonly report: Report;
  readonly path: Path;
  /** What variables may still add. */
  readonly characters: Allowance;
}

function interpolateScalar(
  node: ScalarNode,
  template: string,
  { variables, report, path, characters }: Surroundings,
): ScalarNode {
  const related = new Map<string, Related>();
  const placeOf = placesOfUses(node.source, template);
  let failed = false;
  const fail = (finding: Parameters<Report>[0]) => {
    failed = true;
    report(finding);
  };
  const value = substitute(template, {
    value: (name) => {
      const variable = variables.get(name);
      const isAffordable = characters.spend(variable?.value.length ?? 0, () =>
        fail(diagnostic('compose/too-much-substituted', { name, limit: limits.substituted }, node.source)),
      );
      if (!isAffordable) return '';
      if (variable?.source !== undefined)
        related.set(name, { message: `${name} is set here`, source: variable.source });
      return variable?.value;
    },
    unset: (name, offset) => report(diagnostic('compose/variable-unset', { name }, placeOf(offset, name))),
    required: (name, message, offset) =>
      fail(diagnostic('compose/variable-required', { name, message }, placeOf(offset, name))),
    malformed: (_, offset) =>
      fail(
        diagnostic(
          'compose/interpolation-syntax',
          { path: pathText(path), text: template.slice(offset) },
          restOf(node.source, template, offset),
        ),
      ),
    tooDeep: () => fail(diagnostic('compose/variables-too-deep', { limit: limits.depth }, node.source)),
  });
  if (failed) return node;
  const places = [...(node.related ?? []), ...related.values()];
  return { ...node, value, ...(places.length === 0 ? {} : { related: places }) };
}

/** The place of what a template has from an offset to the end of the line. */
export function restOf(source: Source, template: string, offset: number): Source {
  return partOf(source, (template.slice(offset).split('\n', 1)[0] ?? '').trimEnd());
}

/**
 * Finds the places of uses of variables in a template: `$NAME`, or `${NAME` and what follows up to the brace. A use is
 * told from others of its variable by how many stand before it, since the file may have the text in another form.
 */
export function placesOfUses(source: Source, template: string): (offset: number, name: string) => Source {
  const whole = source.file.text.slice(source.start, source.end);
  // Of each way to write a use the last place found, in the template and in the file, for the next to go on from.
  const last = new Map<string, { readonly offset: number; readonly at: number }>();
  const verbatim = whole.startsWith(template) ? 0 : whole.startsWith(template, 1) ? 1 : undefined;
  const placeOf = (offset: number, opening: string): number => {
    if (verbatim !== undefined) return offset + verbatim;
    const known = last.get(opening);
    let { offset: place, at } = known !== undefined && known.offset <= offset ? known : { offset: -1, at: -1 };
    while (place < offset && (place === -1 || at !== -1)) {
      place = template.indexOf(opening, place + 1);
      at = whole.indexOf(opening, at + 1);
    }
    last.set(opening, { offset: place, at });
    return at;
  };
  return (offset, name) => {
    const opening = template[offset + 1] === '{' ? `\${${name}` : `$${name}`;
    const at = placeOf(offset, opening);
    if (at === -1) return source;
    const brace = opening.startsWith('${') ? whole.indexOf('}', at) : -1;
    const end = brace === -1 ? at + opening.length : brace + 1;
    return { file: source.file, start: source.start + at, end: source.start + end };
  };
}
