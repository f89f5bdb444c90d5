import { randomUUID } from 'node:crypto';
import {
  CreateServiceCommand,
  type CreateServiceCommandInput,
  DeleteServiceCommand,
  DescribeServicesCommand,
  type ECSClient,
  type Deployment as EcsDeployment,
  type Service,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import type { Deployment, ServiceAccount, ServiceMembers, ServiceState } from '../service/service-account.ts';
import { type Ask, undefinedOn } from './aws-error.ts';
import { defined } from './defined.ts';
import { allTasks } from './list-tasks.ts';

/** The services of ECS by the SDK. */
export function ecsServices(client: ECSClient, ask: Ask): ServiceAccount {
  return {
    async describeService(cluster, service) {
      const answer = await ask('ecs:DescribeServices', () =>
        client.send(new DescribeServicesCommand({ cluster, services: [service], include: ['TAGS'] })),
      );
      const [found] = answer.services ?? [];
      return found && serviceState(found);
    },
    async createService({ cluster, service: serviceName, revisionArn: taskDefinition, members, tags }) {
      const input = {
        cluster,
        serviceName,
        taskDefinition,
        ...createInput(members),
        tags: [...tags],
        // The same for every attempt that the SDK makes of this one call.
        clientToken: randomUUID(),
      };
      const { service = {} } = await ask('ecs:CreateService', () => client.send(new CreateServiceCommand(input)));
      return serviceState(service);
    },
    async updateService({ cluster, service: name, revisionArn, members, forceNewDeployment }) {
      const input = {
        cluster,
        service: name,
        ...(revisionArn === undefined ? {} : { taskDefinition: revisionArn }),
        ...updateInput(members),
        ...(forceNewDeployment ? { forceNewDeployment } : {}),
      };
      const { service = {} } = await ask('ecs:UpdateService', () => client.send(new UpdateServiceCommand(input)));
      return serviceState(service);
    },
    async deleteService(cluster, service, force) {
      const gone = ask('ecs:DeleteService', () => client.send(new DeleteServiceCommand({ cluster, service, force })));
      // An earlier attempt, whose answer was lost, has deleted it.
      await gone.catch(undefinedOn('ServiceNotFoundException'));
    },
    listServiceTasks(cluster, serviceName, desiredStatus) {
      return allTasks(client, ask, { cluster, serviceName, desiredStatus });
    },
    async tagResource(resourceArn, tags) {
      await ask('ecs:TagResource', () => client.send(new TagResourceCommand({ resourceArn, tags: [...tags] })));
    },
    async untagResource(resourceArn, tagKeys) {
      const input = { resourceArn, tagKeys: [...tagKeys] };
      await ask('ecs:UntagResource', () => client.send(new UntagResourceCommand(input)));
    },
  };
}

function createInput({ capacityProviderStrategy, ...others }: ServiceMembers): Partial<CreateServiceCommandInput> {
  const [first, ...rest] = capacityProviderStrategy;
  // The launch type asks nothing of the cluster; a strategy wants its providers to be associated with it.
  const isLaunchType = first?.capacityProvider === 'FARGATE' && rest.length === 0;
  return {
    ...updateInput(others),
    ...(isLaunchType ? { launchType: 'FARGATE' } : updateInput({ capacityProviderStrategy })),
  };
}

/** The members of a service are spelt as those of the call; only that ours cannot be written to tells them apart. */
function updateInput(
  members: Partial<ServiceMembers>,
): Partial<Omit<UpdateServiceCommandInput, 'cluster' | 'service'>> {
  return members as Partial<Omit<UpdateServiceCommandInput, 'cluster' | 'service'>>;
}

function serviceState(service: Service): ServiceState {
  const deployments = service.deployments ?? [];
  return {
    arn: service.serviceArn ?? '',
    name: service.serviceName ?? '',
    status: service.status ?? 'UNKNOWN',
    revisionArn: service.taskDefinition ?? '',
    members: membersOf(service),
    runningCount: service.runningCount ?? 0,
    pendingCount: service.pendingCount ?? 0,
    tags: new Map((service.tags ?? []).map(({ key = '', value = '' }) => [key, value])),
    deployments: deployments.map(deployment),
    events: (service.events ?? []).map(({ id = '', createdAt, message = '' }) => ({
      id,
      createdAt: createdAt?.getTime() ?? 0,
      message,
    })),
  };
}

function membersOf(service: Service): ServiceMembers {
  const strategy = service.capacityProviderStrategy ?? [];
  const awsvpc = service.networkConfiguration?.awsvpcConfiguration;
  const {
    maximumPercent = 200,
    minimumHealthyPercent = 100,
    deploymentCircuitBreaker,
  } = service.deploymentConfiguration ?? {};
  // ECS shows these at the deployments of a service only.
  const { volumeConfigurations, serviceConnectConfiguration } =
    service.deployments?.find(({ status }) => status === 'PRIMARY') ?? {};
  return {
    desiredCount: service.desiredCount ?? 0,
    capacityProviderStrategy:
      strategy.length === 0
        ? [{ capacityProvider: service.launchType ?? 'FARGATE' }]
        : strategy.map(({ capacityProvider = '', weight = 0, base = 0 }) => ({ capacityProvider, weight, base })),
    deploymentConfiguration: {
      maximumPercent,
      minimumHealthyPercent,
      deploymentCircuitBreaker: {
        enable: deploymentCircuitBreaker?.enable ?? false,
        rollback: deploymentCircuitBreaker?.rollback ?? false,
      },
    },
    ...(awsvpc === undefined
      ? {}
      : {
          networkConfiguration: {
            awsvpcConfiguration: {
              subnets: awsvpc.subnets ?? [],
              securityGroups: awsvpc.securityGroups ?? [],
              assignPublicIp: awsvpc.assignPublicIp ?? 'DISABLED',
            },
          },
        }),
    ...defined({
      platformVersion: service.platformVersion,
      availabilityZoneRebalancing: service.availabilityZoneRebalancing,
      healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds,
      loadBalancers: service.loadBalancers as ServiceMembers['loadBalancers'],
      serviceRegistries: service.serviceRegistries as ServiceMembers['serviceRegistries'],
      serviceConnectConfiguration: serviceConnectConfiguration as ServiceMembers['serviceConnectConfiguration'],
      enableExecuteCommand: service.enableExecuteCommand,
      enableECSManagedTags: service.enableECSManagedTags,
      propagateTags: service.propagateTags,
      volumeConfigurations: volumeConfigurations as ServiceMembers['volumeConfigurations'],
    }),
  };
}

function deployment(one: EcsDeployment): Deployment {
  return {
    id: one.id ?? '',
    status: one.status ?? 'UNKNOWN',
    revisionArn: one.taskDefinition ?? '',
    desiredCount: one.desiredCount ?? 0,
    runningCount: one.runningCount ?? 0,
    pendingCount: one.pendingCount ?? 0,
    failedTasks: one.failedTasks ?? 0,
    ...defined({ rolloutState: one.rolloutState, rolloutStateReason: one.rolloutStateReason }),
  };
}
