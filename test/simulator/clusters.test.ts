import {
  CreateClusterCommand,
  type CreateClusterCommandInput,
  DeleteClusterCommand,
  DeleteServiceCommand,
  DescribeClustersCommand,
  ListClustersCommand,
  ListTasksCommand,
  PutClusterCapacityProvidersCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createShop, prepareShop, RUN_SHOP, refusal, runShop, type TestAccount, testAccount } from './account.ts';

let account: TestAccount;
beforeEach(async () => {
  account = await testAccount();
});
afterEach(() => account.close());

const create = (input: CreateClusterCommandInput) => account.ecs.send(new CreateClusterCommand(input));
const remove = () => account.ecs.send(new DeleteClusterCommand({ cluster: 'default' }));

it('is deleted once nothing runs in it', async () => {
  await prepareShop(account);
  const task = await runShop(account);
  expect(await refusal(remove())).toMatchObject({
    name: 'ClusterContainsTasksException',
    message: 'The Cluster cannot be deleted while Tasks are active.',
  });
  await account.ecs.send(new StopTaskCommand({ task }));
  account.pass(10);
  await createShop(account);
  expect(await refusal(remove())).toMatchObject({
    name: 'ClusterContainsServicesException',
    message: 'The Cluster cannot be deleted while Services are active.',
  });
  await account.ecs.send(new DeleteServiceCommand({ service: 'shop', force: true }));
  account.pass(10);
  expect((await remove()).cluster).toMatchObject({ clusterName: 'default', status: 'INACTIVE' });
  expect(await refusal(runShop(account))).toMatchObject({
    name: 'ClusterNotFoundException',
    message: 'The referenced cluster was inactive.',
  });
  const { clusters } = await account.ecs.send(new DescribeClustersCommand({}));
  expect(clusters).toMatchObject([{ status: 'INACTIVE' }]);
  expect((await account.ecs.send(new ListClustersCommand({}))).clusterArns).toEqual([]);
  expect((await create({})).cluster?.status).toBe('ACTIVE');
  expect((await account.ecs.send(new ListTasksCommand({}))).taskArns).toEqual([]);
});

it('has the capacity providers that it was given last', async () => {
  await prepareShop(account);
  const spot = { capacityProvider: 'FARGATE_SPOT', weight: 1 };
  const put = (capacityProviders: string[]) =>
    account.ecs.send(
      new PutClusterCapacityProvidersCommand({
        cluster: 'default',
        capacityProviders,
        defaultCapacityProviderStrategy: [spot],
      }),
    );
  expect((await refusal(put(['BOGUS']))).message).toMatch(/^The specified capacity provider was not found\./);
  expect((await refusal(put(['FARGATE']))).message).toMatch(/not associated with the cluster/);
  expect((await put(['FARGATE', 'FARGATE_SPOT'])).cluster?.capacityProviders).toEqual(['FARGATE', 'FARGATE_SPOT']);
  const { launchType: _, ...byDefault } = RUN_SHOP;
  await runShop(account, { ...byDefault, launchType: undefined });
  const { clusters } = await account.ecs.send(new DescribeClustersCommand({}));
  expect(clusters?.[0]).toMatchObject({ defaultCapacityProviderStrategy: [spot], pendingTasksCount: 1 });
});

it('is listed page by page, with tokens that are only to be sent back', async () => {
  for (const clusterName of ['a', 'b', 'c']) await create({ clusterName });
  const list = async (nextToken?: string) => {
    const { clusterArns = [], ...next } = await account.ecs.send(new ListClustersCommand({ maxResults: 2, nextToken }));
    return { names: clusterArns.map((arn) => arn.replace(/.*\//, '')), token: next.nextToken };
  };
  const first = await list();
  expect(first).toEqual({ names: ['a', 'b'], token: expect.stringMatching(/^[\w-]+$/) });
  expect(await list(first.token)).toEqual({ names: ['c'], token: undefined });
  expect(await refusal(list('2'))).toMatchObject({ name: 'InvalidParameterException', message: 'Invalid token.' });
});
