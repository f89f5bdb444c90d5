import { describe, expect, test } from 'vitest';
import type { Revision, TaskState } from '../../src/deployer/account.ts';
import type { Desired } from '../../src/deployer/desired.ts';
import type { Observation } from '../../src/deployer/observe.ts';
import { sentenceOf } from '../../src/deployer/operation.ts';
import { taskTags } from '../../src/deployer/ownership.ts';
import { hasChanges, obstacleTo, planDown, planUp } from '../../src/deployer/plan.ts';
import type { TaskDefinition } from '../../src/fargate/task-definition.ts';

const definition: TaskDefinition = {
  family: 'web',
  containerDefinitions: [
    {
      name: 'web',
      image: 'nginx:2',
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': '/ecs/web', 'awslogs-region': 'eu-west-1' },
      },
    },
  ],
};
const network = { subnets: ['subnet-1'] };

function desired(changes: Partial<Desired> = {}, changed: Partial<TaskDefinition> = {}): Desired {
  return {
    project: 'web',
    cluster: 'default',
    task: {
      definition: { ...definition, ...changed },
      origins: new Map(),
      run: { count: 1, network },
      published: [],
      simulate: new Map(),
    },
    count: 1,
    waitFor: 'running',
    force: false,
    adopt: false,
    namedVolumes: [],
    createLogGroups: true,
    ...changes,
  };
}

function revision(number: number, changed: Partial<TaskDefinition> = {}): Revision {
  return { arn: `arn:td/web:${number}`, family: 'web', number, definition: { ...definition, ...changed } };
}

function task(id: string, number: number, subnets = network.subnets): TaskState {
  return {
    arn: `arn:task/${id}`,
    revisionArn: `arn:td/web:${number}`,
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    healthStatus: 'UNKNOWN',
    tags: new Map(taskTags('web', { subnets }).map(({ key, value }) => [key, value])),
    containers: [],
  };
}

function observed(changes: Partial<Observation> = {}): Observation {
  return { at: 0, clusterExists: true, revisions: [], tasks: [], foreign: [], ...changes };
}

const old = { containerDefinitions: [{ name: 'web', image: 'nginx:1' }] };
const efs = (readOnly: boolean) => ({
  volumes: [{ name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }],
  containerDefinitions: [
    { name: 'web', image: 'nginx:2', mountPoints: [{ sourceVolume: 'data', containerPath: '/data', readOnly }] },
  ],
});

const hour = 3_600_000;
const scratch = {
  volumes: [{ name: 'data' }],
  containerDefinitions: [
    { name: 'web', image: 'nginx:2', mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }] },
  ],
};

