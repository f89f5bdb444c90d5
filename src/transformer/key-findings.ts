import { diagnostic } from '../diagnostics/diagnostic.ts';
import { booleanOf, type Entry, entriesOf, itemsOf, stringOf } from '../source/node.ts';
import type { ContainerConcern } from './context.ts';
import { serviceKeys } from './service-keys.ts';

/** Values with which a key that is otherwise refused or dropped says nothing new. */
const harmless: Readonly<Record<string, (entry: Entry) => boolean>> = {
  isolation: ({ value }) => ['default', ''].includes(stringOf(value) ?? ''),
  runtime: ({ value }) => ['runc', 'io.containerd.runc.v2'].includes(stringOf(value) ?? ''),
  privileged: ({ value }) => booleanOf(value) !== true,
  ipc: ({ value }) => stringOf(value) === 'private',
};

/** What is refused of the keys that the table calls mapped, because it depends on the value. */
const refusedValues: Readonly<Record<string, string>> = {
  isolation: 'it isolates its tasks in its own way',
  runtime: 'it has a runtime of its own',
  privileged: 'no container of it may be privileged',
  ipc: 'the containers of a task keep their own',
};

/** Says of each key that does not reach the definition what becomes of it. */
export const keyFindings: ContainerConcern = ({ service }, { report }) => {
  for (const [key, entry] of entriesOf(service.node)) {
    if (isEmpty(entry) || harmless[key]?.(entry)) continue;
    const rule = serviceKeys[key];
    const names = { service: service.name, key };
    if (refusedValues[key] !== undefined) {
      report(diagnostic('transform/key-refused', { ...names, why: refusedValues[key] }, entry.key));
    } else if (rule?.verdict === 'dropped') {
      report(diagnostic('transform/key-dropped', { ...names, why: rule.why }, entry.key));
    } else if (rule?.verdict === 'refused') {
      report(diagnostic('transform/key-refused', { ...names, why: rule.why, help: rule.help }, entry.key));
    } else if (key.startsWith('x-aws-')) {
      report(diagnostic('transform/unsupported-extension', { key }, entry.key));
    }
  }
};

/** Whether a key says nothing: null, an empty list or mapping, false. */
function isEmpty({ value }: Entry): boolean {
  if (value.kind === 'scalar') return value.value === null || value.value === false;
  return value.kind === 'sequence' ? itemsOf(value).length === 0 : value.entries.size === 0;
}
