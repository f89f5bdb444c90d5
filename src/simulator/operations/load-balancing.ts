import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { ACCOUNT_ID, arn, hexadecimal } from '../identifiers.ts';
import { defaultVpcId } from '../network.ts';
import type { Operation } from './operation.ts';

interface DescribeTargetGroupsInput {
  readonly TargetGroupArns?: readonly string[];
}

export const loadBalancingOperations: Readonly<Record<string, Operation>> = {
  DescribeTargetGroups: { answer: describeTargetGroups },
};

/** A target group that is named is there, of type ip, with a load balancer of its own. */
function describeTargetGroups(_: Account, { input, region }: Call<DescribeTargetGroupsInput>): object {
  return { TargetGroups: (input.TargetGroupArns ?? []).map((one) => supposedTargetGroup(one, region)) };
}

function supposedTargetGroup(targetGroupArn: string, region: string): object {
  const [, name] = new RegExp(`:${region}:${ACCOUNT_ID}:targetgroup/([^/]+)/\\w+$`).exec(targetGroupArn) ?? [];
  if (name === undefined) throw new ApiError('TargetGroupNotFound', 'One or more target groups not found');
  const id = hexadecimal(16, `loadbalancer:${targetGroupArn}`);
  return {
    TargetGroupArn: targetGroupArn,
    TargetGroupName: name,
    Protocol: 'HTTP',
    Port: 80,
    VpcId: defaultVpcId(region),
    TargetType: 'ip',
    LoadBalancerArns: [arn('elasticloadbalancing', region, `loadbalancer/app/${name}/${id}`)],
  };
}
