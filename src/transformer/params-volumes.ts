import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { EfsVolumeConfiguration, Volume } from '../fargate/task-definition.ts';
import { apiPlaces, apiValue } from '../parser/ecs-params/api-value.ts';
import { type EcsParams, paramsAt } from '../parser/ecs-params/ecs-params.ts';
import { child, itemsOf, type Node, numberOf, stringOf } from '../source/node.ts';
import { suggest } from '../source/suggest.ts';
import type { TaskContext } from './context.ts';
import type { Originated } from './fields.ts';
import { originFrom } from './task.ts';

/** The volumes of ecs-params must be mounted by somebody. */
export function checkParamsVolumes({ params, containers, report }: TaskContext): void {
  const mounted = new Set(
    containers.flatMap(({ service }) =>
      itemsOf(child(service.node, 'volumes')).flatMap((node) => stringOf(child(node, 'source')) ?? []),
    ),
  );
  for (const node of [...volumesOf(params, 'efs_volumes'), ...volumesOf(params, 'volumes')]) {
    const volume = stringOf(child(node, 'name')) ?? '';
    if (mounted.has(volume)) continue;
    const suggestion = suggest(volume, mounted);
    report(diagnostic('params/unknown-volume', { volume, suggestion }, child(node, 'name')?.source ?? node.source));
  }
}

/** What ecs-params says of a volume: `efs_volumes`, or `volumes`, which has the names of the ECS API. */
export function paramsVolume(params: EcsParams | undefined, name: string): Originated<Volume> | undefined {
  const isNamed = (node: Node) => stringOf(child(node, 'name')) === name;
  const efs = volumesOf(params, 'efs_volumes').find(isNamed);
  if (efs !== undefined) {
    return {
      value: { name, efsVolumeConfiguration: encrypted(efsOf(efs)) },
      origin: originFrom(efs),
      parts: Object.entries(efsPaths).flatMap(([key, path]) => {
        const source = child(efs, key)?.source;
        return source === undefined ? [] : [[`efsVolumeConfiguration.${path}`, source] as const];
      }),
    };
  }
  const node = volumesOf(params, 'volumes').find(isNamed);
  if (node === undefined) return undefined;
  // The schema of ecs-params has the members that the type has.
  const { efsVolumeConfiguration: configuration, ...volume } = apiValue(node) as Volume;
  return {
    value: configuration === undefined ? volume : { ...volume, efsVolumeConfiguration: encrypted(configuration) },
    origin: originFrom(node),
    parts: apiPlaces(node),
  };
}

function volumesOf(params: EcsParams | undefined, key: 'efs_volumes' | 'volumes'): readonly Node[] {
  return itemsOf(paramsAt(params, 'task_definition', key));
}

/** Where the keys of `efs_volumes`, which ecs-cli named in its own way, stand in the configuration. */
const efsPaths: Readonly<Record<string, string>> = {
  filesystem_id: 'fileSystemId',
  root_directory: 'rootDirectory',
  transit_encryption: 'transitEncryption',
  transit_encryption_port: 'transitEncryptionPort',
  access_point: 'authorizationConfig.accessPointId',
  iam: 'authorizationConfig.iam',
};

function efsOf(node: Node): EfsVolumeConfiguration {
  const text = (key: string) => stringOf(child(node, key));
  const accessPointId = text('access_point');
  const iam = text('iam');
  const transitEncryptionPort = numberOf(child(node, 'transit_encryption_port'));
  const rootDirectory = text('root_directory');
  const transitEncryption = text('transit_encryption');
  const authorizationConfig = { ...(accessPointId && { accessPointId }), ...(iam && { iam }) };
  return {
    fileSystemId: text('filesystem_id') ?? '',
    ...(rootDirectory === undefined ? {} : { rootDirectory }),
    ...(transitEncryption === undefined ? {} : { transitEncryption }),
    ...(transitEncryptionPort === undefined ? {} : { transitEncryptionPort }),
    ...(Object.keys(authorizationConfig).length === 0 ? {} : { authorizationConfig }),
  };
}

/** ECS refuses an access point or IAM without encryption in transit, and ecs-cli's users left it out. */
function encrypted(efs: EfsVolumeConfiguration): EfsVolumeConfiguration {
  const { accessPointId, iam } = efs.authorizationConfig ?? {};
  const isNeeded = accessPointId !== undefined || iam === 'ENABLED';
  const { fileSystemId, rootDirectory, transitEncryption = isNeeded ? 'ENABLED' : undefined, ...rest } = efs;
  return {
    fileSystemId,
    ...(rootDirectory === undefined ? {} : { rootDirectory }),
    ...(transitEncryption === undefined ? {} : { transitEncryption }),
    ...rest,
  };
}
