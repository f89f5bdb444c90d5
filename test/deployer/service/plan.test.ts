import { describe, expect, test } from 'vitest';
import type { Revision, TaskState } from '../../../src/deployer/account.ts';
import { sentenceOf } from '../../../src/deployer/operation.ts';
import { projectTags } from '../../../src/deployer/ownership.ts';
import { hasChanges } from '../../../src/deployer/plan.ts';
import { unscaled } from '../../../src/deployer/scaling/scaling.ts';
import type { DesiredService } from '../../../src/deployer/service/desired.ts';
import { desiredMembers } from '../../../src/deployer/service/desired.ts';
import type { ServiceObservation } from '../../../src/deployer/service/observe.ts';
import { obstacleToService, planServiceUp } from '../../../src/deployer/service/plan.ts';
import { planServiceRemove } from '../../../src/deployer/service/remove.ts';
import { planServiceScale } from '../../../src/deployer/service/scale.ts';
import type { Deployment, ServiceMembers, ServiceState } from '../../../src/deployer/service/service-account.ts';
import type { TaskDefinition } from '../../../src/fargate/task-definition.ts';
import type { RunSettings } from '../../../src/transformer/task.ts';

const definition: TaskDefinition = { family: 'web', containerDefinitions: [{ name: 'web', image: 'nginx:2' }] };
const old = { containerDefinitions: [{ name: 'web', image: 'nginx:1' }] };
const efs: Partial<TaskDefinition> = {
  volumes: [{ name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }],
  containerDefinitions: [
    { name: 'web', image: 'nginx:2', mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }] },
  ],
};
const network = { subnets: ['subnet-1'] };

function desired(
  changes: Partial<DesiredService> = {},
  run: Partial<RunSettings> = {},
  changed: Partial<TaskDefinition> = {},
): DesiredService {
  return {
    project: 'web',
    cluster: 'default',
    region: 'us-east-1',
    task: {
      definition: { ...definition, ...changed },
      origins: new Map(),
      run: { count: 1, network, ...run },
      published: [],
      simulate: new Map(),
    },
    force: false,
    createLogGroups: true,
    adopt: false,
    namedVolumes: [],
    ...changes,
  };
}

function revision(number: number, changed: Partial<TaskDefinition> = {}): Revision {
  return { arn: `arn:td/web:${number}`, family: 'web', number, definition: { ...definition, ...changed } };
}

const deployment: Deployment = {
  id: 'ecs-svc/1',
  status: 'PRIMARY',
  revisionArn: 'arn:td/web:1',
  desiredCount: 1,
  runningCount: 1,
  pendingCount: 0,
  failedTasks: 0,
  rolloutState: 'COMPLETED',
};

/** As DescribeServices echoes a service that `service up` has made. */
function service(changes: Partial<ServiceState> = {}, members: Partial<ServiceMembers> = {}): ServiceState {
  return {
    arn: 'arn:service/web',
    name: 'web',
    status: 'ACTIVE',
    revisionArn: 'arn:td/web:1',
    members: {
      desiredCount: 1,
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }],
      platformVersion: 'LATEST',
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: [], assignPublicIp: 'DISABLED' },
      },
      deploymentConfiguration: {
        maximumPercent: 200,
        minimumHealthyPercent: 100,
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
      healthCheckGracePeriodSeconds: 0,
      loadBalancers: [],
      enableExecuteCommand: false,
      enableECSManagedTags: true,
      propagateTags: 'SERVICE',
      ...members,
    },
    runningCount: 1,
    pendingCount: 0,
    tags: new Map(projectTags('web').map(({ key, value }) => [key, value])),
    deployments: [deployment],
    events: [],
    ...changes,
  };
}

function observed(changes: Partial<ServiceObservation> = {}): ServiceObservation {
  return {
    clusterExists: true,
    revisions: [revision(1)],
    tasks: [],
    bare: [],
    around: { scaling: unscaled, discovery: {} },
    ...changes,
  };
}

const steady = 'Wait until the service web is steady with 1 task';

