import type { ServiceSettings } from '../transformer/service-settings.ts';
import { UsageError } from './command.ts';
import { parsePort } from './port.ts';
import { repeated } from './repeated.ts';

/** A target group and the container port that it sends traffic to. */
type LoadBalancer = NonNullable<ServiceSettings['loadBalancers']>[number];

/** As ecs-cli spells them. */
const members = ['targetGroupArn', 'containerName', 'containerPort'] as const;

/** The options of ecs-cli that name target groups; the last three are the older way to name one. */
export interface TargetGroupOptions {
  readonly targetGroups?: readonly LoadBalancer[];
  readonly targetGroupArn?: string;
  readonly containerName?: string;
  readonly containerPort?: number;
}

/**
 * A target group from `targetGroupArn=ARN,containerName=web,containerPort=80`; an option that is repeated adds to the
 * earlier ones.
 */
export function parseTargetGroup(text: string, earlier: unknown): readonly LoadBalancer[] {
  const given = new Map(text.split(',').map((pair) => /^([^=]*)=?(.*)$/s.exec(pair)?.slice(1) as [string, string]));
  const unknown = [...given.keys()].find((name) => !members.some((member) => member === name));
  const missing = members.find((member) => !given.get(member));
  if (unknown !== undefined || missing !== undefined) {
    const problem = unknown === undefined ? `"${text}" lacks ${missing}.` : `A target group has no "${unknown}".`;
    throw new UsageError(`${problem} Write targetGroupArn=ARN,containerName=NAME,containerPort=PORT.`);
  }
  const [targetGroupArn = '', containerName = '', port = ''] = members.map((member) => given.get(member));
  const group = { targetGroupArn: parseTargetGroupArn(targetGroupArn), containerName, containerPort: parsePort(port) };
  return repeated(earlier, group);
}

/** The ARN of a target group, as it stands. */
export function parseTargetGroupArn(text: string): string {
  if (/^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:targetgroup\/.+$/.test(text)) return text;
  throw new UsageError(
    `"${text}" is no target group. Write its ARN: arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID.`,
  );
}

/** The target groups that the options name; undefined where they name none. Throws a `UsageError`. */
export function targetGroupsOf({
  targetGroups,
  targetGroupArn,
  containerName,
  containerPort,
}: TargetGroupOptions): readonly LoadBalancer[] | undefined {
  if (targetGroupArn === undefined && containerName === undefined && containerPort === undefined) return targetGroups;
  if (targetGroups !== undefined) {
    throw new UsageError('--target-groups and --target-group-arn exclude each other. Use --target-groups for all.');
  }
  if (targetGroupArn === undefined || containerName === undefined || containerPort === undefined) {
    throw new UsageError('--target-group-arn, --container-name and --container-port belong together: give all three.');
  }
  return [{ targetGroupArn, containerName, containerPort }];
}
