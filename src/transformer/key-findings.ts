import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import { child, type Entry, entriesOf, isEmpty, type MappingNode, stringOf } from '../source/node.ts';
import type { ContainerConcern } from './context.ts';
import { type KeyRule, nestedKeys, serviceKeys } from './service-keys.ts';

/** Says of each key that does not reach the definition what becomes of it. */
export const keyFindings: ContainerConcern = ({ service }, { report }) => {
  for (const [key, entry] of entriesOf(service.node)) {
    const rule = serviceKeys[key];
    if (rule !== undefined) reportRule(rule, service.name, key, entry, report);
    else if (key.startsWith('x-aws-')) report(diagnostic('transform/unsupported-extension', { key }, entry.key));
  }
  for (const [path, rule] of Object.entries(nestedKeys)) {
    const entry = entryAt(service.node, path);
    if (entry !== undefined) reportRule(rule, service.name, path, entry, report);
  }
};

function reportRule(rule: KeyRule, service: string, key: string, entry: Entry, report: Report): void {
  const { value } = entry;
  if (isEmpty(value)) return;
  if (rule.verdict === 'dropped') {
    report(diagnostic('transform/key-dropped', { service, key, why: rule.why }, entry.key));
  } else if (rule.verdict === 'refused' && !rule.unless?.includes(stringOf(value) ?? '')) {
    report(diagnostic('transform/key-refused', { service, key, why: rule.why, help: rule.help }, entry.key));
  }
}

function entryAt(node: MappingNode, path: string): Entry | undefined {
  const steps = path.split('.');
  const parent = steps.slice(0, -1).reduce<ReturnType<typeof child>>(child, node);
  return parent?.kind === 'mapping' ? parent.entries.get(steps.at(-1) ?? '') : undefined;
}