describe('planUp', () => {
  test.each<[string, Desired, Observation, readonly string[]]>([
    [
      'nothing is there',
      desired(),
      observed({ clusterExists: false }),
      [
        'Create the cluster default, which costs nothing',
        'Create the log group /ecs/web unless it exists',
        'Register the first revision of web',
        'Run 1 task of web',
        'Wait until the task has run for 10 seconds',
      ],
    ],
    [
      'all is as desired',
      desired(),
      observed({ revisions: [revision(1)], tasks: [task('a', 1)] }),
      ['Wait until the task has run for 10 seconds'],
    ],
    [
      'it was stopped',
      desired({ createLogGroups: false }),
      observed({ revisions: [revision(1)] }),
      ['Run 1 task of web', 'Wait until the task has run for 10 seconds'],
    ],
    [
      'the definition has changed: the new task runs before the old one stops',
      desired({ createLogGroups: false }),
      observed({ revisions: [revision(1, old)], tasks: [task('a', 1)] }),
      [
        'Register a new revision of web: containerDefinitions[web].image, containerDefinitions[web].logConfiguration changed',
        'Run 1 task of web',
        'Wait until the task has run for 10 seconds',
        'Stop task a, which has been replaced',
      ],
    ],
    [
      'it writes to EFS: the old task stops first',
      desired({ createLogGroups: false }, efs(false)),
      observed({ revisions: [revision(1)], tasks: [task('a', 1)] }),
      [
        'Register a new revision of web: containerDefinitions[web].logConfiguration, containerDefinitions[web].mountPoints, volumes changed',
        'Stop task a first, since it writes to storage that outlives it',
        'Run 1 task of web',
        'Wait until the task has run for 10 seconds',
      ],
    ],
    [
      'it only reads from EFS',
      desired({ createLogGroups: false, waitFor: 'healthy' }, efs(true)),
      observed({ revisions: [revision(2, efs(true)), revision(1)], tasks: [task('a', 1)] }),
      ['Run 1 task of web', 'Wait until the task is healthy', 'Stop task a, which has been replaced'],
    ],
    [
      'an older revision that runs has the desired content',
      desired(),
      observed({ revisions: [revision(2, old), revision(1)], tasks: [task('a', 1)] }),
      ['Wait until the task has run for 10 seconds'],
    ],
    [
      'two revisions have the same content',
      desired(),
      observed({ revisions: [revision(2), revision(1)], tasks: [task('a', 1)] }),
      ['Wait until the task has run for 10 seconds'],
    ],
    [
      'the network settings have changed',
      desired({ createLogGroups: false }),
      observed({ revisions: [revision(1)], tasks: [task('a', 1, ['subnet-2'])] }),
      ['Run 1 task of web', 'Wait until the task has run for 10 seconds', 'Stop task a, which has been replaced'],
    ],
    [
      'more are wanted',
      desired({ count: 3, createLogGroups: false }),
      observed({ revisions: [revision(1)], tasks: [task('a', 1)] }),
      ['Run 2 tasks of web', 'Wait until the task has run for 10 seconds'],
    ],
    [
      'fewer are wanted',
      desired(),
      observed({ revisions: [revision(1)], tasks: [task('a', 1), task('b', 1)] }),
      ['Wait until the task has run for 10 seconds', 'Stop task b, which is one too many'],
    ],
    [
      'far fewer are wanted',
      desired(),
      observed({ revisions: [revision(1)], tasks: [task('a', 1), task('b', 1), task('c', 1)] }),
      ['Wait until the task has run for 10 seconds', 'Stop tasks b, c, which are too many'],
    ],
    [
      'it writes to EFS, but the new task is to run first',
      desired({ createLogGroups: false, order: 'start-first' }, efs(false)),
      observed({ revisions: [revision(1, efs(false))], tasks: [task('a', 1, ['subnet-2'])] }),
      ['Run 1 task of web', 'Wait until the task has run for 10 seconds', 'Stop task a, which has been replaced'],
    ],
    [
      'the old task is to stop first',
      desired({ createLogGroups: false, order: 'stop-first' }),
      observed({ revisions: [revision(1)], tasks: [task('a', 1, ['subnet-2'])] }),
      ['Stop task a first, as --order says', 'Run 1 task of web', 'Wait until the task has run for 10 seconds'],
    ],
    [
      'somebody else runs a task of the family, which is adopted',
      desired({ createLogGroups: false, adopt: true }),
      observed({ revisions: [revision(1)], foreign: [{ ...task('x', 1), tags: new Map() }] }),
      [
        'Adopt task x, which this project did not start',
        'Run 1 task of web',
        'Wait until the task has run for 10 seconds',
        'Stop task x, which has been replaced',
      ],
    ],
    [
      'logs are to be kept for a week',
      desired({ logRetention: 7 }),
      observed({ revisions: [revision(1)] }),
      [
        'Create the log group /ecs/web unless it exists, and keep its logs for 7 days',
        'Run 1 task of web',
        'Wait until the task has run for 10 seconds',
      ],
    ],
    [
      'the project names a volume that ends with its task',
      desired({ createLogGroups: false, namedVolumes: ['data'] }, scratch),
      observed({ at: 3 * hour, revisions: [revision(1, scratch)], tasks: [{ ...task('a', 1, ['x']), createdAt: 0 }] }),
      [
        'Run 1 task of web',
        'Wait until the task has run for 10 seconds',
        'Stop task a, which has been replaced: this loses volume data (3 h old)',
      ],
    ],
    [
      'the volume that the project names is on EFS',
      desired({ namedVolumes: ['data'], createLogGroups: false, order: 'start-first' }, efs(false)),
      observed({ revisions: [revision(1, efs(false))], tasks: [task('a', 1, ['x'])] }),
      ['Run 1 task of web', 'Wait until the task has run for 10 seconds', 'Stop task a, which has been replaced'],
    ],
    [
      'the revision that runs was deregistered, and nothing is missing',
      desired(),
      observed({ revisions: [{ ...revision(1), inactive: true }], tasks: [task('a', 1)] }),
      ['Wait until the task has run for 10 seconds'],
    ],
    [
      'the revision that runs was deregistered, and another task is wanted',
      desired({ count: 2, createLogGroups: false }),
      observed({ revisions: [{ ...revision(1), inactive: true }], tasks: [task('a', 1)] }),
      [
        'Register web again, whose revision was deregistered',
        'Run 1 task of web',
        'Wait until the task has run for 10 seconds',
      ],
    ],
    [
      'the volume is not one that the project names',
      desired({ createLogGroups: false }, scratch),
      observed({ revisions: [revision(1, scratch)], tasks: [task('a', 1, ['x'])] }),
      ['Run 1 task of web', 'Wait until the task has run for 10 seconds', 'Stop task a, which has been replaced'],
    ],
    [
      'the project has lost the volume',
      desired({ createLogGroups: false, order: 'stop-first' }),
      observed({ revisions: [revision(2), revision(1, scratch)], tasks: [task('a', 1)] }),
      [
        'Stop task a first, as --order says: this loses volume data',
        'Run 1 task of web',
        'Wait until the task has run for 10 seconds',
      ],
    ],
    [
      'force',
      desired({ force: true, createLogGroups: false }),
      observed({ revisions: [revision(1)], tasks: [task('a', 1)] }),
      ['Run 1 task of web', 'Wait until the task has run for 10 seconds', 'Stop task a, which has been replaced'],
    ],
  ])('%s', (_, wanted, found, sentences) => {
    const plan = planUp(wanted, found);
    expect(plan.operations.map(sentenceOf)).toEqual(sentences);
    expect(hasChanges(plan)).toBe(sentences.length > 1);
  });
});

