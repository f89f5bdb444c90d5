import type { EfsVolumeConfiguration } from '../../fargate/task-definition.ts';
import type { Task } from '../../transformer/task.ts';
import { arnIn, type Place } from './place.ts';
import { allow, type PolicyDocument, policy, type Statement } from './policy.ts';

const noPolicies: NonNullable<Task['rolePolicies']> = { managed: [], statements: [] };

/**
 * What the task role of a task needs, and no more: its containers have it, and the agents that ECS puts beside them.
 * What the code in the containers asks of AWS is known from the files' own statements alone. Sources: ECS Developer
 * Guide, "ECS Exec"; EFS User Guide, "Using IAM to control access to file systems".
 */
export function taskPolicy(
  { definition, run, rolePolicies: { statements } = noPolicies }: Pick<Task, 'definition' | 'run' | 'rolePolicies'>,
  place: Place,
): PolicyDocument {
  const mounts = definition.containerDefinitions.flatMap(({ mountPoints = [] }) => mountPoints);
  const fileSystems = (definition.volumes ?? []).flatMap(({ name, efsVolumeConfiguration: efs }, index) => {
    const isWritten = mounts.some(({ sourceVolume, readOnly }) => sourceVolume === name && readOnly !== true);
    if (efs?.authorizationConfig?.iam !== 'ENABLED') return [];
    // The name of a volume may have characters that a Sid must not have.
    return mounting(`MountVolume${index + 1}`, efs, isWritten, place);
  });
  return policy([
    ...allow(
      'OpenSessions',
      [
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ],
      run.launch?.enableExecuteCommand ? ['*'] : [],
    ),
    ...fileSystems,
    // IAM reads them as they are; a statement that it does not take is its business.
    ...(statements as unknown as readonly Statement[]),
  ]);
}

function mounting(
  sid: string,
  { fileSystemId, authorizationConfig: { accessPointId } = {} }: EfsVolumeConfiguration,
  isWritten: boolean,
  place: Place,
): readonly Statement[] {
  const actions = [
    'elasticfilesystem:ClientMount',
    ...(isWritten ? ['elasticfilesystem:ClientWrite'] : []),
    // Containers are root unless an access point gives them a user; EFS makes root nobody without this.
    ...(isWritten && accessPointId === undefined ? ['elasticfilesystem:ClientRootAccess'] : []),
  ];
  const through =
    accessPointId === undefined
      ? undefined
      : {
          StringEquals: {
            'elasticfilesystem:AccessPointArn': arnIn(place, 'elasticfilesystem', `access-point/${accessPointId}`),
          },
        };
  return allow(sid, actions, [arnIn(place, 'elasticfilesystem', `file-system/${fileSystemId}`)], through);
}