describe('planServiceUp', () => {
  test.each<[string, DesiredService, ServiceObservation, readonly string[]]>([
    [
      'nothing is there',
      desired(),
      observed({ clusterExists: false, revisions: [] }),
      [
        'Create the cluster default, which costs nothing',
        'Register the first revision of web',
        'Create the service web of 1 task',
        steady,
      ],
    ],
    ['all is as desired, but for the spelling', desired(), observed({ service: service() }), [steady]],
    [
      'the files say nothing of the number of tasks: it stays',
      desired(),
      observed({ service: service({}, { desiredCount: 3 }) }),
      ['Wait until the service web is steady with 3 tasks'],
    ],
    [
      'it was stopped',
      desired(),
      observed({ service: service({}, { desiredCount: 0 }) }),
      ['Update the service web: desiredCount 0 → 1', steady],
    ],
    [
      'the files say how many',
      desired({ count: 2 }),
      observed({ service: service() }),
      ['Update the service web: desiredCount 1 → 2', 'Wait until the service web is steady with 2 tasks'],
    ],
    [
      'the definition has changed',
      desired(),
      observed({ service: service(), revisions: [revision(1, old)] }),
      [
        'Register a new revision of web: containerDefinitions[web].image changed',
        'Update the service web: taskDefinition web:1 → the new revision',
        steady,
      ],
    ],
    [
      'ECS has rolled back: the newest revision is tried again',
      desired(),
      observed({ service: service(), revisions: [revision(2), revision(1, old)] }),
      ['Update the service web: taskDefinition web:1 → web:2', steady],
    ],
    [
      'it is being deleted, and its revision was deregistered',
      desired({ createLogGroups: false }),
      observed({ service: service({ status: 'DRAINING' }), revisions: [{ ...revision(1), inactive: true }] }),
      [
        'Wait until the service web is gone',
        'Register web again, whose revision was deregistered',
        'Create the service web of 1 task',
        steady,
      ],
    ],
    [
      'its last rollout failed',
      desired(),
      observed({ service: service({ deployments: [{ ...deployment, rolloutState: 'FAILED' }] }) }),
      ['Update the service web: try again, since its last rollout failed', steady],
    ],
    [
      'it writes to EFS',
      desired({}, {}, efs),
      observed({ service: service(), revisions: [revision(2, efs), revision(1)] }),
      [
        'Update the service web: taskDefinition web:1 → web:2, deploymentConfiguration.maximumPercent 200 → 100, deploymentConfiguration.minimumHealthyPercent 100 → 0; its old tasks stop before new ones start, since they write to storage that outlives them',
        steady,
      ],
    ],
    [
      'it goes to Spot',
      desired({}, { launch: { capacityProviders: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] } }),
      observed({ service: service() }),
      [
        'Update the service web: capacityProviderStrategy {"capacityProvider":"FARGATE"} → {"capacityProvider":"FARGATE_SPOT"}, replace its tasks',
        steady,
      ],
    ],
    [
      'a setting was taken out of the files',
      desired(),
      observed({ service: service({}, { enableExecuteCommand: true, healthCheckGracePeriodSeconds: 60 }) }),
      [
        'Update the service web: enableExecuteCommand true → false, healthCheckGracePeriodSeconds 60 → 0, replace its tasks',
        steady,
      ],
    ],
    [
      'the files leave the network open: it stays',
      desired({}, { network: {} }),
      observed({ service: service() }),
      [steady],
    ],
    [
      'the groups have changed',
      desired({}, { network: { ...network, securityGroups: ['sg-1'] } }),
      observed({ service: service() }),
      ['Update the service web: networkConfiguration.awsvpcConfiguration.securityGroups none → sg-1', steady],
    ],
    [
      'force',
      desired({ force: true }),
      observed({ service: service() }),
      ['Update the service web: replace its tasks', steady],
    ],
    [
      'it is being deleted',
      desired(),
      observed({ service: service({ status: 'DRAINING' }) }),
      ['Wait until the service web is gone', 'Create the service web of 1 task', steady],
    ],
    [
      'it is adopted',
      desired({ adopt: true }),
      observed({ service: service({ tags: new Map() }) }),
      ['Tag the service web as part of this project', steady],
    ],
  ])('%s', (_, wanted, found, sentences) => {
    const plan = planServiceUp(wanted, found);
    expect(plan.operations.map(sentenceOf)).toEqual(sentences);
    expect(hasChanges(plan)).toBe(sentences.length > 1);
  });

  test('what was taken out of the files is told to ECS as its default', () => {
    const found = observed({ service: service({}, { enableExecuteCommand: true }) });
    expect(planServiceUp(desired(), found).operations[0]).toMatchObject({ members: { enableExecuteCommand: false } });
  });

  test('an adopted service hands its tag on to the tasks that it has', () => {
    const task = { arn: 'arn:task/a' } as TaskState;
    const found = observed({ service: service({ tags: new Map() }), tasks: [task] });
    expect(planServiceUp(desired({ adopt: true }), found).operations[0]).toMatchObject({
      arns: ['arn:service/web', 'arn:task/a'],
    });
  });
});

