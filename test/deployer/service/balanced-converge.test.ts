import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Account } from '../../../src/deployer/account.ts';
import { AwsError } from '../../../src/deployer/aws/aws-error.ts';
import { removeOwnGroups } from '../../../src/deployer/network/plan.ts';
import { ownGroupName } from '../../../src/deployer/ownership.ts';
import { hasChanges, withLast } from '../../../src/deployer/plan.ts';
import type { DesiredService } from '../../../src/deployer/service/desired.ts';
import { findService, observeOwnBalancer, observeService } from '../../../src/deployer/service/observe.ts';
import { planServiceUp } from '../../../src/deployer/service/plan.ts';
import { planServiceRemove } from '../../../src/deployer/service/remove.ts';
import type { ApplicationLoadBalancer } from '../../../src/transformer/service-settings.ts';
import { plainLoadBalancer } from '../../plain-load-balancer.ts';
import { runKilled, type TestAccount, testAccount } from '../account.ts';
import { carryOut, webService, where } from './web-service.ts';

let own: TestAccount;
beforeEach(async () => {
  own = await testAccount();
});
afterEach(() => own.close());

const secured: ApplicationLoadBalancer = {
  ...plainLoadBalancer,
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
  source: ['10.0.0.0/8'],
};

function desired(applicationLoadBalancer: ApplicationLoadBalancer | undefined): DesiredService {
  return webService([80], applicationLoadBalancer && { applicationLoadBalancer });
}

type Run = (account: Account) => Promise<void>;

/** What `service up` does, without its words. */
function up(settings: ApplicationLoadBalancer | undefined): Run {
  const wanted = desired(settings);
  return async (account) => carryOut(planServiceUp(wanted, await observeService(account, where, wanted)), account, own);
}

/** What `service rm` does. */
const remove: Run = async (account) => {
  const { service } = await findService(account, where);
  const balancer = await observeOwnBalancer(account, where, service, true);
  const ec2 = await account.network();
  const groups = [
    ...(await ec2.securityGroupsNamed(ownGroupName(where))),
    ...(balancer?.group ? [balancer.group] : []),
  ];
  const plan = planServiceRemove(desired(plainLoadBalancer), service, { force: false, balancer });
  await carryOut(withLast(removeOwnGroups(groups, 'web'), plan), account, own);
};

/** All that is left, by names: an ARN or an id is another one each time. */
async function endState(): Promise<unknown> {
  const { service, around } = await observeService(own.account, where, desired(plainLoadBalancer));
  const { loadBalancer, targetGroup, listeners = [], group } = around.balancer ?? {};
  const ofTasks = await (await own.account.network()).securityGroupsNamed(ownGroupName(where));
  const rules = [...ofTasks, ...(group === undefined ? [] : [group])].flatMap(({ inbound }) => inbound);
  return {
    behind: service?.members.loadBalancers?.map(({ targetGroupArn }) => targetGroupArn === targetGroup?.arn),
    marks: [...(service?.tags.keys() ?? [])],
    loadBalancer: loadBalancer?.name,
    targetGroup: targetGroup?.name,
    listeners: listeners.map(({ port, redirects, certificateArn, forwardsTo }) => ({
      port,
      redirects,
      isSecured: certificateArn !== undefined,
      isForwarding: forwardsTo !== undefined && forwardsTo === targetGroup?.arn,
    })),
    rules: rules.map(({ fromPort, description }) => `${fromPort} ${description}`).toSorted(),
  };
}

test('the plan is empty once it was executed', async () => {
  for (const settings of [plainLoadBalancer, secured, undefined, plainLoadBalancer]) {
    await up(settings)(own.account);
    const wanted = desired(settings);
    expect(hasChanges(planServiceUp(wanted, await observeService(own.account, where, wanted)))).toBe(false);
  }
});

test.each([
  ['createService', undefined],
  ['updateService', up(undefined)],
] as const)('%s waits until ECS sees the load balancer that was made for it', async (method, earlier) => {
  await earlier?.(own.account);
  let calls = 0;
  const call = own.account[method] as (...parameters: readonly unknown[]) => Promise<never>;
  const message = 'The target group with targetGroupArn arn:… does not have an associated load balancer.';
  const refusal = new AwsError(`ecs:${method}`, { name: 'InvalidParameterException', message });
  await up(plainLoadBalancer)({
    ...own.account,
    [method]: (...parameters: readonly unknown[]) => (calls++ < 2 ? Promise.reject(refusal) : call(...parameters)),
  });
  expect(calls).toBe(3);
});

describe.each<[string, Run | undefined, Run]>([
  ['the first service up behind a load balancer', undefined, up(plainLoadBalancer)],
  ['service up of another listener', up(plainLoadBalancer), up(secured)],
  ['service up that adds a load balancer', up(undefined), up(plainLoadBalancer)],
  ['service up that takes the load balancer away', up(plainLoadBalancer), up(undefined)],
  ['service rm', up(plainLoadBalancer), remove],
])('%s, killed at any call and run again, ends as if it had not been', (_, earlier, run) => {
  test.each(['before', 'after'] as const)(
    '%s the call',
    async (when) => {
      await earlier?.(own.account);
      await run(own.account);
      const end = await endState();
      for (let nth = 0; ; nth++) {
        await own.close();
        own = await testAccount();
        await earlier?.(own.account);
        const wasKilled = await runKilled(own.account, nth, when, run);
        expect(await endState(), `killed ${when} call ${nth}`).toEqual(end);
        if (!wasKilled) return;
      }
    },
    180_000,
  );
});
