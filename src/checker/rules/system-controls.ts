import { containers, elements } from '../readable.ts';
import type { Rule } from '../rule.ts';

interface Setting {
  readonly value: string;
  readonly container: string;
  readonly path: string;
}

/** The kernel's network settings are the task's: containers that set the same one set it to the same value. */
export const systemControls: Rule = (definition, find) => {
  const settings = new Map<string, Setting>();
  for (const container of containers(definition)) {
    for (const { value: control, path } of elements(
      container.value.systemControls,
      `${container.path}.systemControls`,
    )) {
      const { namespace = '', value = '' } = control;
      if (!namespace.startsWith('net.')) continue;
      const earlier = settings.get(namespace);
      if (earlier === undefined) settings.set(namespace, { value, container: container.name, path });
      else if (earlier.value !== value) {
        const found = { namespace, value, container: container.name, other: earlier.value, earlier: earlier.container };
        const related = [{ message: `Container ${earlier.container} sets it here.`, path: `${earlier.path}.value` }];
        find('fargate/system-control', `${path}.value`, found, related);
      }
    }
  }
};
