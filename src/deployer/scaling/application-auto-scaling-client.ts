import {
  ApplicationAutoScalingClient,
  type ApplicationAutoScalingClientConfig,
  DeleteScalingPolicyCommand,
  DeleteScheduledActionCommand,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  type MetricType,
  PutScalingPolicyCommand,
  PutScheduledActionCommand,
  paginateDescribeScalingPolicies,
  paginateDescribeScheduledActions,
  RegisterScalableTargetCommand,
  type RegisterScalableTargetCommandInput,
  type ScalingPolicy as SdkPolicy,
  type ScheduledAction as SdkScheduledAction,
  type SuspendedState,
} from '@aws-sdk/client-application-auto-scaling';
import type { Capacity } from '../../transformer/capacity.ts';
import { type Ask, isAwsError, undefinedOn } from '../aws/aws-error.ts';
import { defined } from '../aws/defined.ts';
import type { ScaledService, Scaling, ScalingPolicy, ScheduledAction } from './scaling.ts';

const unlessMissing = undefinedOn('ObjectNotFoundException');

/** What is said of tags for a target that is there already. Source: recorded answers of Application Auto Scaling. */
const isMade = /tried to tag already exists/;

/** Application Auto Scaling by the SDK. This file is a bundle of its own, loaded for services that it scales. */
export function applicationAutoScaling(config: ApplicationAutoScalingClientConfig, ask: Ask): Scaling {
  const client = new ApplicationAutoScalingClient(config);
  const policiesOf = (where: Dimension): Promise<readonly SdkPolicy[]> =>
    ask('application-autoscaling:DescribeScalingPolicies', async () => {
      const found: SdkPolicy[] = [];
      for await (const { ScalingPolicies = [] } of paginateDescribeScalingPolicies({ client }, where))
        found.push(...ScalingPolicies);
      return found;
    });
  const actionsOf = (where: Dimension): Promise<readonly SdkScheduledAction[]> =>
    ask('application-autoscaling:DescribeScheduledActions', async () => {
      const found: SdkScheduledAction[] = [];
      for await (const { ScheduledActions = [] } of paginateDescribeScheduledActions({ client }, where))
        found.push(...ScheduledActions);
      return found;
    });
  return {
    async describe(service) {
      const where = dimension(service);
      const { ServiceNamespace, ResourceId, ScalableDimension } = where;
      const { ScalableTargets = [] } = await ask('application-autoscaling:DescribeScalableTargets', () =>
        client.send(
          new DescribeScalableTargetsCommand({ ServiceNamespace, ScalableDimension, ResourceIds: [ResourceId] }),
        ),
      );
      const [target] = ScalableTargets;
      if (target === undefined) return { policies: new Map(), scheduledActions: [] };
      const [policies, scheduledActions] = await Promise.all([policiesOf(where), actionsOf(where)]);
      return {
        ...(isSuspended(target.SuspendedState) ? { suspended: true as const } : {}),
        capacity: { minCapacity: target.MinCapacity ?? 0, maxCapacity: target.MaxCapacity ?? 0 },
        policies: new Map(policies.map((one) => [one.PolicyName ?? '', policyOf(one)])),
        scheduledActions: scheduledActions.map(actionOf),
      };
    },
    async registerTarget(service, { minCapacity, maxCapacity }, tags) {
      const input = { ...dimension(service), MinCapacity: minCapacity, MaxCapacity: maxCapacity };
      const register = (more: Pick<RegisterScalableTargetCommandInput, 'Tags'>) =>
        ask('application-autoscaling:RegisterScalableTarget', () =>
          client.send(new RegisterScalableTargetCommand({ ...input, ...more })),
        );
      const Tags = Object.fromEntries(tags.map(({ key, value }) => [key, value]));
      await register(tags.length === 0 ? {} : { Tags }).catch((error: unknown) => {
        // A call whose answer was lost has made it, with its tags.
        if (isAwsError(error, 'ValidationException') && isMade.test(error.detail)) return register({});
        throw error;
      });
    },
    async suspend(service, suspended) {
      const SuspendedState = {
        DynamicScalingInSuspended: suspended,
        DynamicScalingOutSuspended: suspended,
        ScheduledScalingSuspended: suspended,
      };
      await ask('application-autoscaling:RegisterScalableTarget', () =>
        client.send(new RegisterScalableTargetCommand({ ...dimension(service), SuspendedState })),
      );
    },
    async deregisterTarget(service) {
      const gone = ask('application-autoscaling:DeregisterScalableTarget', () =>
        client.send(new DeregisterScalableTargetCommand(dimension(service))),
      );
      await gone.catch(unlessMissing);
    },
    async putPolicy(service, PolicyName, policy) {
      const { predefinedMetricType, resourceLabel, targetValue, ...more } = policy;
      const { scaleInCooldown, scaleOutCooldown, disableScaleIn } = more;
      const input = {
        ...dimension(service),
        PolicyName,
        PolicyType: 'TargetTrackingScaling' as const,
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: targetValue,
          PredefinedMetricSpecification: {
            PredefinedMetricType: predefinedMetricType as MetricType,
            ...defined({ ResourceLabel: resourceLabel }),
          },
          ...defined({
            ScaleInCooldown: scaleInCooldown,
            ScaleOutCooldown: scaleOutCooldown,
            DisableScaleIn: disableScaleIn,
          }),
        },
      };
      await ask('application-autoscaling:PutScalingPolicy', () => client.send(new PutScalingPolicyCommand(input)));
    },
    async deletePolicy(service, PolicyName) {
      const gone = ask('application-autoscaling:DeleteScalingPolicy', () =>
        client.send(new DeleteScalingPolicyCommand({ ...dimension(service), PolicyName })),
      );
      await gone.catch(unlessMissing);
    },
    async putScheduledAction(service, { scheduledActionName, schedule, timezone, minCapacity, maxCapacity }) {
      const input = {
        ...dimension(service),
        ScheduledActionName: scheduledActionName,
        Schedule: schedule,
        ...defined({ Timezone: timezone }),
        ScalableTargetAction: defined({ MinCapacity: minCapacity, MaxCapacity: maxCapacity }),
      };
      await ask('application-autoscaling:PutScheduledAction', () => client.send(new PutScheduledActionCommand(input)));
    },
    async deleteScheduledAction(service, ScheduledActionName) {
      const gone = ask('application-autoscaling:DeleteScheduledAction', () =>
        client.send(new DeleteScheduledActionCommand({ ...dimension(service), ScheduledActionName })),
      );
      await gone.catch(unlessMissing);
    },
  };
}

