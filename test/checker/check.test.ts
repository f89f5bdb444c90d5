import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, refusalOf } from '../../src/checker/check.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { members } from '../../src/fargate/members.ts';
import { SourceFile } from '../../src/source/source.ts';
import { definition, findings, withContainer, withContainers } from './findings.ts';

describe('check', () => {
  const file = new SourceFile('/task.json', '0123456789');
  const at = (start: number) => ({ file, start, end: start + 1 });

  function found(value: unknown, places: Readonly<Record<string, number>>): Diagnostic[] {
    const all: Diagnostic[] = [];
    const locate = (path: string) => (path in places ? at(places[path] as number) : undefined);
    check(value, locate, (each) => all.push(each));
    return all;
  }

  test.each([
    [{ 'containerDefinitions[0].healthCheck.interval': 5, 'containerDefinitions[0]': 1 }, 5],
    [{ 'containerDefinitions[0].healthCheck': 4, 'containerDefinitions[0]': 1 }, 4],
    [{ 'containerDefinitions[0]': 3, '': 1 }, 3],
    [{ containerDefinitions: 2 }, 2],
    [{ '': 1 }, 1],
    [{}, undefined],
  ])('places a finding at its path or the nearest parent: %o', (places, start) => {
    const [finding] = found(withContainer({ healthCheck: { command: ['CMD', 'x'], interval: 1 } }), places);
    expect(finding?.code).toBe('fargate/range');
    expect(finding?.source?.start).toBe(start);
  });

  test('finds a parent of a name with any number of dots', () => {
    const [finding] = found(definition({ ['.'.repeat(20_000)]: 1 }), { '': 1 });
    expect(finding?.source?.start).toBe(1);
  });

  test('leaves out related places that are not known', () => {
    const [finding] = found(withContainers({ name: 'a' }, { name: 'a' }), { 'containerDefinitions[1].name': 7 });
    expect(finding?.source?.start).toBe(7);
    expect(finding?.related).toEqual([]);
  });

  test('reports everything at once', () => {
    const value = {
      ...withContainers(
        { name: 'web', privileged: true, portMappings: [{ containerPort: 80, hostPort: 8080 }] },
        { name: 'web', stopTimeout: 600 },
      ),
      cpu: '256',
      memory: '4096',
      networkMode: 'host',
    };
    expect(findings(value)).toEqual([
      'fargate/enum at networkMode',
      'fargate/unsupported at containerDefinitions[0].privileged',
      'fargate/range at containerDefinitions[1].stopTimeout',
      'fargate/task-size at memory',
      'fargate/duplicate at containerDefinitions[1].name',
      'fargate/host-port at containerDefinitions[0].portMappings[0].hostPort',
    ]);
  });

  test('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        check(
          value,
          () => undefined,
          () => {},
        ),
      ),
    );
  });

  test('never throws on what looks like a definition', () => {
    const { tree } = fc.letrec((tie) => ({
      leaf: fc.constantFrom(
        null,
        true,
        0,
        -1,
        80,
        1.5,
        1e300,
        '',
        'web',
        '512',
        'awslogs',
        'HEALTHY',
        '1-2',
        '__proto__',
      ),
      list: fc.array(tie('tree'), { maxLength: 3 }),
      object: fc.dictionary(fc.constantFrom(...names()), tie('tree'), { maxKeys: 8 }),
      tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('list'), tie('object')),
    }));
    const container = fc.dictionary(fc.constantFrom(...names()), tree, { maxKeys: 12 });
    const task = fc.dictionary(fc.constantFrom(...names()), tree, { maxKeys: 12 });
    fc.assert(
      fc.property(task, fc.array(container, { maxLength: 4 }), (rest, containerDefinitions) => {
        const value = { ...rest, containerDefinitions };
        const before = JSON.stringify(value);
        check(
          value,
          () => undefined,
          () => {},
        );
        expect(JSON.stringify(value)).toBe(before);
      }),
      { numRuns: 500 },
    );
  });

  function names(): string[] {
    const all = Object.keys(members).map((path) => path.replace(/\[\]$/, '').split('.').at(-1) as string);
    return [...new Set([...all, '__proto__', 'constructor', 'unknown'])];
  }
});

describe('refusalOf', () => {
  test('is silent where AWS would take the definition', () => {
    expect(refusalOf(definition())).toBeUndefined();
    expect(refusalOf(definition({ revision: 1 }))).toBeUndefined();
  });

  test("is AWS's own text with the values filled in", () => {
    expect(refusalOf(withContainer({ healthCheck: { command: ['CMD', 'x'], interval: 301 } }))).toBe(
      "Health check interval must be less than or equal to the maximum allowed value 300 for container 'web'",
    );
    expect(refusalOf(withContainer({ restartPolicy: { enabled: true, restartAttemptPeriod: 59 } }))).toBe(
      "The 'restartAttemptPeriod' setting for container 'web' must be between 60 and 1800.",
    );
    expect(refusalOf(definition({ ephemeralStorage: { sizeInGiB: 20 } }))).toBe(
      'EphemeralStorage size should be at least 21',
    );
    expect(refusalOf(definition({ ephemeralStorage: { sizeInGiB: 201 } }))).toBe(
      'EphemeralStorage size should be at most 200',
    );
    expect(refusalOf(definition({ containerDefinitions: [] }))).toBe('Container list cannot be empty');
    expect(refusalOf(definition({ cpu: undefined }))).toBe("Fargate requires that 'cpu' be defined at the task level.");
  });

  test("is our message where AWS's is not on record", () => {
    expect(refusalOf(withContainer({ stopTimeout: 1 }))).toBe(
      'stopTimeout of container web is 1, and must be 2 to 120 seconds.',
    );
  });
});
