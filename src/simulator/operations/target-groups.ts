import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { arn, hexadecimal } from '../identifiers.ts';
import { balancersOf, DEFAULT_HEALTH_CHECK, targetGroup, targetGroupsOf } from '../load-balancing.ts';
import { defaultVpcId } from '../network.ts';
import type { BalancerTag, TargetGroup, TargetHealthCheck } from '../records/load-balancing.ts';
import { targetsAt } from '../targets.ts';
import { checkName } from './load-balancers.ts';
import type { Operation } from './operation.ts';

/** As it is sent: numbers are text in a form. */
interface HealthCheckInput {
  readonly HealthCheckPath?: string;
  readonly HealthCheckIntervalSeconds?: string;
  readonly HealthCheckTimeoutSeconds?: string;
  readonly HealthyThresholdCount?: string;
  readonly UnhealthyThresholdCount?: string;
  readonly Matcher?: { readonly HttpCode: string };
}

interface CreateInput extends HealthCheckInput {
  readonly Name: string;
  readonly Protocol: string;
  readonly Port: string;
  readonly VpcId?: string;
  readonly TargetType?: string;
  readonly Tags?: readonly BalancerTag[];
}

interface NamedInput {
  readonly TargetGroupArn: string;
}

interface DescribeInput {
  readonly TargetGroupArns?: readonly string[];
  readonly Names?: readonly string[];
}

export const targetGroupOperations: Readonly<Record<string, Operation>> = {
  CreateTargetGroup: { check: checkCreate, apply: createTargetGroup },
  ModifyTargetGroup: { check: checkModify, apply: modifyTargetGroup },
  DescribeTargetGroups: { answer: describeTargetGroups },
  DescribeTargetHealth: { answer: describeTargetHealth },
  DeleteTargetGroup: { check: checkDelete, apply: deleteTargetGroup },
};

/** What ELB takes. Source: ELB API Reference, CreateTargetGroup. */
const RANGES: readonly (readonly [member: keyof HealthCheckInput, what: string, least: number, most: number])[] = [
  ['HealthCheckIntervalSeconds', 'Health check interval', 5, 300],
  ['HealthCheckTimeoutSeconds', 'Health check timeout', 2, 120],
  ['HealthyThresholdCount', 'Healthy threshold count', 2, 10],
  ['UnhealthyThresholdCount', 'Unhealthy threshold count', 2, 10],
];

function checkCreate(account: Account, { input, region }: Call<CreateInput>): void {
  const { Name: name, VpcId: vpcId = '' } = input;
  checkName(name, 'Target group name');
  if (targetGroupsOf(account, region).some((one) => one.name === name && !isAsAsked(one, input))) {
    throw new ApiError(
      'DuplicateTargetGroupName',
      `A target group with the same name '${name}' exists, but with different settings`,
    );
  }
  if (vpcId !== defaultVpcId(region)) throw new ApiError('ValidationError', `The VPC ID '${vpcId}' is not found`);
  checkHealthCheck(healthCheckOf(input, DEFAULT_HEALTH_CHECK));
}

function checkHealthCheck(check: TargetHealthCheck): void {
  for (const [member, what, least, most] of RANGES) {
    const value = check[member] as number;
    if (value < least || value > most) {
      throw new ApiError('ValidationError', `${what} must be between ${least} and ${most}`);
    }
  }
  if (check.HealthCheckTimeoutSeconds >= check.HealthCheckIntervalSeconds) {
    throw new ApiError('ValidationError', 'Health check interval must be greater than the timeout.');
  }
}

function healthCheckOf(input: HealthCheckInput, before: TargetHealthCheck): TargetHealthCheck {
  const numbers = RANGES.flatMap(([member]) => (input[member] === undefined ? [] : [[member, Number(input[member])]]));
  return {
    ...before,
    ...Object.fromEntries(numbers),
    ...(input.HealthCheckPath === undefined ? {} : { HealthCheckPath: input.HealthCheckPath }),
    ...(input.Matcher === undefined ? {} : { Matcher: input.Matcher }),
  };
}

