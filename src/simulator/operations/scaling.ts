import type { Account, Call } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { arn, hexadecimal } from '../identifiers.ts';
import type { ScalableTarget, SuspendedState } from '../records/scaling.ts';
import type { ServiceRecord } from '../records/services.ts';
import { wake } from '../scheduler.ts';
import { epochSeconds } from '../wire.ts';
import { type Operation, page } from './operation.ts';

/** What is scaled. */
interface Dimension {
  readonly ServiceNamespace: string;
  readonly ResourceId: string;
  readonly ScalableDimension: string;
}

interface RegisterInput extends Dimension {
  readonly MinCapacity?: number;
  readonly MaxCapacity?: number;
  readonly SuspendedState?: Partial<SuspendedState>;
  readonly Tags?: Readonly<Record<string, string>>;
}

interface PolicyInput extends Dimension {
  readonly PolicyName: string;
  readonly PolicyType?: string;
  readonly TargetTrackingScalingPolicyConfiguration?: {
    readonly PredefinedMetricSpecification?: {
      readonly PredefinedMetricType: string;
      readonly ResourceLabel?: string;
    };
  };
}

interface ActionInput extends Dimension {
  readonly ScheduledActionName: string;
  readonly Schedule?: string;
}

interface DescribeInput {
  readonly ServiceNamespace: string;
  readonly ResourceIds?: readonly string[];
  readonly ResourceId?: string;
  readonly NextToken?: string;
}

/** How many policies or scheduled actions an answer has. Source: Application Auto Scaling API Reference, `MaxResults`. */
const PAGE = 50;

export const scalingOperations: Readonly<Record<string, Operation>> = {
  RegisterScalableTarget: { check: checkRegister, apply: register },
  DescribeScalableTargets: { answer: describeTargets },
  DeregisterScalableTarget: { check: targetOf, apply: deregister },
  PutScalingPolicy: { check: checkPolicy, apply: putPolicy },
  DescribeScalingPolicies: { answer: describePolicies },
  DeleteScalingPolicy: { check: checkHasPolicy, apply: deletePolicy },
  PutScheduledAction: { check: targetOf, apply: putAction },
  DescribeScheduledActions: { answer: describeActions },
  DeleteScheduledAction: { check: checkHasAction, apply: deleteAction },
};

function targetArn({ region, input }: Call<Dimension>): string {
  return arn(
    'application-autoscaling',
    region,
    `scalable-target/${hexadecimal(34, `${input.ResourceId} ${input.ScalableDimension}`)}`,
  );
}

function inWords({ ServiceNamespace, ResourceId, ScalableDimension }: Dimension): string {
  return `service namespace: ${ServiceNamespace}, resource ID: ${ResourceId}, scalable dimension: ${ScalableDimension}`;
}

/** The target that a call names; refuses one that is not registered. */
function targetOf(account: Account, call: Call<Dimension>): ScalableTarget {
  const target = account.scalableTargets.get(targetArn(call));
  if (target !== undefined) return target;
  throw new ApiError('ObjectNotFoundException', `No scalable target registered for ${inWords(call.input)}`);
}

/** The service of a resource id such as `service/default/shop`. */
function scaledService(account: Account, { region, input }: Call<Dimension>): ServiceRecord | undefined {
  const service = account.services.get(arn('ecs', region, input.ResourceId));
  return service?.status === 'ACTIVE' ? service : undefined;
}

function checkRegister(account: Account, call: Call<RegisterInput>): void {
  const { ServiceNamespace, ScalableDimension, ResourceId, MinCapacity, MaxCapacity, Tags = {} } = call.input;
  if (ServiceNamespace !== 'ecs' || ScalableDimension !== 'ecs:service:DesiredCount') {
    throw invalid(`The simulator scales ECS services only, not ${inWords(call.input)}`);
  }
  if (scaledService(account, call) === undefined) throw invalid(`ECS service doesn't exist: ${ResourceId}`);
  const known = account.scalableTargets.get(targetArn(call));
  if (known !== undefined && Object.keys(Tags).length > 0) {
    throw invalid(
      'The scalable target that you tried to tag already exists. To update tags on an existing scalable target, use the TagResource API.',
    );
  }
  const [minimum, maximum] = [MinCapacity ?? known?.minCapacity, MaxCapacity ?? known?.maxCapacity];
  if (minimum === undefined || maximum === undefined) {
    throw invalid('You must specify a minimum and a maximum capacity when registering a new scalable target.');
  }
  if (maximum < minimum) throw invalid('Maximum capacity cannot be less than minimum capacity');
}

const ACTIVE: SuspendedState = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

/** Registers a service and brings it within its limits at once, unless that is suspended. */
function register(account: Account, call: Call<RegisterInput>): object {
  const { MinCapacity, MaxCapacity, SuspendedState, Tags, ...dimension } = call.input;
  const key = targetArn(call);
  const known = account.scalableTargets.get(key);
  const minCapacity = MinCapacity ?? known?.minCapacity ?? 0;
  const maxCapacity = MaxCapacity ?? known?.maxCapacity ?? 0;
  const suspended = { ...ACTIVE, ...known?.suspended, ...SuspendedState };
  account.scalableTargets.set(key, {
    policies: new Map(),
    actions: new Map(),
    createdAt: call.at,
    tags: Tags ?? {},
    ...known,
    dimension,
    minCapacity,
    maxCapacity,
    suspended,
  });
  if (suspended.DynamicScalingOutSuspended) return { ScalableTargetARN: key };
  const service = scaledService(account, call) as ServiceRecord;
  const desiredCount = Math.min(maxCapacity, Math.max(minCapacity, service.settings.desiredCount));
  if (desiredCount !== service.settings.desiredCount) {
    service.settings = { ...service.settings, desiredCount };
    service.steady = false;
    wake(service, call.at, call.speed);
  }
  return { ScalableTargetARN: key };
}

