import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import { type Path, pathText } from '../parser/compose/path.ts';
import { child, type Entry, entriesOf, isEmpty, itemsOf, type Node } from '../source/node.ts';
import type { ContainerConcern, TaskContext } from './context.ts';
import type { KeyRule, LostKeyRule } from './key-rule.ts';
import { projectKeys } from './project-keys.ts';
import { serviceKeys } from './service-keys.ts';

/** Says of each key of a service that does not reach the definition what becomes of it. */
export const keyFindings: ContainerConcern = ({ service }, { report }) => {
  for (const { rule, path, entry } of lostKeys(serviceKeys, service.node)) {
    const other = rule.unlessAs && child(service.node, rule.unlessAs);
    if (other && textOf(other) === textOf(entry.value)) continue;
    reportRule(rule, { owner: `service "${service.name}"`, key: pathText(path) }, entry, report);
  }
};

/** Says the same of the networks, secrets and volumes beside the services. */
export function projectKeyFindings({ project, report }: TaskContext): void {
  for (const { rule, path, entry } of lostKeys(projectKeys, project.root)) {
    const [section = '', name = '', ...rest] = path;
    const owner = `${String(section).replace(/s$/, '')} "${name}"`;
    reportRule(rule, { owner, key: pathText(rest) }, entry, report);
  }
}

function reportRule(rule: LostKeyRule, names: { owner: string; key: string }, entry: Entry, report: Report): void {
  const { verdict, why, help, unless, only } = rule;
  const text = textOf(entry.value);
  if (isEmpty(entry.value) || unless?.includes(text) || only?.includes(text) === false) return;
  const code = verdict === 'dropped' ? 'transform/key-dropped' : 'transform/key-refused';
  report(diagnostic(code, { ...names, why, help }, entry.key));
}

function textOf(node: Node): string {
  return node.kind === 'scalar' ? String(node.value) : '';
}

interface Found {
  readonly path: Path;
  readonly entry: Entry;
}

/** What stands at the paths of the rules of which no concern speaks. */
function lostKeys(
  rules: Readonly<Record<string, KeyRule>>,
  root: Node,
): readonly (Found & { readonly rule: LostKeyRule })[] {
  return Object.entries(rules).flatMap(([pattern, rule]) =>
    (rule.verdict === 'dropped' || rule.verdict === 'refused') && rule.code === undefined
      ? entriesAt(root, pattern.split('.')).map((found) => ({ ...found, rule }))
      : [],
  );
}

/** The entries at a path; `*` stands for every key of a mapping and every item of a list. */
function entriesAt(node: Node, [step, ...rest]: readonly string[], path: Path = []): readonly Found[] {
  const items = itemsOf(node).map((value, index) => [index, { key: value.source, value }] as const);
  return [...entriesOf(node), ...items]
    .filter(([key]) => step === '*' || step === key)
    .flatMap(([key, entry]) =>
      rest.length === 0 ? [{ path: [...path, key], entry }] : entriesAt(entry.value, rest, [...path, key]),
    );
}