type Dimension = ReturnType<typeof dimension>;

/** What is scaled: the desired count of a service. */
function dimension({ cluster, service }: ScaledService) {
  return {
    ServiceNamespace: 'ecs',
    ResourceId: `service/${cluster.slice(cluster.lastIndexOf('/') + 1)}/${service}`,
    ScalableDimension: 'ecs:service:DesiredCount',
  } as const;
}

/** Who has suspended a part of it alone has a reason of their own. */
function isSuspended(state: SuspendedState = {}): boolean {
  const { DynamicScalingInSuspended, DynamicScalingOutSuspended, ScheduledScalingSuspended } = state;
  return Boolean(DynamicScalingInSuspended && DynamicScalingOutSuspended && ScheduledScalingSuspended);
}

function policyOf({ TargetTrackingScalingPolicyConfiguration: tracking }: SdkPolicy): ScalingPolicy {
  const { PredefinedMetricType = '', ResourceLabel } = tracking?.PredefinedMetricSpecification ?? {};
  return {
    predefinedMetricType: PredefinedMetricType,
    targetValue: tracking?.TargetValue ?? Number.NaN,
    ...defined({
      resourceLabel: ResourceLabel,
      scaleInCooldown: tracking?.ScaleInCooldown,
      scaleOutCooldown: tracking?.ScaleOutCooldown,
      disableScaleIn: tracking?.DisableScaleIn,
    }),
  };
}

function actionOf({ ScheduledActionName = '', Schedule = '', Timezone, ...rest }: SdkScheduledAction): ScheduledAction {
  const { MinCapacity, MaxCapacity } = rest.ScalableTargetAction ?? ({} as Partial<Record<string, number>>);
  return {
    scheduledActionName: ScheduledActionName,
    schedule: Schedule,
    ...defined({ timezone: Timezone, minCapacity: MinCapacity, maxCapacity: MaxCapacity }),
  } satisfies Partial<ScheduledAction> as ScheduledAction & Partial<Capacity>;
}
