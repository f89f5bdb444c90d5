import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import { expectTypeOf, test } from 'vitest';
import type { TaskDefinition } from '../../src/fargate/task-definition.ts';

/**
 * A type with its enumerations widened to `string`. Ours spell an enumerated member `string`, since the checker, not
 * the compiler, says which values are allowed; apart from that they are the SDK's.
 */
type Widened<T> = T extends string
  ? string
  : T extends readonly (infer Element)[]
    ? Widened<Element>[]
    : T extends object
      ? { [Key in keyof T]: Widened<T[Key]> }
      : T;

/** GPU sharing, below a member that Fargate does not support: ours leaves it out. */
type LeftOut = 'sharingStrategy';

/** The paths of all members, such as `containerDefinitions.healthCheck.retries`. */
type Paths<T, Before extends string = ''> = T extends readonly (infer Element)[]
  ? Paths<Element, Before>
  : T extends object
    ? {
        [Key in Exclude<keyof T & string, LeftOut>]-?:
          | `${Before}${Key}`
          | Paths<NonNullable<T[Key]>, `${Before}${Key}.`>;
      }[Exclude<keyof T & string, LeftOut>]
    : never;

test('a task definition of ours is an input of RegisterTaskDefinition, enumerations aside', () => {
  expectTypeOf<TaskDefinition>().toExtend<Widened<RegisterTaskDefinitionCommandInput>>();
});

test('our members are those of the SDK, by name, all the way down', () => {
  expectTypeOf<Paths<TaskDefinition>>().toEqualTypeOf<Paths<RegisterTaskDefinitionCommandInput>>();
});
