import { expect, test } from 'vitest';
import { tracesOf } from '../../../src/deployer/purge/traces.ts';
import type { ContainerDefinition, TaskDefinition } from '../../../src/fargate/task-definition.ts';

const where = { project: 'shop', region: 'us-east-1', builds: [] };

function definition(container: Partial<ContainerDefinition>, more: Partial<TaskDefinition> = {}): TaskDefinition {
  return {
    family: 'shop',
    containerDefinitions: [{ name: 'web', image: 'nginx', ...container }],
    ...more,
  } as TaskDefinition;
}

const registry = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

test('log groups, those of the first container to write to them too, each in its region', () => {
  const log = (options: Record<string, string>) => definition({ logConfiguration: { logDriver: 'awslogs', options } });
  const { logGroups } = tracesOf(
    [
      log({ 'awslogs-group': '/ecs/shop' }),
      log({ 'awslogs-group': '/ecs/shop' }),
      log({ 'awslogs-group': 'own', 'awslogs-region': 'eu-west-1', 'awslogs-create-group': 'true' }),
      log({ 'awslogs-group': '/ecs/cluster/default' }),
      log({ 'awslogs-group': '/ecs/cluster/production' }),
    ],
    where,
  );
  // The groups of clusters are the clusters'.
  expect(logGroups).toEqual([
    { name: '/ecs/shop', region: 'us-east-1' },
    { name: 'own', region: 'eu-west-1' },
  ]);
});

test('repositories: what is built, what has a name of the project, and apart from them what else stands in ECR', () => {
  const builds = [
    { target: { repository: 'front', tag: 'latest' } },
    { target: { registry: 'ghcr.io', repository: 'x/y', tag: '1' } },
  ];
  const definitions = ['shop/web@sha256:0', 'shop-api/web:1', 'other'].map((image) =>
    definition({ image: `${registry}/${image}` }),
  );
  expect(tracesOf([...definitions, definition({ image: 'shop/web' })], { ...where, builds })).toMatchObject({
    repositories: [
      { name: 'front', region: 'us-east-1' },
      { name: 'shop/web', region: 'eu-west-1' },
    ],
    otherRepositories: [
      { name: 'shop-api/web', region: 'eu-west-1' },
      { name: 'other', region: 'eu-west-1' },
    ],
  });
});

test.each([
  ['arn:aws:secretsmanager:us-east-1:1:secret:shop/DB-a1b2c3', { store: 'secrets-manager', name: 'shop/DB' }],
  [
    'arn:aws:secretsmanager:us-east-1:1:secret:shop/DB-x-a1b2c3:password::',
    { store: 'secrets-manager', name: 'shop/DB-x' },
  ],
  ['arn:aws:ssm:us-east-1:1:parameter/shop/DB', { store: 'ssm', name: '/shop/DB' }],
  ['/shop/DB', { store: 'ssm', name: '/shop/DB' }],
  ['arn:aws:secretsmanager:us-east-1:1:secret:shop-api/DB-a1b2c3', undefined],
  ['arn:aws:ssm:us-east-1:1:parameter/shop-api/DB', undefined],
  ['DB', undefined],
])('the secret %s', (valueFrom, secret) => {
  const { secrets } = tracesOf([definition({ secrets: [{ name: 'DB', valueFrom }] })], where);
  expect(secrets).toEqual(secret === undefined ? [] : [secret]);
});

test('the login of a registry, and file systems', () => {
  const credentialsParameter = 'arn:aws:secretsmanager:us-east-1:1:secret:shop/registry/ghcr.io-a1b2c3';
  const volumes = [{ name: 'a', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }, { name: 'b' }];
  expect(tracesOf([definition({ repositoryCredentials: { credentialsParameter } }, { volumes })], where)).toMatchObject(
    {
      secrets: [{ store: 'secrets-manager', name: 'shop/registry/ghcr.io' }],
      fileSystems: ['fs-1'],
    },
  );
});
