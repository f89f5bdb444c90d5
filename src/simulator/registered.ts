import { parseTaskCpu, parseTaskMemory } from '../fargate/sizes.ts';
import type { ContainerDefinition, TaskDefinition, Volume } from '../fargate/task-definition.ts';
import { arn, CALLER } from './identifiers.ts';
import type { RegisteredTaskDefinition } from './records/tasks.ts';
import { epochSeconds } from './wire.ts';

/**
 * A definition as ECS keeps it: sizes as integers, defaults filled in, a role's ARN for its short name. Environment
 * and secrets come back in another order, as they may from ECS, so that nobody relies on it.
 */
export function registered(
  definition: TaskDefinition,
  region: string,
  revision: number,
  registeredAt: number,
): RegisteredTaskDefinition {
  const { cpu, memory, taskRoleArn, executionRoleArn } = definition;
  return {
    ...definition,
    ...(cpu === undefined ? {} : { cpu: String(parseTaskCpu(cpu) ?? cpu) }),
    ...(memory === undefined ? {} : { memory: String(parseTaskMemory(memory) ?? memory) }),
    ...(taskRoleArn === undefined ? {} : { taskRoleArn: roleArn(taskRoleArn) }),
    ...(executionRoleArn === undefined ? {} : { executionRoleArn: roleArn(executionRoleArn) }),
    containerDefinitions: definition.containerDefinitions.map(registeredContainer),
    volumes: (definition.volumes ?? []).map(registeredVolume),
    placementConstraints: definition.placementConstraints ?? [],
    tags: definition.tags ?? [],
    taskDefinitionArn: `${familyArn(region, definition.family)}:${revision}`,
    revision,
    status: 'ACTIVE',
    registeredAt,
    registeredBy: CALLER,
    compatibilities: ['EC2', 'FARGATE'],
    requiresAttributes: [
      { name: 'com.amazonaws.ecs.capability.docker-remote-api.1.18' },
      { name: 'ecs.capability.task-eni' },
    ],
  };
}

/** The ARN of a family, which is that of its revisions up to the colon before the number. */
export function familyArn(region: string, family: string): string {
  return arn('ecs', region, `task-definition/${family}`);
}

/** A revision as the API shows it. Its tags are a member of the answer, beside it. */
export function describedTaskDefinition({ tags: _, ...revision }: RegisteredTaskDefinition): object {
  const { registeredAt, deregisteredAt, deleteRequestedAt } = revision;
  return {
    ...revision,
    registeredAt: epochSeconds(registeredAt),
    ...(deregisteredAt === undefined ? {} : { deregisteredAt: epochSeconds(deregisteredAt) }),
    ...(deleteRequestedAt === undefined ? {} : { deleteRequestedAt: epochSeconds(deleteRequestedAt) }),
  };
}

function registeredContainer(container: ContainerDefinition): ContainerDefinition {
  const { environment = [], secrets, healthCheck } = container;
  return {
    cpu: 0,
    essential: true,
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...container,
    portMappings: (container.portMappings ?? []).map((mapping) => ({
      ...(mapping.containerPort === undefined ? {} : { hostPort: mapping.containerPort }),
      protocol: 'tcp',
      ...mapping,
    })),
    environment: environment.toReversed(),
    ...(secrets === undefined ? {} : { secrets: secrets.toReversed() }),
    ...(healthCheck === undefined ? {} : { healthCheck: { interval: 30, timeout: 5, retries: 3, ...healthCheck } }),
  };
}

const VOLUME_CONFIGURATIONS = [
  'configuredAtLaunch',
  'dockerVolumeConfiguration',
  'efsVolumeConfiguration',
  'fsxWindowsFileServerVolumeConfiguration',
  's3filesVolumeConfiguration',
] as const;

function registeredVolume(volume: Volume): Volume {
  return VOLUME_CONFIGURATIONS.some((member) => volume[member] !== undefined) ? volume : { host: {}, ...volume };
}

function roleArn(role: string): string {
  return role.startsWith('arn:') ? role : arn('iam', '', `role/${role}`);
}