function describeTargets(account: Account, { region, input }: Call<DescribeInput>): object {
  const targets = [...account.scalableTargets].filter(
    ([key, { dimension }]) =>
      key.includes(`:${region}:`) && (input.ResourceIds ?? [dimension.ResourceId]).includes(dimension.ResourceId),
  );
  return {
    ScalableTargets: targets.map(
      ([ScalableTargetARN, { dimension, minCapacity, maxCapacity, suspended, createdAt }]) => ({
        ...dimension,
        MinCapacity: minCapacity,
        MaxCapacity: maxCapacity,
        RoleARN: arn('iam', '', 'role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRole'),
        CreationTime: epochSeconds(createdAt),
        SuspendedState: suspended,
        ScalableTargetARN,
      }),
    ),
  };
}

function deregister(account: Account, call: Call<Dimension>): object {
  account.scalableTargets.delete(targetArn(call));
  return {};
}

function checkPolicy(account: Account, call: Call<PolicyInput>): void {
  const { policies } = targetOf(account, call);
  const { PolicyName, PolicyType, TargetTrackingScalingPolicyConfiguration: tracking } = call.input;
  const metric = tracking?.PredefinedMetricSpecification;
  if (PolicyType !== 'TargetTrackingScaling' || metric === undefined) {
    throw invalid('The simulator models target tracking by predefined metrics only.');
  }
  const { PredefinedMetricType: type, ResourceLabel: label } = metric;
  if (type === 'ALBRequestCountPerTarget' && !/^app\/[^/]+\/\w+\/targetgroup\/[^/]+\/\w+$/.test(label ?? '')) {
    throw invalid(`The resource label ${label} of the metric ${type} is not valid.`);
  }
  const other = [...policies].find(([name, one]) => name !== PolicyName && metricOf(one) === type);
  if (other !== undefined) {
    throw invalid('Only one TargetTrackingScaling policy for a given metric specification is allowed.');
  }
}

function metricOf(policy: object): string | undefined {
  return (policy as PolicyInput).TargetTrackingScalingPolicyConfiguration?.PredefinedMetricSpecification
    ?.PredefinedMetricType;
}

function putPolicy(account: Account, call: Call<PolicyInput>): object {
  const { input, region } = call;
  const PolicyARN = arn(
    'autoscaling',
    region,
    `scalingPolicy:${hexadecimal(32, input.ResourceId)}:resource/ecs/${input.ResourceId}:policyName/${input.PolicyName}`,
  );
  targetOf(account, call).policies.set(input.PolicyName, { PolicyARN, ...input, CreationTime: epochSeconds(call.at) });
  return { PolicyARN, Alarms: [] };
}

/** The targets of a region that a list of policies or actions is about. */
function listed(account: Account, { region, input }: Call<DescribeInput>): readonly ScalableTarget[] {
  return [...account.scalableTargets]
    .filter(([key]) => key.includes(`:${region}:`))
    .map(([, target]) => target)
    .filter(({ dimension }) => input.ResourceId === undefined || dimension.ResourceId === input.ResourceId);
}

function describePolicies(account: Account, call: Call<DescribeInput>): object {
  const all = listed(account, call).flatMap(({ policies }) => [...policies.values()]);
  const { items, nextToken } = page(all, PAGE, call.input.NextToken);
  return { ScalingPolicies: items, NextToken: nextToken };
}

function checkHasPolicy(account: Account, call: Call<PolicyInput>): void {
  const target = account.scalableTargets.get(targetArn(call));
  if (target?.policies.has(call.input.PolicyName)) return;
  const what = `${inWords(call.input)}, policy name: ${call.input.PolicyName}`;
  throw new ApiError('ObjectNotFoundException', `No scaling policy found for ${what}`);
}

function deletePolicy(account: Account, call: Call<PolicyInput>): object {
  targetOf(account, call).policies.delete(call.input.PolicyName);
  return {};
}

function putAction(account: Account, call: Call<ActionInput>): object {
  const { input, region, at } = call;
  const ScheduledActionARN = arn(
    'autoscaling',
    region,
    `scheduledAction:${hexadecimal(32, input.ResourceId)}:resource/ecs/${input.ResourceId}:scheduledActionName/${input.ScheduledActionName}`,
  );
  const action = { ScheduledActionARN, ...input, CreationTime: epochSeconds(at) };
  targetOf(account, call).actions.set(input.ScheduledActionName, action);
  return {};
}

function describeActions(account: Account, call: Call<DescribeInput>): object {
  const all = listed(account, call).flatMap(({ actions }) => [...actions.values()]);
  const { items, nextToken } = page(all, PAGE, call.input.NextToken);
  return { ScheduledActions: items, NextToken: nextToken };
}

function checkHasAction(account: Account, call: Call<ActionInput>): void {
  const target = account.scalableTargets.get(targetArn(call));
  if (target?.actions.has(call.input.ScheduledActionName)) return;
  const what = `${inWords(call.input)}, scheduled action name: ${call.input.ScheduledActionName}`;
  throw new ApiError('ObjectNotFoundException', `No scheduled action found for ${what}`);
}

function deleteAction(account: Account, call: Call<ActionInput>): object {
  targetOf(account, call).actions.delete(call.input.ScheduledActionName);
  return {};
}

function invalid(message: string): ApiError {
  return new ApiError('ValidationException', message);
}
