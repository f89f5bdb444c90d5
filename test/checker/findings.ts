import { check } from '../../src/checker/check.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { TaskDefinition } from '../../src/fargate/task-definition.ts';
import { type Source, SourceFile } from '../../src/source/source.ts';

/** A definition that is right for Fargate, with other members where given. */
export function definition(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const right: TaskDefinition = {
    family: 'shop',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '512',
    memory: '1024',
    containerDefinitions: [{ name: 'web', image: 'nginx' }],
  };
  return { ...right, ...change };
}

/** The same with other members in its one container. */
export function withContainer(change: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return withContainers({ name: 'web', ...change });
}

/** The same with these containers; each has an image. */
export function withContainers(...containers: readonly Readonly<Record<string, unknown>>[]): Record<string, unknown> {
  return definition({ containerDefinitions: containers.map((each) => ({ image: 'nginx', ...each })) });
}

/** A source whose file is called as the path is, so that a test can see at which path a finding stands. */
function sourceOf(path: string): Source {
  return { file: new SourceFile(path, ''), start: 0, end: 0 };
}

export function diagnostics(value: unknown): Diagnostic[] {
  const found: Diagnostic[] = [];
  check(value, sourceOf, (each) => found.push(each));
  return found;
}

/** The findings as `code at path`. */
export function findings(value: unknown): string[] {
  return diagnostics(value).map(({ code, source }) => `${code} at ${source?.file.path}`);
}
