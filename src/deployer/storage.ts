import type { ContainerDefinition, TaskDefinition, Volume } from '../fargate/task-definition.ts';
import type { TaskState } from './account.ts';
import type { Desired } from './desired.ts';
import type { Observation } from './observe.ts';

/** A volume that ends with the task that is stopped. */
export interface LostVolume {
  readonly volume: string;
  /** For how many seconds its task has been there; absent where ECS does not say. */
  readonly age?: number;
}

/** Whether a container may write to a volume that outlives its task: EFS, or EBS configured at launch. */
export function writesToSharedStorage(definition: TaskDefinition): boolean {
  return writtenVolumes(definition).some(outlivesTask);
}

/** The volumes with data that end with a task. */
export function lostVolumes(task: TaskState, desired: Desired, observed: Observation): readonly LostVolume[] {
  const definition = observed.revisions.find(({ arn }) => arn === task.revisionArn)?.definition;
  if (definition === undefined) return [];
  const { createdAt } = task;
  const age = createdAt === undefined ? {} : { age: Math.max(0, Math.round((observed.at - createdAt) / 1000)) };
  return volumesWithData(definition, desired).map((volume) => ({ volume, ...age }));
}

/**
 * The volumes that end with a task of a definition, and its data with them: those that its containers write to, that do
 * not outlive it and that the project names, or knows no more. What only the program has named, such as the volume of a
 * path, is scratch space.
 */
export function volumesWithData(
  definition: TaskDefinition,
  { task, namedVolumes }: Pick<Desired, 'task' | 'namedVolumes'>,
): readonly string[] {
  const isScratch = (name: string) =>
    !namedVolumes.includes(name) && task.definition.volumes?.some((volume) => volume.name === name);
  return writtenVolumes(definition)
    .filter((volume) => !outlivesTask(volume))
    .flatMap(({ name = '' }) => (isScratch(name) ? [] : [name]));
}

function outlivesTask(volume: Volume): boolean {
  return volume.efsVolumeConfiguration !== undefined || volume.configuredAtLaunch === true;
}

function writtenVolumes({ volumes = [], containerDefinitions }: TaskDefinition): readonly Volume[] {
  const writes = ({ mountPoints = [] }: ContainerDefinition, name: string | undefined) =>
    mountPoints.some(({ sourceVolume, readOnly }) => readOnly !== true && sourceVolume === name);
  return volumes.filter(({ name }) => containerDefinitions.some((container) => writes(container, name)));
}
