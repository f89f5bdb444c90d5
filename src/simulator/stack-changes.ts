import type { Tag } from '../fargate/task-definition.ts';
import type { StackChange, StackRecord } from './records/stacks.ts';
import { resourcesAt } from './stack-story.ts';
import { RESOURCE_TYPES, references, type StackTemplate, type TemplateResource } from './stack-template.ts';

/** What a template would change of a stack as it is. */
export function changesOf(
  stack: StackRecord,
  template: StackTemplate,
  tags: readonly Tag[],
  now: number,
): readonly StackChange[] {
  const present = new Map(resourcesAt(stack, now).map((resource) => [resource.logicalId, resource.physicalId]));
  const before = stack.template?.Resources ?? {};
  const changed = new Map<string, StackChange>();
  const sameTags = JSON.stringify(stack.tags) === JSON.stringify(tags);
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const physicalId = present.get(logicalId) ?? '';
    const common = { logicalId, type: resource.Type, physicalId } as const;
    if (physicalId === '') changed.set(logicalId, { action: 'Add', replacement: 'False', ...common });
    else {
      const replacement = replacementOf(before[logicalId] as TemplateResource, resource, changed);
      if (replacement === undefined && sameTags) continue;
      changed.set(logicalId, { action: 'Modify', replacement: replacement ?? 'False', ...common });
    }
  }
  const removed = [...present].flatMap(([logicalId, physicalId]): readonly StackChange[] => {
    if (template.Resources[logicalId] !== undefined || physicalId === '') return [];
    const { Type: type } = before[logicalId] as TemplateResource;
    return [{ action: 'Remove', logicalId, type, physicalId, replacement: 'False' }];
  });
  return [...changed.values(), ...removed];
}

/** Whether a changed resource is made anew; undefined where it has not changed. */
function replacementOf(
  before: TemplateResource,
  after: TemplateResource,
  changed: ReadonlyMap<string, StackChange>,
): StackChange['replacement'] | undefined {
  const immutable = RESOURCE_TYPES[after.Type]?.immutable ?? [];
  const names = [...new Set([before, after].flatMap(({ Properties = {} }) => Object.keys(Properties)))];
  const own = names.filter(
    (name) => JSON.stringify(before.Properties?.[name]) !== JSON.stringify(after.Properties?.[name]),
  );
  if (own.some((name) => immutable.includes(name))) return 'True';
  const dependent = names.filter((name) =>
    references(after.Properties?.[name]).some((one) => (changed.get(one)?.replacement ?? 'False') !== 'False'),
  );
  if (dependent.some((name) => immutable.includes(name))) return 'Conditional';
  return own.length + dependent.length > 0 ? 'False' : undefined;
}
