import { containers, elements } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** Each variable of a container is set once, by its environment or by a secret. */
export const environment: Rule = (definition, find) => {
  for (const container of containers(definition)) {
    const set = new Map<string, string>();
    const lists = ['environment', 'secrets'] as const;
    for (const list of lists) {
      for (const { value, path } of elements(container.value[list], `${container.path}.${list}`)) {
        const { name } = value;
        if (name === undefined || name === '') continue;
        const earlier = set.get(name);
        if (earlier === undefined) {
          set.set(name, path);
          continue;
        }
        const code = list === 'secrets' ? 'fargate/secret-name' : 'fargate/duplicate-variable';
        find(code, `${path}.name`, { name, container: container.name }, [
          { message: `${name} is set here as well.`, path: `${earlier}.name` },
        ]);
      }
    }
  }
};
