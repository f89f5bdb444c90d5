import type { Volume } from '../../fargate/task-definition.ts';
import { suggest } from '../../source/suggest.ts';
import type { Find } from '../finding.ts';
import { containers, elements, isWindows, type Readable, type ReadableDefinition } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** What is mounted is there, and each volume is of one kind. */
export const volumes: Rule = (definition, find) => {
  checkMountPoints(definition, find);
  checkWindowsPaths(definition, find);
  checkVolumesFrom(definition, find);
  for (const { value, path } of elements(definition.volumes, 'volumes')) {
    const kinds = kindsOf(value);
    if (kinds.length < 2) continue;
    find('fargate/volume', path, {
      volume: value.name ?? path,
      why: `has ${kinds.join(' and ')}, and must have one of them`,
      instead: 'Remove the others.',
    });
  }
  checkLaunchVolumes(definition, find);
};

function checkMountPoints(definition: ReadableDefinition, find: Find): void {
  const names = new Set(elements(definition.volumes, 'volumes').flatMap(({ value }) => value.name ?? []));
  for (const container of containers(definition)) {
    for (const { value, path } of elements(container.value.mountPoints, `${container.path}.mountPoints`)) {
      const { sourceVolume: name } = value;
      if (name === undefined || name === '' || names.has(name)) continue;
      find('fargate/unknown-reference', `${path}.sourceVolume`, {
        subject: `A mount point of container ${container.name}`,
        name,
        what: 'volume',
        suggestion: suggest(name, names),
        aws: `Unknown volume '${name}'.`,
      });
    }
  }
}

/** A path with a drive is absolute on Windows only; on Linux the container does not start. */
function checkWindowsPaths(definition: ReadableDefinition, find: Find): void {
  if (isWindows(definition)) return;
  for (const container of containers(definition)) {
    for (const { value, path } of elements(container.value.mountPoints, `${container.path}.mountPoints`)) {
      const [whole, letter, rest = ''] = /^([A-Za-z]):([\\/].*)$/s.exec(value.containerPath ?? '') ?? [];
      if (whole === undefined || letter === undefined) continue;
      find('fargate/windows-path', `${path}.containerPath`, { container: container.name, path: whole, letter, rest });
    }
  }
}

function checkVolumesFrom(definition: ReadableDefinition, find: Find): void {
  const names = new Set(containers(definition).flatMap(({ value }) => value.name ?? []));
  for (const container of containers(definition)) {
    for (const { value, path } of elements(container.value.volumesFrom, `${container.path}.volumesFrom`)) {
      const { sourceContainer: name } = value;
      if (name === undefined || name === '' || names.has(name)) continue;
      find('fargate/unknown-reference', `${path}.sourceContainer`, {
        subject: `volumesFrom of container ${container.name}`,
        name,
        what: 'container',
        suggestion: suggest(name, names),
        aws: `Invalid 'volumesFrom' setting. Unknown container: '${name}'`,
      });
    }
  }
}

/** A volume that is configured at launch (EBS): a task can have one, and must mount it. */
function checkLaunchVolumes(definition: ReadableDefinition, find: Find): void {
  const mounted = new Set(
    containers(definition).flatMap(({ value, path }) =>
      elements(value.mountPoints, path).map(({ value: mountPoint }) => mountPoint.sourceVolume),
    ),
  );
  const launched = elements(definition.volumes, 'volumes')
    .filter(({ value }) => value.configuredAtLaunch === true)
    .map(({ value, path }) => ({ name: value.name, volume: value.name ?? path, at: `${path}.configuredAtLaunch` }));

  const [first, ...others] = launched;
  for (const { volume, at } of others) {
    find(
      'fargate/volume',
      at,
      {
        volume,
        why: 'is configured at launch, as another is, and a task can have one such volume',
        instead: 'Keep one of them.',
      },
      first && [{ message: 'The other is here.', path: first.at }],
    );
  }
  for (const { name, volume, at } of launched) {
    if (mounted.has(name)) continue;
    find('fargate/volume', at, {
      volume,
      why: 'is configured at launch, and no container mounts it',
      instead: 'Mount it in a container, or remove it.',
      aws: `Volumes [${volume}] are not referenced by any of the containers`,
    });
  }
}

const kinds = ['efsVolumeConfiguration', 's3filesVolumeConfiguration'] as const;

/** What says of which kind a volume is. Members that Fargate refuses are not counted: they are reported already. */
function kindsOf(volume: Readable<Volume>): readonly string[] {
  const given = kinds.filter((kind) => volume[kind] !== undefined);
  return volume.configuredAtLaunch === true ? [...given, 'configuredAtLaunch'] : given;
}
