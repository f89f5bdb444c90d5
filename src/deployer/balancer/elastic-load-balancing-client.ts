import {
  type Action,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteListenerCommand,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  type DescribeLoadBalancersCommandInput,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  type DescribeTargetGroupsCommandInput,
  ElasticLoadBalancingV2Client,
  type ElasticLoadBalancingV2ClientConfig,
  type Listener as ElbListener,
  type LoadBalancer as ElbLoadBalancer,
  type TargetGroup as ElbTargetGroup,
  ModifyListenerCommand,
  ModifyTargetGroupCommand,
  ProtocolEnum,
  SetSubnetsCommand,
  type TagDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Tag } from '../../fargate/task-definition.ts';
import type { TargetHealthCheck } from '../../transformer/service-settings.ts';
import { type Ask, undefinedOn } from '../aws/aws-error.ts';
import { defined } from '../aws/defined.ts';
import type { Balancing, Listener, ListenerSettings, LoadBalancer, TargetGroup } from './balancing.ts';

/** TLS 1.3 and 1.2, as ELB's console offers first. Source: ELB User Guide, "Security policies". */
const sslPolicy = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

/** DescribeTags takes at most so many resources. Source: ELB API Reference, DescribeTags. */
const resourcesPerCall = 20;

/** Elastic Load Balancing by the SDK. This file is a bundle of its own, loaded for what stands behind a load balancer. */
export function elasticLoadBalancing(config: ElasticLoadBalancingV2ClientConfig, ask: Ask): Balancing {
  const client = new ElasticLoadBalancingV2Client(config);
  const describeLoadBalancers = async (input: DescribeLoadBalancersCommandInput) => {
    const { LoadBalancers = [] } = await ask('elasticloadbalancing:DescribeLoadBalancers', () =>
      client.send(new DescribeLoadBalancersCommand(input)),
    );
    return LoadBalancers.map(loadBalancerOf);
  };
  const describeTargetGroups = async (input: DescribeTargetGroupsCommandInput) => {
    const { TargetGroups = [] } = await ask('elasticloadbalancing:DescribeTargetGroups', () =>
      client.send(new DescribeTargetGroupsCommand(input)),
    );
    return TargetGroups.map(targetGroupOf);
  };
  return {
    async loadBalancerNamed(name) {
      return (await describeLoadBalancers({ Names: [name] }).catch(absent('LoadBalancerNotFound')))?.[0];
    },
    async targetGroupNamed(name) {
      return (await describeTargetGroups({ Names: [name] }).catch(absent('TargetGroupNotFound')))?.[0];
    },
    loadBalancers: (arns) => describeLoadBalancers({ LoadBalancerArns: [...arns] }),
    targetGroups: (arns) => describeTargetGroups({ TargetGroupArns: [...arns] }),
    async listeners(LoadBalancerArn) {
      const { Listeners = [] } = await ask('elasticloadbalancing:DescribeListeners', () =>
        client.send(new DescribeListenersCommand({ LoadBalancerArn })),
      );
      return Listeners.map(listenerOf);
    },
    async tags(arns) {
      const found: TagDescription[] = [];
      for (let at = 0; at < arns.length; at += resourcesPerCall) {
        const ResourceArns = arns.slice(at, at + resourcesPerCall);
        const { TagDescriptions = [] } = await ask('elasticloadbalancing:DescribeTags', () =>
          client.send(new DescribeTagsCommand({ ResourceArns })),
        );
        found.push(...TagDescriptions);
      }
      return new Map(
        found.map(({ ResourceArn = '', Tags = [] }) => [
          ResourceArn,
          new Map(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
        ]),
      );
    },
    async createLoadBalancer({ name, scheme, subnets, securityGroup, tags }) {
      const input = { Name: name, Scheme: scheme, Subnets: [...subnets], SecurityGroups: [securityGroup] };
      const { LoadBalancers = [] } = await ask('elasticloadbalancing:CreateLoadBalancer', () =>
        client.send(new CreateLoadBalancerCommand({ ...input, Type: 'application', Tags: tagsInput(tags) })),
      );
      return LoadBalancers[0]?.LoadBalancerArn ?? '';
    },
    async setSubnets(LoadBalancerArn, subnets) {
      await ask('elasticloadbalancing:SetSubnets', () =>
        client.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: [...subnets] })),
      );
    },
    async deleteLoadBalancer(LoadBalancerArn) {
      const gone = ask('elasticloadbalancing:DeleteLoadBalancer', () =>
        client.send(new DeleteLoadBalancerCommand({ LoadBalancerArn })),
      );
      await gone.catch(absent('LoadBalancerNotFound'));
    },
    async createTargetGroup({ name, port, vpc, healthCheck, tags }) {
      const input = { Name: name, Protocol: 'HTTP', Port: port, VpcId: vpc, TargetType: 'ip' } as const;
      const { TargetGroups = [] } = await ask('elasticloadbalancing:CreateTargetGroup', () =>
        client.send(
          new CreateTargetGroupCommand({ ...input, ...healthCheckInput(healthCheck), Tags: tagsInput(tags) }),
        ),
      );
      return TargetGroups[0]?.TargetGroupArn ?? '';
    },
    async modifyTargetGroup(TargetGroupArn, healthCheck) {
      await ask('elasticloadbalancing:ModifyTargetGroup', () =>
        client.send(new ModifyTargetGroupCommand({ TargetGroupArn, ...healthCheckInput(healthCheck) })),
      );
    },
    async deleteTargetGroup(TargetGroupArn) {
      const gone = ask('elasticloadbalancing:DeleteTargetGroup', () =>
        client.send(new DeleteTargetGroupCommand({ TargetGroupArn })),
      );
      await gone.catch(absent('TargetGroupNotFound'));
    },
    async createListener(LoadBalancerArn, settings, tags) {
      const input = { LoadBalancerArn, ...listenerInput(settings), Tags: tagsInput(tags) };
      await ask('elasticloadbalancing:CreateListener', () => client.send(new CreateListenerCommand(input)));
    },
    async modifyListener(ListenerArn, settings) {
      await ask('elasticloadbalancing:ModifyListener', () =>
        client.send(new ModifyListenerCommand({ ListenerArn, ...listenerInput(settings) })),
      );
    },
    async deleteListener(ListenerArn) {
      const gone = ask('elasticloadbalancing:DeleteListener', () =>
        client.send(new DeleteListenerCommand({ ListenerArn })),
      );
      await gone.catch(absent('ListenerNotFound'));
    },
  };
}