test('a service that the project did not make stops the plan with its ARN', () => {
  const found = observed({ service: service({ tags: new Map() }) });
  expect(obstacleToService(desired(), found)).toEqual({
    kind: 'foreign-service',
    service: 'web',
    arn: 'arn:service/web',
  });
  expect(obstacleToService(desired({ adopt: true }), found)).toBeUndefined();
  expect(obstacleToService(desired({ cluster: 'prod' }), observed({ clusterExists: false }))).toEqual({
    kind: 'missing-cluster',
    cluster: 'prod',
  });
});

test.each<[string, RunSettings['service'], number, number, number]>([
  ['nothing is said', {}, 4, 200, 100],
  ['two at a time, the new ones first', { rollout: { order: 'start-first', parallelism: 2 } }, 4, 150, 100],
  ['one at a time, the old ones first', { rollout: { order: 'stop-first', parallelism: 1 } }, 4, 100, 75],
  ['of three: rounded so that one can give way', { rollout: { order: 'stop-first', parallelism: 1 } }, 3, 100, 66],
  ['of three: rounded so that one can be added', { rollout: { order: 'start-first', parallelism: 1 } }, 3, 134, 100],
  ['all at once', { rollout: { order: 'stop-first', parallelism: 0 } }, 4, 100, 0],
  ['more at a time than there are', { rollout: { order: 'start-first', parallelism: 9 } }, 4, 200, 100],
  ['ecs-params wins', { deploymentConfiguration: { maximumPercent: 150, minimumHealthyPercent: 50 } }, 4, 150, 50],
  ['only the maximum is given', { deploymentConfiguration: { maximumPercent: 100 } }, 4, 100, 0],
])('the percentages of a rollout: %s', (_, settings, count, maximumPercent, minimumHealthyPercent) => {
  const wanted = desired({ count }, settings === undefined ? {} : { service: settings });
  expect(desiredMembers(wanted, undefined).deploymentConfiguration).toMatchObject({
    maximumPercent,
    minimumHealthyPercent,
  });
});

describe('planServiceScale', () => {
  test('changes the number, and nothing where it is so already', () => {
    expect(planServiceScale(desired(), service(), 2).operations.map(sentenceOf)).toEqual([
      'Update the service web: desiredCount 1 → 2',
      'Wait until the service web is steady with 2 tasks',
    ]);
    expect(hasChanges(planServiceScale(desired(), service(), 1))).toBe(false);
  });

  test('goes on replacing as many tasks at a time as Compose says', () => {
    const wanted = desired({}, { service: { rollout: { order: 'stop-first', parallelism: 1 } } });
    const [update] = planServiceScale(wanted, service(), 4).operations;
    expect(update).toMatchObject({
      members: { desiredCount: 4, deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 75 } },
    });
  });
});

test('planServiceRemove stops the tasks first, unless it is forced or on the way already', () => {
  const sentences = (state: ServiceState, force: boolean) =>
    planServiceRemove(desired(), state, { force: force }).operations.map(sentenceOf);
  expect(sentences(service(), false)).toEqual([
    'Update the service web: desiredCount 1 → 0',
    'Wait until no task of the service web runs',
    'Delete the service web',
    'Wait until the service web is gone',
  ]);
  expect(sentences(service(), true)).toEqual(['Delete the service web', 'Wait until the service web is gone']);
  expect(sentences(service({ status: 'DRAINING' }), false)).toEqual(['Wait until the service web is gone']);
});
