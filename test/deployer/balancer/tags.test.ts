import { afterEach, beforeEach, expect, test } from 'vitest';
import { projectTags } from '../../../src/deployer/ownership.ts';
import { type TestAccount, testAccount } from '../account.ts';

let simulated: TestAccount;
beforeEach(async () => {
  simulated = await testAccount();
});
afterEach(() => simulated.close());

test('are told of more resources than ELB takes in a call', async () => {
  const { account } = simulated;
  const vpc = (await (await account.network()).defaultSubnets())?.vpc ?? '';
  const balancing = await account.balancing();
  const check = { path: '/', matcher: '200', intervalSeconds: 30, timeoutSeconds: 5 };
  const healthCheck = { ...check, healthyThreshold: 5, unhealthyThreshold: 2 };
  const arns: string[] = [];
  for (let port = 8000; port < 8021; port += 1) {
    arns.push(
      await balancing.createTargetGroup({ name: `on-${port}`, port, vpc, healthCheck, tags: projectTags('shop') }),
    );
  }
  const tags = await balancing.tags(arns);
  expect([...tags.keys()]).toEqual(arns);
  expect(new Set([...tags.values()].map((one) => one.get('compose2fargate:project')))).toEqual(new Set(['shop']));
});