/** Takes the error of that name, which the SDK ends with `Exception`, for "it is not there"; throws all others. */
function absent(name: string): (error: unknown) => undefined {
  return undefinedOn(name, `${name}Exception`);
}

function tagsInput(tags: readonly Tag[]) {
  return tags.length === 0 ? undefined : tags.map(({ key, value }) => ({ Key: key, Value: value }));
}

function healthCheckInput(check: TargetHealthCheck) {
  return {
    HealthCheckPath: check.path,
    Matcher: { HttpCode: check.matcher },
    HealthCheckIntervalSeconds: check.intervalSeconds,
    HealthCheckTimeoutSeconds: check.timeoutSeconds,
    HealthyThresholdCount: check.healthyThreshold,
    UnhealthyThresholdCount: check.unhealthyThreshold,
  };
}

function listenerInput({ port, certificateArn, targetGroupArn }: ListenerSettings) {
  const action: Action =
    targetGroupArn === undefined
      ? { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }
      : { Type: 'forward', TargetGroupArn: targetGroupArn };
  const secured =
    certificateArn === undefined
      ? { Protocol: ProtocolEnum.HTTP }
      : { Protocol: ProtocolEnum.HTTPS, SslPolicy: sslPolicy, Certificates: [{ CertificateArn: certificateArn }] };
  return { Port: port, ...secured, DefaultActions: [action] };
}

function loadBalancerOf(one: ElbLoadBalancer): LoadBalancer {
  const { LoadBalancerArn = '', LoadBalancerName = '', DNSName = '', VpcId = '', State, AvailabilityZones = [] } = one;
  return {
    arn: LoadBalancerArn,
    name: LoadBalancerName,
    host: DNSName,
    scheme: one.Scheme === 'internal' ? 'internal' : 'internet-facing',
    vpc: VpcId,
    state: State?.Code ?? '',
    subnets: AvailabilityZones.flatMap(({ SubnetId }) => SubnetId ?? []).sort(),
  };
}

function targetGroupOf(one: ElbTargetGroup): TargetGroup {
  const { TargetGroupArn = '', TargetGroupName = '', VpcId = '', LoadBalancerArns = [] } = one;
  return {
    arn: TargetGroupArn,
    name: TargetGroupName,
    vpc: VpcId,
    healthCheck: {
      path: one.HealthCheckPath ?? '',
      matcher: one.Matcher?.HttpCode ?? '',
      intervalSeconds: one.HealthCheckIntervalSeconds ?? 0,
      timeoutSeconds: one.HealthCheckTimeoutSeconds ?? 0,
      healthyThreshold: one.HealthyThresholdCount ?? 0,
      unhealthyThreshold: one.UnhealthyThresholdCount ?? 0,
    },
    loadBalancers: LoadBalancerArns,
  };
}

function listenerOf({ ListenerArn = '', Port = 0, Certificates = [], DefaultActions = [] }: ElbListener): Listener {
  const forward = DefaultActions.find(({ Type }) => Type === 'forward');
  const targetGroupArn = forward?.TargetGroupArn ?? forward?.ForwardConfig?.TargetGroups?.[0]?.TargetGroupArn;
  return {
    arn: ListenerArn,
    port: Port,
    ...defined({ certificateArn: Certificates[0]?.CertificateArn, forwardsTo: targetGroupArn }),
    redirects: DefaultActions.some(({ Type }) => Type === 'redirect'),
  };
}