/** The same call made again gives the same target group. */
function isAsAsked(found: TargetGroup, input: CreateInput): boolean {
  const wanted = healthCheckOf(input, DEFAULT_HEALTH_CHECK);
  return found.port === Number(input.Port) && JSON.stringify(found.healthCheck) === JSON.stringify(wanted);
}

function createTargetGroup(account: Account, { input, region }: Call<CreateInput>): object {
  const { Name: name, Protocol: protocol, Port: port, VpcId: vpcId = '', Tags: tags = [] } = input;
  const same = targetGroupsOf(account, region).find((one) => one.name === name);
  const id = hexadecimal(16, `targetgroup:${region} ${name} ${account.changes}`);
  const made: TargetGroup = same ?? {
    targetGroupArn: arn('elasticloadbalancing', region, `targetgroup/${name}/${id}`),
    name,
    region,
    protocol,
    port: Number(port),
    vpcId,
    targetType: input.TargetType ?? 'instance',
    healthCheck: healthCheckOf(input, DEFAULT_HEALTH_CHECK),
    tags,
  };
  account.targetGroups.set(made.targetGroupArn, made);
  return { TargetGroups: [shown(account, made)] };
}

function checkModify(account: Account, { input, region }: Call<NamedInput & HealthCheckInput>): void {
  checkHealthCheck(healthCheckOf(input, existing(account, input.TargetGroupArn, region).healthCheck));
}

function modifyTargetGroup(account: Account, { input, region }: Call<NamedInput & HealthCheckInput>): object {
  const found = existing(account, input.TargetGroupArn, region);
  const changed = { ...found, healthCheck: healthCheckOf(input, found.healthCheck) };
  account.targetGroups.set(found.targetGroupArn, changed);
  return { TargetGroups: [shown(account, changed)] };
}

function describeTargetGroups(account: Account, { input, region }: Call<DescribeInput>): object {
  const { TargetGroupArns: arns, Names: names } = input;
  const all = targetGroupsOf(account, region);
  const found =
    arns?.map((id) => existing(account, id, region)) ??
    names?.map((name) => all.find((one) => one.name === name)) ??
    all;
  return { TargetGroups: found.map((one) => shown(account, one ?? missing())) };
}

function describeTargetHealth(account: Account, { input, region, at }: Call<NamedInput>): object {
  const { targetGroupArn } = existing(account, input.TargetGroupArn, region);
  return {
    TargetHealthDescriptions: targetsAt(account, targetGroupArn, at).map(({ address, port, zone, state }) => ({
      Target: { Id: address, Port: port, AvailabilityZone: zone },
      HealthCheckPort: port,
      TargetHealth: { State: state },
    })),
  };
}

function checkDelete(account: Account, { input, region }: Call<NamedInput>): void {
  const found = targetGroup(account, input.TargetGroupArn, region);
  if (found === undefined || balancersOf(account, found).length === 0) return;
  throw new ApiError(
    'ResourceInUse',
    `Target group '${found.targetGroupArn}' is currently in use by a listener or a rule`,
  );
}

/** One that is gone already is no error. */
function deleteTargetGroup(account: Account, { input, region }: Call<NamedInput>): object {
  const found = targetGroup(account, input.TargetGroupArn, region);
  if (found !== undefined) account.targetGroups.set(found.targetGroupArn, { ...found, deleted: true });
  return {};
}

function existing(account: Account, id: string, region: string): TargetGroup {
  return targetGroup(account, id, region) ?? missing();
}

function missing(): never {
  throw new ApiError('TargetGroupNotFound', 'One or more target groups not found');
}

function shown(account: Account, one: TargetGroup): object {
  return {
    TargetGroupArn: one.targetGroupArn,
    TargetGroupName: one.name,
    Protocol: one.protocol,
    Port: one.port,
    VpcId: one.vpcId,
    TargetType: one.targetType,
    ...one.healthCheck,
    HealthCheckEnabled: true,
    HealthCheckPort: 'traffic-port',
    HealthCheckProtocol: 'HTTP',
    LoadBalancerArns: balancersOf(account, one),
  };
}
