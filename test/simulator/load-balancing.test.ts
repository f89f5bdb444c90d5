import {
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import {
  AddTagsCommand,
  CreateListenerCommand,
  type CreateListenerCommandInput,
  CreateLoadBalancerCommand,
  type CreateLoadBalancerCommandInput,
  CreateTargetGroupCommand,
  type CreateTargetGroupCommandInput,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyTargetGroupCommand,
  SetSubnetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createShop, prepareShop, refusal, type TestAccount, testAccount } from './account.ts';

let account: TestAccount;
let elb: ElasticLoadBalancingV2Client;
let subnets: readonly string[];
let vpc: string;
let group: string;
beforeEach(async () => {
  account = await testAccount();
  await prepareShop(account);
  elb = clientIn('us-east-1');
  const { Subnets = [] } = await account.ec2.send(new DescribeSubnetsCommand({}));
  subnets = Subnets.map(({ SubnetId = '' }) => SubnetId);
  vpc = (await account.ec2.send(new DescribeVpcsCommand({}))).Vpcs?.[0]?.VpcId ?? '';
  const made = await account.ec2.send(new CreateSecurityGroupCommand({ GroupName: 'shop', Description: 'shop' }));
  group = made.GroupId ?? '';
});
afterEach(() => account.close());

function clientIn(region: string): ElasticLoadBalancingV2Client {
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  return new ElasticLoadBalancingV2Client({
    endpoint: account.simulator.endpoint,
    region,
    credentials,
    maxAttempts: 1,
  });
}

async function balancer(changes: Partial<CreateLoadBalancerCommandInput> = {}): Promise<string> {
  const input = { Name: 'shop', Subnets: subnets.slice(0, 2), SecurityGroups: [group], ...changes };
  const { LoadBalancers = [] } = await elb.send(new CreateLoadBalancerCommand(input));
  return LoadBalancers[0]?.LoadBalancerArn ?? '';
}

async function targets(changes: Partial<CreateTargetGroupCommandInput> = {}): Promise<string> {
  const input = { Name: 'shop', Protocol: 'HTTP', Port: 80, VpcId: vpc, TargetType: 'ip', ...changes } as const;
  const { TargetGroups = [] } = await elb.send(new CreateTargetGroupCommand(input));
  return TargetGroups[0]?.TargetGroupArn ?? '';
}

async function listen(
  LoadBalancerArn: string,
  TargetGroupArn: string,
  changes: Partial<CreateListenerCommandInput> = {},
): Promise<string> {
  const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
  const input = { LoadBalancerArn, Port: 80, Protocol: 'HTTP' as const, DefaultActions, ...changes };
  const { Listeners = [] } = await elb.send(new CreateListenerCommand(input));
  return Listeners[0]?.ListenerArn ?? '';
}

const behind = (targetGroupArn: string) => ({
  loadBalancers: [{ targetGroupArn, containerName: 'web', containerPort: 80 }],
});

it('a load balancer is provisioned for a while, and found by its name', async () => {
  const arn = await balancer({ Tags: [{ Key: 'a', Value: 'b' }] });
  const ask = new DescribeLoadBalancersCommand({ Names: ['shop'] });
  expect((await elb.send(ask)).LoadBalancers).toMatchObject([
    {
      LoadBalancerArn: arn,
      DNSName: expect.stringMatching(/^shop-\d+\.us-east-1\.elb\.amazonaws\.com$/),
      Scheme: 'internet-facing',
      VpcId: vpc,
      State: { Code: 'provisioning' },
      AvailabilityZones: [{ ZoneName: 'us-east-1a' }, { ZoneName: 'us-east-1b' }],
      SecurityGroups: [group],
    },
  ]);
  account.pass(20);
  expect((await elb.send(ask)).LoadBalancers?.[0]?.State?.Code).toBe('active');
  await elb.send(new AddTagsCommand({ ResourceArns: [arn], Tags: [{ Key: 'c', Value: 'd' }] }));
  expect((await elb.send(new DescribeTagsCommand({ ResourceArns: [arn] }))).TagDescriptions).toEqual([
    {
      ResourceArn: arn,
      Tags: [
        { Key: 'a', Value: 'b' },
        { Key: 'c', Value: 'd' },
      ],
    },
  ]);
  await elb.send(new SetSubnetsCommand({ LoadBalancerArn: arn, Subnets: [...subnets] }));
  expect((await elb.send(ask)).LoadBalancers?.[0]?.AvailabilityZones).toHaveLength(3);
});

it('refuses load balancers as ELB does', async () => {
  const arn = await balancer();
  expect(await balancer()).toBe(arn);
  expect(await refusal(balancer({ Scheme: 'internal' }))).toMatchObject({
    name: expect.stringContaining('DuplicateLoadBalancerName'),
  });
  expect(await refusal(balancer({ Name: 'one', Subnets: subnets.slice(0, 1) }))).toMatchObject({
    message: 'At least two subnets in two different Availability Zones must be specified',
  });
  expect(await refusal(balancer({ Name: 'same', Subnets: [subnets[0] ?? '', subnets[0] ?? ''] }))).toMatchObject({
    message: 'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
  });
  expect(await refusal(balancer({ Name: 'a'.repeat(33) }))).toMatchObject({
    message: expect.stringContaining('longer than 32'),
  });
  expect(await refusal(elb.send(new DescribeLoadBalancersCommand({ Names: ['other'] })))).toMatchObject({
    message: 'One or more load balancers not found',
  });
});

it('what is in one region is not there in another, made or only named', async () => {
  const elsewhere = clientIn('us-east-2');
  for (const arn of [
    await targets(),
    'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789ab',
  ]) {
    const ask = new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] });
    expect((await elb.send(ask)).TargetGroups).toHaveLength(1);
    expect((await refusal(elsewhere.send(ask))).message).toBe('One or more target groups not found');
  }
  for (const arn of [
    await balancer(),
    'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/0123456789ab',
  ]) {
    const ask = new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] });
    expect((await elb.send(ask)).LoadBalancers).toHaveLength(1);
    expect((await refusal(elsewhere.send(ask))).message).toBe('One or more load balancers not found');
  }
});

