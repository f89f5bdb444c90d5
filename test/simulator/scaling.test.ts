import {
  ApplicationAutoScalingClient,
  DeleteScalingPolicyCommand,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  PutScalingPolicyCommand,
  type PutScalingPolicyCommandInput,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createShop, describeService, prepareShop, refusal, type TestAccount, testAccount } from './account.ts';

const shop = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/default/shop',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;

let account: TestAccount;
let scaling: ApplicationAutoScalingClient;
beforeEach(async () => {
  account = await testAccount();
  await prepareShop(account);
  scaling = new ApplicationAutoScalingClient({
    endpoint: account.simulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  });
});
afterEach(() => account.close());

const register = (MinCapacity: number, MaxCapacity: number) =>
  scaling.send(new RegisterScalableTargetCommand({ ...shop, MinCapacity, MaxCapacity }));

const put = (
  changes: Partial<PutScalingPolicyCommandInput> = {},
  PredefinedMetricType = 'ECSServiceAverageCPUUtilization',
) =>
  scaling.send(
    new PutScalingPolicyCommand({
      ...shop,
      PolicyName: 'cpu',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 60,
        PredefinedMetricSpecification: { PredefinedMetricType: PredefinedMetricType as never },
      },
      ...changes,
    }),
  );

it('registers services that are there, and brings them within their limits', async () => {
  expect(await refusal(register(1, 2))).toMatchObject({
    name: 'ValidationException',
    message: "ECS service doesn't exist: service/default/shop",
  });
  await createShop(account);
  expect(await refusal(register(3, 2))).toMatchObject({
    message: 'Maximum capacity cannot be less than minimum capacity',
  });
  await register(2, 4);
  expect(await describeService(account)).toMatchObject({ desiredCount: 2 });
  const ask = new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs', ResourceIds: [shop.ResourceId] });
  expect((await scaling.send(ask)).ScalableTargets).toMatchObject([{ ...shop, MinCapacity: 2, MaxCapacity: 4 }]);
});

it('takes policies of registered targets, one for each metric, and loses them with the target', async () => {
  expect(await refusal(put())).toMatchObject({
    name: 'ObjectNotFoundException',
    message: expect.stringMatching(
      /^No scalable target registered for service namespace: ecs, resource ID: service\/default\/shop/,
    ),
  });
  await createShop(account);
  await register(1, 4);
  await put();
  expect(await refusal(put({ PolicyName: 'other' }))).toMatchObject({ message: expect.stringMatching(/^Only one/) });
  expect(await refusal(put({ PolicyName: 'requests' }, 'ALBRequestCountPerTarget'))).toMatchObject({
    name: 'ValidationException',
  });
  const missing = scaling.send(new DeleteScalingPolicyCommand({ ...shop, PolicyName: 'requests' }));
  expect(await refusal(missing)).toMatchObject({ name: 'ObjectNotFoundException' });
  await scaling.send(new DeregisterScalableTargetCommand(shop));
  const { ScalingPolicies } = await scaling.send(new DescribeScalingPoliciesCommand(shop));
  expect(ScalingPolicies).toEqual([]);
});
