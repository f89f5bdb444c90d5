import { containers, elements, type ReadableDefinition } from '../readable.ts';
import type { Rule } from '../rule.ts';

interface Named {
  readonly name: string | undefined;
  readonly path: string;
}

interface Names {
  readonly what: string;
  readonly aws?: string;
  readonly of: (definition: ReadableDefinition) => readonly Named[];
}

const unique: readonly Names[] = [
  {
    what: 'containers',
    aws: 'Container names must be unique within a task definition',
    of: (definition) => containers(definition).map(({ value, path }) => ({ name: value.name, path: `${path}.name` })),
  },
  {
    what: 'volumes',
    of: ({ volumes }) =>
      elements(volumes, 'volumes').map(({ value, path }) => ({ name: value.name, path: `${path}.name` })),
  },
  {
    what: 'port mappings',
    aws: 'When networkMode=awsvpc, port mapping name is already used',
    of: (definition) =>
      containers(definition).flatMap((container) =>
        elements(container.value.portMappings, `${container.path}.portMappings`).map(({ value, path }) => ({
          name: value.name,
          path: `${path}.name`,
        })),
      ),
  },
  {
    what: 'tags',
    of: ({ tags }) => elements(tags, 'tags').map(({ value, path }) => ({ name: value.key, path: `${path}.key` })),
  },
];

/** Containers, volumes, port mappings and tags each have a name of their own. */
export const uniqueNames: Rule = (definition, find) => {
  for (const { what, aws, of } of unique) {
    const first = new Map<string, string>();
    for (const { name, path } of of(definition)) {
      if (name === undefined || name === '') continue;
      const earlier = first.get(name);
      if (earlier === undefined) first.set(name, path);
      else find('fargate/duplicate', path, { what, name, aws }, [{ message: 'The first is here.', path: earlier }]);
    }
  }
};