it('a target group keeps its check, belongs to one load balancer, and is not deleted while it is used', async () => {
  const tg = await targets({ HealthCheckPath: '/up', Matcher: { HttpCode: '200-399' } });
  const first = await balancer();
  expect(await refusal(createShop(account, behind(tg)))).toMatchObject({
    message: `The target group with targetGroupArn ${tg} does not have an associated load balancer.`,
  });
  await listen(first, tg);
  const second = await balancer({ Name: 'second' });
  expect(await refusal(listen(second, tg))).toMatchObject({
    name: expect.stringContaining('TargetGroupAssociationLimit'),
  });
  expect(await refusal(elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: tg })))).toMatchObject({
    name: expect.stringContaining('ResourceInUse'),
  });
  const change = { TargetGroupArn: tg, HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 10 };
  expect(await refusal(elb.send(new ModifyTargetGroupCommand(change)))).toMatchObject({
    message: 'Health check interval must be greater than the timeout.',
  });
  await elb.send(new ModifyTargetGroupCommand({ ...change, HealthCheckTimeoutSeconds: 3 }));
  expect(await refusal(targets({ Port: 81 }))).toMatchObject({
    name: expect.stringContaining('DuplicateTargetGroupName'),
  });
  expect((await elb.send(new DescribeTargetGroupsCommand({ Names: ['shop'] }))).TargetGroups).toMatchObject([
    {
      TargetGroupArn: tg,
      HealthCheckPath: '/up',
      HealthCheckIntervalSeconds: 10,
      HealthCheckTimeoutSeconds: 3,
      UnhealthyThresholdCount: 2,
      Matcher: { HttpCode: '200-399' },
      LoadBalancerArns: [first],
    },
  ]);
  await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: first }));
  await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: tg }));
  expect(await refusal(elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [tg] })))).toMatchObject({
    message: 'One or more target groups not found',
  });
});

it('a listener has a port of its own, and HTTPS a certificate that is there', async () => {
  const [lb, tg] = [await balancer(), await targets()];
  const listener = await listen(lb, tg);
  expect(await listen(lb, tg)).toBe(listener);
  const other = { DefaultActions: [{ Type: 'fixed-response' as const, FixedResponseConfig: { StatusCode: '404' } }] };
  expect(await refusal(listen(lb, tg, other))).toMatchObject({ name: expect.stringContaining('DuplicateListener') });
  const https = { Port: 443, Protocol: 'HTTPS' as const };
  expect(await refusal(listen(lb, tg, https))).toMatchObject({
    message: 'A certificate must be specified for HTTPS listeners',
  });
  const certificate = (id: string) => ({
    Certificates: [{ CertificateArn: `arn:aws:acm:us-east-1:123456789012:certificate/${id}` }],
  });
  expect(await refusal(listen(lb, tg, { ...https, ...certificate('00000000-0000') }))).toMatchObject({
    name: expect.stringContaining('CertificateNotFound'),
  });
  await listen(lb, tg, { ...https, ...certificate('12345678-1234') });
  const redirect = {
    Type: 'redirect' as const,
    RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' as const },
  };
  await elb.send(new ModifyListenerCommand({ ListenerArn: listener, DefaultActions: [redirect] }));
  expect((await elb.send(new DescribeListenersCommand({ LoadBalancerArn: lb }))).Listeners).toMatchObject([
    { Port: 80, Protocol: 'HTTP', DefaultActions: [redirect] },
    { Port: 443, Protocol: 'HTTPS', ...certificate('12345678-1234'), DefaultActions: [{ TargetGroupArn: tg }] },
  ]);
});

it('the tasks of a service are targets, whose health follows theirs', async () => {
  const tg = await targets();
  await listen(await balancer(), tg);
  await createShop(account, behind(tg));
  const health = async () => {
    const { TargetHealthDescriptions = [] } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: tg }));
    return TargetHealthDescriptions.map(({ Target, TargetHealth }) => [Target?.Port, TargetHealth?.State]);
  };
  expect(await health()).toEqual([]);
  account.pass(300);
  expect(await health()).toEqual([[80, 'healthy']]);
  await account.ecs.send(new UpdateServiceCommand({ service: 'shop', desiredCount: 0 }));
  account.pass(1);
  expect(await health()).toEqual([[80, 'draining']]);
  account.pass(300);
  expect(await health()).toEqual([]);
});

it('the network interfaces of a load balancer keep its security group for a while after it', async () => {
  const arn = await balancer();
  const remove = () => account.ec2.send(new DeleteSecurityGroupCommand({ GroupId: group }));
  expect(await refusal(remove())).toMatchObject({ name: 'DependencyViolation' });
  await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn }));
  expect(await refusal(remove())).toMatchObject({ name: 'DependencyViolation' });
  account.pass(20);
  await remove();
});
