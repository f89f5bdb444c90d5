import {
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  type ElasticLoadBalancingV2ClientConfig,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Ask } from '../aws/aws-error.ts';
import type { Balancing } from './balancing.ts';

/** Elastic Load Balancing by the SDK. This file is a bundle of its own, loaded for what stands behind a load balancer. */
export function elasticLoadBalancing(config: ElasticLoadBalancingV2ClientConfig, ask: Ask): Balancing {
  const client = new ElasticLoadBalancingV2Client(config);
  return {
    async loadBalancerOf(targetGroupArn) {
      const { TargetGroups = [] } = await ask('elasticloadbalancing:DescribeTargetGroups', () =>
        client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [targetGroupArn] })),
      );
      return TargetGroups[0]?.LoadBalancerArns?.[0];
    },
  };
}
