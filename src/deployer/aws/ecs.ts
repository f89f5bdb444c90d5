import {
  type Container,
  CreateClusterCommand,
  DescribeClustersCommand,
  DescribeTasksCommand,
  ECSClient,
  ExecuteCommandCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  type ContainerOverride as SdkContainerOverride,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import type { LaunchSettings } from '../../transformer/launch-settings.ts';
import type { Account, ContainerOverride, ContainerState, TaskState } from '../account.ts';
import { type Ask, AwsError, isAwsError } from './aws-error.ts';
import type { ClientConfiguration } from './connection.ts';
import { defined } from './defined.ts';
import { ecsClusters } from './ecs-clusters.ts';
import { ecsRevisions } from './ecs-revisions.ts';
import { ecsServices } from './ecs-services.ts';
import { allTasks } from './list-tasks.ts';

/** DescribeTasks takes at most so many tasks. */
const tasksPerCall = 100;

/** ECS by the SDK. */
export function ecsAccount(
  configuration: ClientConfiguration,
  ask: Ask,
): Omit<
  Account,
  | 'createLogGroup'
  | 'logGroupTags'
  | 'deleteLogGroup'
  | 'logPage'
  | 'network'
  | 'balancing'
  | 'discovery'
  | 'scaling'
  | 'registry'
  | 'roles'
  | 'secretStore'
  | 'stacks'
> {
  const client = new ECSClient(configuration);
  return {
    ...ecsServices(client, ask),
    ...ecsClusters(client, ask),
    ...ecsRevisions(client, ask),
    listTasks(cluster, family, desiredStatus) {
      return allTasks(client, ask, { cluster, family, desiredStatus });
    },
    async describeTasks(cluster, arns) {
      const tasks: TaskState[] = [];
      for (let at = 0; at < arns.length; at += tasksPerCall) {
        const chunk = arns.slice(at, at + tasksPerCall);
        const answer = await ask('ecs:DescribeTasks', () =>
          client.send(new DescribeTasksCommand({ cluster, tasks: chunk, include: ['TAGS'] })),
        );
        tasks.push(...(answer.tasks ?? []).map(taskState));
      }
      return tasks;
    },
    async runTasks({ cluster, revisionArn, count, placement, launch = {}, startedBy, tags, clientToken, override }) {
      const { tasks = [], failures = [] } = await ask('ecs:RunTask', () =>
        client.send(
          new RunTaskCommand({
            cluster,
            taskDefinition: revisionArn,
            count,
            ...launchInput(launch),
            networkConfiguration: {
              awsvpcConfiguration: {
                subnets: [...placement.subnets],
                assignPublicIp: placement.assignPublicIp,
                ...(placement.securityGroups === undefined ? {} : { securityGroups: [...placement.securityGroups] }),
              },
            },
            startedBy,
            tags: [...tags],
            clientToken,
            ...(override === undefined ? {} : { overrides: { containerOverrides: [containerOverride(override)] } }),
          }),
        ),
      );
      // ECS answers 200 with tasks and failures side by side.
      const [failure] = failures;
      if (failure !== undefined) {
        const message = [failure.reason, failure.detail].filter(Boolean).join(': ');
        throw new AwsError('ecs:RunTask', { name: 'RunTaskFailure', message });
      }
      return tasks.map(taskState);
    },
    async stopTask(cluster, task, reason) {
      try {
        await ask('ecs:StopTask', () => client.send(new StopTaskCommand({ cluster, task, reason })));
      } catch (error) {
        // It has stopped so long ago that ECS has forgotten it.
        if (!isAwsError(error, 'InvalidParameterException') || !/was not found/i.test(error.detail)) throw error;
      }
    },
    async executeCommand({ cluster, taskArn, container, command }) {
      const input = { cluster, task: taskArn, container, command, interactive: true };
      const { session = {} } = await ask('ecs:ExecuteCommand', () => client.send(new ExecuteCommandCommand(input)));
      const { sessionId = '', streamUrl = '', tokenValue = '' } = session;
      return { sessionId, streamUrl, tokenValue };
    },
    async createCluster(clusterName, tags, capacityProviders) {
      const providers = capacityProviders === undefined ? {} : { capacityProviders: [...capacityProviders] };
      await ask('ecs:CreateCluster', () =>
        client.send(new CreateClusterCommand({ clusterName, tags: [...tags], ...providers })),
      );
    },
    async accountId(cluster) {
      const { clusters = [], failures = [] } = await ask('ecs:DescribeClusters', () =>
        client.send(new DescribeClustersCommand({ clusters: [cluster] })),
      );
      const arn = clusters[0]?.clusterArn ?? failures[0]?.arn ?? '';
      return arn.split(':')[4] ?? '';
    },
    close() {
      client.destroy();
    },
  };
}

/** A strategy takes the place of the launch type; ECS refuses to have both, and `SERVICE` where there is no service. */
function launchInput(launch: LaunchSettings): Partial<RunTaskCommandInput> {
  const { capacityProviders, volumeConfigurations, propagateTags, tags: _, ...others } = launch;
  return {
    ...(capacityProviders === undefined
      ? { launchType: 'FARGATE' }
      : { capacityProviderStrategy: capacityProviders.map((one) => ({ ...one })) }),
    ...(volumeConfigurations === undefined
      ? {}
      : { volumeConfigurations: volumeConfigurations.map((one) => ({ ...one })) }),
    ...(propagateTags === undefined || propagateTags === 'SERVICE' ? {} : { propagateTags }),
    ...others,
  };
}

function containerOverride({ name, command, environment }: ContainerOverride): SdkContainerOverride {
  return {
    name,
    ...(command === undefined ? {} : { command: [...command] }),
    ...(environment === undefined ? {} : { environment: environment.map((variable) => ({ ...variable })) }),
  };
}

function taskState(task: Task): TaskState {
  const network = task.attachments?.find(({ type }) => type === 'ElasticNetworkInterface' || type === 'eni');
  const detail = (wanted: string) => network?.details?.find(({ name }) => name === wanted)?.value;
  return {
    arn: task.taskArn ?? '',
    revisionArn: task.taskDefinitionArn ?? '',
    lastStatus: task.lastStatus ?? 'UNKNOWN',
    desiredStatus: task.desiredStatus ?? 'UNKNOWN',
    healthStatus: task.healthStatus ?? 'UNKNOWN',
    tags: new Map((task.tags ?? []).map(({ key = '', value = '' }) => [key, value])),
    containers: (task.containers ?? []).map(containerState),
    ...defined({
      enableExecuteCommand: task.enableExecuteCommand,
      createdAt: task.createdAt?.getTime(),
      startedAt: task.startedAt?.getTime(),
      stoppedAt: task.stoppedAt?.getTime(),
      group: task.group,
      startedBy: task.startedBy,
      stopCode: task.stopCode,
      stoppedReason: task.stoppedReason,
      networkInterfaceId: detail('networkInterfaceId'),
      privateAddress: detail('privateIPv4Address'),
    }),
  };
}

function containerState({ name, lastStatus, healthStatus, exitCode, reason, runtimeId }: Container): ContainerState {
  return {
    name: name ?? '',
    lastStatus: lastStatus ?? 'UNKNOWN',
    healthStatus: healthStatus ?? 'UNKNOWN',
    ...defined({ exitCode, reason, runtimeId }),
  };
}
