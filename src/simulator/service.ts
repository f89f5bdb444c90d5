import { completeConfiguration, countsAt, deploymentAt } from './deployment.ts';
import { arn, CALLER } from './identifiers.ts';
import type { ServiceRecord } from './records/services.ts';
import { epochSeconds } from './wire.ts';

/** The service as DescribeServices shows it at a moment, times in seconds since 1970; its tags stand in it. */
export function serviceAt(service: ServiceRecord, now: number): object {
  const { settings, deployments } = service;
  const { launchType, capacityProviderStrategy, desiredCount } = settings;
  const counts = deployments.map((deployment) => countsAt(deployment, now));
  return {
    serviceArn: service.serviceArn,
    serviceName: service.serviceName,
    clusterArn: service.clusterArn,
    status: service.status,
    desiredCount,
    runningCount: counts.reduce((sum, { runningCount }) => sum + runningCount, 0),
    pendingCount: counts.reduce((sum, { pendingCount }) => sum + pendingCount, 0),
    ...(launchType === undefined ? { capacityProviderStrategy } : { launchType }),
    platformVersion: settings.platformVersion ?? 'LATEST',
    platformFamily: service.definition.runtimePlatform?.operatingSystemFamily ?? 'Linux',
    taskDefinition: service.definition.taskDefinitionArn,
    deploymentConfiguration: completeConfiguration(settings.deploymentConfiguration),
    deployments: deployments.map((deployment) => deploymentAt(deployment, desiredCount, now)),
    roleArn: arn('iam', '', 'role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS'),
    events: service.events.map((event) => ({ ...event, createdAt: epochSeconds(event.createdAt) })),
    createdAt: epochSeconds(service.createdAt),
    createdBy: CALLER,
    networkConfiguration: settings.networkConfiguration,
    loadBalancers: settings.loadBalancers ?? [],
    serviceRegistries: settings.serviceRegistries ?? [],
    healthCheckGracePeriodSeconds: settings.healthCheckGracePeriodSeconds ?? 0,
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: 'ECS' },
    enableECSManagedTags: settings.enableECSManagedTags ?? false,
    propagateTags: settings.propagateTags ?? 'NONE',
    enableExecuteCommand: settings.enableExecuteCommand ?? false,
    availabilityZoneRebalancing: settings.availabilityZoneRebalancing ?? 'DISABLED',
    placementConstraints: [],
    placementStrategy: [],
    tags: service.tags,
  };
}
