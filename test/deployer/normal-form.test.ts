import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differences } from '../../src/deployer/differences.ts';
import { normalForm, sameDefinition } from '../../src/deployer/normal-form.ts';
import type { ContainerDefinition, TaskDefinition } from '../../src/fargate/task-definition.ts';

function definition(container: Partial<ContainerDefinition> = {}, task: Partial<TaskDefinition> = {}): TaskDefinition {
  return { family: 'web', containerDefinitions: [{ name: 'web', image: 'nginx', ...container }], ...task };
}

describe('what AWS echoes is the same definition', () => {
  test.each<[string, TaskDefinition, TaskDefinition]>([
    ['cpu 0', definition(), definition({ cpu: 0 })],
    ['essential', definition(), definition({ essential: true })],
    [
      'empty lists',
      definition(),
      definition({ environment: [], mountPoints: [], volumesFrom: [], systemControls: [] }),
    ],
    [
      'host port and protocol',
      definition({ portMappings: [{ containerPort: 80 }] }),
      definition({ portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }] }),
    ],
    [
      'health check defaults',
      definition({ healthCheck: { command: ['CMD', 'true'] } }),
      definition({ healthCheck: { command: ['CMD', 'true'], interval: 30, timeout: 5, retries: 3 } }),
    ],
    ['sizes', definition({}, { cpu: '.25 vCPU', memory: '0.5GB' }), definition({}, { cpu: '256', memory: '512' })],
    [
      'roles',
      definition({}, { executionRoleArn: 'ecsRole' }),
      definition({}, { executionRoleArn: 'arn:aws:iam::123456789012:role/ecsRole' }),
    ],
    [
      'host of a volume',
      definition({}, { volumes: [{ name: 'a' }] }),
      definition({}, { volumes: [{ name: 'a', host: {} }] }),
    ],
    [
      'what describes the revision',
      definition(),
      { ...definition(), revision: 3, status: 'ACTIVE', compatibilities: ['EC2', 'FARGATE'] } as TaskDefinition,
    ],
    [
      'tags of AWS and of ours',
      definition(),
      definition(
        {},
        {
          tags: [
            { key: 'compose2fargate:project', value: 'x' },
            { key: 'aws:a', value: 'b' },
          ],
        },
      ),
    ],
  ])('%s', (_, ours, echoed) => {
    expect(normalForm(echoed)).toEqual(normalForm(ours));
    expect(differences(echoed, ours)).toEqual([]);
  });

  test('environment and secrets are sets', () => {
    const entry = fc.record({ name: fc.string({ minLength: 1 }), value: fc.string() });
    const list = fc.uniqueArray(entry, { selector: ({ name }) => name });
    fc.assert(
      fc.property(list, (environment) => {
        const reversed = definition({ environment: environment.toReversed() });
        expect(sameDefinition(definition({ environment }), reversed)).toBe(true);
      }),
    );
  });
});

describe('what changes the task is another definition', () => {
  test.each<[string, TaskDefinition, TaskDefinition, string]>([
    ['image', definition(), definition({ image: 'nginx:2' }), 'containerDefinitions[web].image'],
    [
      'an empty variable',
      definition(),
      definition({ environment: [{ name: 'A', value: '' }] }),
      'containerDefinitions[web].environment',
    ],
    ['essential', definition(), definition({ essential: false }), 'containerDefinitions[web].essential'],
    [
      'protocol',
      definition({ portMappings: [{ containerPort: 53 }] }),
      definition({ portMappings: [{ containerPort: 53, protocol: 'udp' }] }),
      'containerDefinitions[web].portMappings[0].protocol',
    ],
    [
      'order of a command',
      definition({ command: ['a', 'b'] }),
      definition({ command: ['b', 'a'] }),
      'containerDefinitions[web].command[0]',
    ],
    [
      'a role in a path',
      definition({}, { taskRoleArn: 'x' }),
      definition({}, { taskRoleArn: 'arn:aws:iam::1:role/path/x' }),
      'taskRoleArn',
    ],
    ['a tag', definition(), definition({}, { tags: [{ key: 'team', value: 'a' }] }), 'tags'],
    ['memory', definition({}, { memory: '512' }), definition({}, { memory: '1024' }), 'memory'],
  ])('%s', (_, before, after, path) => {
    expect(sameDefinition(before, after)).toBe(false);
    expect(differences(before, after).map((change) => change.path)).toContain(path);
  });

  test('the order of containers', () => {
    const two = [
      { name: 'a', image: 'x' },
      { name: 'b', image: 'y' },
    ];
    const before = definition({}, { containerDefinitions: two });
    const after = definition({}, { containerDefinitions: two.toReversed() });
    expect(differences(before, after)).toMatchObject([{ path: 'containerDefinitions', place: 'containerDefinitions' }]);
  });
});

test('a change has both values, and its place among what was written', () => {
  const environment = (port: string) => [
    { name: 'Z', value: port },
    { name: 'A', value: '1' },
  ];
  const before = definition({ environment: environment('80'), command: ['x'] });
  const after = definition({ environment: environment('81'), user: 'www' });
  expect(differences(before, after)).toEqual([
    { path: 'containerDefinitions[web].command', before: ['x'], place: 'containerDefinitions[0]' },
    {
      path: 'containerDefinitions[web].environment[Z].value',
      before: '80',
      after: '81',
      place: 'containerDefinitions[0].environment[0].value',
    },
    { path: 'containerDefinitions[web].user', after: 'www', place: 'containerDefinitions[0].user' },
  ]);
});
