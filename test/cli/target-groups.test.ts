import { describe, expect, test } from 'vitest';
import { parseTargetGroup, targetGroupsOf } from '../../src/cli/target-groups.ts';

const arn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef';
const group = { targetGroupArn: arn, containerName: 'web', containerPort: 80 };

describe('--target-groups', () => {
  test('repeated, it adds to the earlier ones', () => {
    const first = parseTargetGroup(`targetGroupArn=${arn},containerName=web,containerPort=80`, undefined);
    expect(parseTargetGroup(`containerPort=81,containerName=api,targetGroupArn=${arn}`, first)).toEqual([
      group,
      { targetGroupArn: arn, containerName: 'api', containerPort: 81 },
    ]);
  });

  test.each([
    [`targetGroupArn=${arn},containerName=web`, /lacks containerPort/],
    [`targetGroupArn=${arn},containerName=web,containerPort=http`, /"http" is no port/],
    [`targetGroupArn=${arn},containerName=web,containerPort=65536`, /"65536" is no port/],
    ['targetGroupArn=web,containerName=web,containerPort=80', /"web" is no target group/],
    ['loadBalancerName=web,containerName=web,containerPort=80', /A target group has no "loadBalancerName"/],
    ['', /A target group has no ""/],
  ])('%s is wrong usage', (text, words) => {
    expect(() => parseTargetGroup(text, undefined)).toThrow(words);
  });
});

describe('the older three options', () => {
  test('name one target group together', () => {
    expect(targetGroupsOf(group)).toEqual([group]);
    expect(targetGroupsOf({})).toBeUndefined();
  });

  test('need each other, and exclude --target-groups', () => {
    expect(() => targetGroupsOf({ targetGroupArn: arn })).toThrow(/belong together/);
    expect(() => targetGroupsOf({ ...group, targetGroups: [group] })).toThrow(/exclude each other/);
  });
});
