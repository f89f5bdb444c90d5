import { completeConfiguration } from '../deployment.ts';
import type { ServiceWishes } from './service-settings.ts';

interface NamedWishes extends ServiceWishes {
  readonly serviceName?: string;
  readonly clientToken?: string;
  readonly tags?: readonly unknown[];
}

/** What ECS refuses in a service, and its words for it; the first that holds is said. */
const REFUSALS: readonly (readonly [refused: (wishes: NamedWishes) => boolean, message: string])[] = [
  [
    ({ serviceName }) => serviceName !== undefined && !/^[a-zA-Z0-9\-_]{1,255}$/.test(serviceName),
    'ServiceName must match ^[a-zA-Z0-9\\-_]{1,255}$',
  ],
  [
    ({ desiredCount = 0 }) => !Number.isInteger(desiredCount) || desiredCount < 0 || desiredCount > 5000,
    'desiredCount must be a number from 0 to 5000.',
  ],
  [({ clientToken = '' }) => !/^[!-~]{0,36}$/.test(clientToken), 'clientToken is longer than 36.'],
  [
    ({ schedulingStrategy = 'REPLICA' }) => schedulingStrategy !== 'REPLICA',
    'The specified scheduling strategy is not supported with the FARGATE launch type.',
  ],
  [
    ({ deploymentController }) => (deploymentController?.type ?? 'ECS') !== 'ECS',
    'The simulator models only the deployment controller ECS.',
  ],
  [({ role }) => role !== undefined, 'You cannot specify an IAM role for services that require a service linked role.'],
  [
    ({ placementConstraints = [] }) => placementConstraints.length > 0,
    'Placement constraints are not supported with FARGATE launch type.',
  ],
  [
    ({ placementStrategy = [] }) => placementStrategy.length > 0,
    'Placement strategies are not supported with FARGATE launch type.',
  ],
  [
    ({ healthCheckGracePeriodSeconds = 0 }) =>
      healthCheckGracePeriodSeconds < 0 || healthCheckGracePeriodSeconds > 2147483647,
    'healthCheckGracePeriodSeconds must be a number from 0 to 2147483647.',
  ],
  [
    ({ deploymentConfiguration }) => !isBetween(deploymentConfiguration?.minimumHealthyPercent ?? 0, 0, 100),
    'minimumHealthyPercent must be at most 100',
  ],
  [
    ({ deploymentConfiguration }) => !isBetween(deploymentConfiguration?.maximumPercent ?? 100, 100, 200_000),
    'maximumPercent must be at least 100',
  ],
  [
    ({ deploymentConfiguration }) => {
      const { minimumHealthyPercent, maximumPercent } = completeConfiguration(deploymentConfiguration);
      return minimumHealthyPercent === 100 && maximumPercent === 100;
    },
    'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments',
  ],
  [
    ({ deploymentConfiguration }) => {
      const breaker = deploymentConfiguration?.deploymentCircuitBreaker;
      return breaker !== undefined && (typeof breaker.enable !== 'boolean' || typeof breaker.rollback !== 'boolean');
    },
    'deploymentCircuitBreaker needs both enable and rollback.',
  ],
  [({ tags = [] }) => tags.length > 50, 'A resource can have at most 50 tags.'],
];

/** AWS's message for the first thing that it refuses in a service that is made or changed; undefined when it takes it. */
export function refusalOfService(wishes: NamedWishes): string | undefined {
  return REFUSALS.find(([refused]) => refused(wishes))?.[1];
}

/** What ECS says to an update where there is no room; a service that is made is then left unbalanced. */
export const NO_ROOM_TO_REBALANCE: string =
  "The service couldn't be updated because Availability Zone Rebalancing does not support maximumPercent <= 100 % as deployment configuration.";

/** Whether ECS has room to spread the tasks of a service anew: it starts one before it stops another. */
export function canRebalance({ deploymentConfiguration }: Pick<ServiceWishes, 'deploymentConfiguration'>): boolean {
  return completeConfiguration(deploymentConfiguration).maximumPercent > 100;
}

function isBetween(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
