import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Account } from '../../../src/deployer/account.ts';
import { sentenceOf } from '../../../src/deployer/operation.ts';
import { ownGroupName } from '../../../src/deployer/ownership.ts';
import type { Plan } from '../../../src/deployer/plan.ts';
import type { DesiredService } from '../../../src/deployer/service/desired.ts';
import { observeService } from '../../../src/deployer/service/observe.ts';
import { planServiceUp } from '../../../src/deployer/service/plan.ts';
import { runKilled, type TestAccount, testAccount } from '../account.ts';
import { carryOut, webService, where } from './web-service.ts';

let own: TestAccount;
beforeEach(async () => {
  own = await testAccount();
});
afterEach(() => own.close());

const publishing = (...ports: readonly number[]): DesiredService => webService(ports);

async function planned(account: Account, wanted: DesiredService): Promise<Plan> {
  return planServiceUp(wanted, await observeService(account, where, wanted));
}

/** What `service up` does, without its words. */
async function up(account: Account, wanted: DesiredService): Promise<void> {
  await carryOut(await planned(account, wanted), account, own);
}

/** Where the service is, and what its groups admit. */
async function place() {
  const service = await own.account.describeService('default', 'web');
  const { securityGroups = [], ...rest } = service?.members.networkConfiguration?.awsvpcConfiguration ?? {};
  const groups = await (await own.account.network()).securityGroupsNamed(ownGroupName(where));
  return {
    ...rest,
    isInOwnGroup: groups.map(({ id }) => id).join() === securityGroups.join() && securityGroups.length === 1,
    admits: groups.flatMap(({ inbound }) => inbound.map(({ fromPort }) => fromPort)),
  };
}

test('a service that publishes its first port gets a group, and stays where it is', async () => {
  await up(own.account, publishing());
  const before = await place();
  expect(before).toMatchObject({ isInOwnGroup: false, admits: [], assignPublicIp: 'ENABLED' });
  const { operations } = await planned(own.account, publishing(80));
  expect(operations.map(sentenceOf)).toEqual([
    'Register a new revision of web: containerDefinitions[web].portMappings changed',
    expect.stringMatching(/^Create the security group compose2fargate-web in vpc-\w+, which costs nothing$/),
    'Open 80/tcp to everybody in the security group compose2fargate-web',
    'Update the service web: taskDefinition web:1 → the new revision, networkConfiguration.awsvpcConfiguration.securityGroups none → compose2fargate-web',
    'Wait until the service web is steady with 1 task',
  ]);
  await up(own.account, publishing(80));
  expect(await place()).toEqual({ ...before, isInOwnGroup: true, admits: [80] });
  expect((await planned(own.account, publishing(80))).operations.map(({ kind }) => kind)).toEqual(['wait-service']);
});

test('one that was put into groups by somebody else stays in them', async () => {
  await up(own.account, publishing());
  const { networkConfiguration } = (await own.account.describeService('default', 'web'))?.members ?? {};
  const { awsvpcConfiguration } = networkConfiguration ?? {};
  if (awsvpcConfiguration === undefined) throw new Error('The service has no network.');
  await own.account.updateService({
    cluster: 'default',
    service: 'web',
    members: { networkConfiguration: { awsvpcConfiguration: { ...awsvpcConfiguration, securityGroups: ['sg-1'] } } },
    forceNewDeployment: false,
  });
  await up(own.account, publishing(80));
  const service = await own.account.describeService('default', 'web');
  expect(service?.members.networkConfiguration?.awsvpcConfiguration.securityGroups).toEqual(['sg-1']);
});

describe.each(['before', 'after'] as const)('killed %s any call and run again', (when) => {
  test('it ends with one group, and its tasks in it', async () => {
    for (let nth = 0; ; nth++) {
      await own.close();
      own = await testAccount();
      await up(own.account, publishing());
      const wasKilled = await runKilled(own.account, nth, when, (account) => up(account, publishing(80)));
      expect(await place(), `killed ${when} call ${nth}`).toMatchObject({ isInOwnGroup: true, admits: [80] });
      if (!wasKilled) return;
    }
  }, 180_000);
});