test('a plan is refused where the account forbids it', () => {
  expect(obstacleTo(desired({ cluster: 'prod' }), observed({ clusterExists: false }))).toEqual({
    kind: 'missing-cluster',
    cluster: 'prod',
  });
  expect(obstacleTo(desired(), observed({ foreign: [task('x', 1)] }))).toEqual({
    kind: 'foreign-tasks',
    family: 'web',
    tasks: ['arn:task/x'],
  });
  expect(obstacleTo(desired(), observed({ clusterExists: false }))).toBeUndefined();
  expect(obstacleTo(desired({ adopt: true }), observed({ foreign: [task('x', 1)] }))).toBeUndefined();
});

test('planDown stops every task, and does nothing where there is none', () => {
  expect(planDown(observed({ tasks: [task('a', 1), task('b', 1)] }), 'web').operations.map(sentenceOf)).toEqual([
    'Stop tasks a, b',
  ]);
  expect(hasChanges(planDown(observed(), 'web'))).toBe(false);
});

test('what differs is told of the revision that runs, not of the newest', () => {
  const found = observed({ revisions: [revision(2), revision(1, old)], tasks: [task('a', 1)] });
  expect(planUp(desired(), found).difference).toMatchObject({
    revision: { number: 1 },
    changes: [{ path: 'containerDefinitions[web].image', before: 'nginx:1', after: 'nginx:2' }, {}],
    settingsChanged: false,
    restartsTasks: true,
  });
  expect(planUp(desired(), observed()).difference).toBeUndefined();
});

test('a cluster that is made gets the capacity providers that tasks run on', () => {
  const wanted = desired();
  const spot = { capacityProviders: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] };
  const task = { ...wanted.task, run: { ...wanted.task.run, launch: spot } };
  expect(planUp({ ...wanted, task }, observed({ clusterExists: false })).operations[0]).toEqual({
    kind: 'create-cluster',
    cluster: 'default',
    capacityProviders: ['FARGATE_SPOT'],
  });
});
