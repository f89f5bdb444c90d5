import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { EfsVolumeConfiguration, MountPoint, Volume } from '../fargate/task-definition.ts';
import { type EcsParams, paramsAt } from '../parser/ecs-params/ecs-params.ts';
import { booleanOf, child, entriesOf, itemsOf, type Node, numberOf, stringOf } from '../source/node.ts';
import { suggest } from '../source/suggest.ts';
import { type ContainerConcern, type ContainerContext, containerOf, type TaskContext } from './context.ts';
import type { Originated } from './fields.ts';
import { shownPath } from './shown-path.ts';

type Mount = (node: Node, container: ContainerContext, context: TaskContext) => Originated<MountPoint> | undefined;

/** What becomes of a mount, by its type. */
const mounts: Readonly<Record<string, Mount>> = {
  volume: volumeMount,
  bind: bindMount,
  // Read by the concern that sets linuxParameters.
  tmpfs: () => undefined,
};

/** `volumes` → `mountPoints` and the task's volumes; `volumes_from` → `volumesFrom`. */
export const volumes: ContainerConcern = (container, context) => {
  const { service, fields } = container;
  const points = itemsOf(child(service.node, 'volumes')).flatMap((node) => {
    const type = stringOf(child(node, 'type')) ?? 'volume';
    const mount = mounts[type];
    if (mount === undefined) {
      context.report(diagnostic('transform/mount-refused', { service: service.name, type }, node.source));
      return [];
    }
    return mount(node, container, context) ?? [];
  });
  fields.putList('mountPoints', points);
  fields.putList(
    'volumesFrom',
    itemsOf(child(service.node, 'volumes_from')).flatMap((node) => {
      const [name = '', mode] = (stringOf(node) ?? '').split(':');
      const source = containerOf(context, name);
      if (source === undefined) {
        context.report(
          diagnostic('transform/volumes-from', { service: service.name, value: stringOf(node) ?? '' }, node.source),
        );
        return [];
      }
      const readOnly = mode === 'ro' ? { readOnly: true } : {};
      return [{ value: { sourceContainer: source.name, ...readOnly }, origin: { source: node.source } }];
    }),
  );
};

/** The volumes that ecs-params keeps on EFS must be mounted by somebody. */
export function checkEfsVolumes({ params, volumes, report }: TaskContext): void {
  for (const node of itemsOf(paramsAt(params, 'task_definition', 'efs_volumes'))) {
    const volume = stringOf(child(node, 'name')) ?? '';
    if (volumes.has(volume)) continue;
    const suggestion = suggest(volume, [...volumes.keys()]);
    report(diagnostic('params/unknown-volume', { volume, suggestion }, child(node, 'name')?.source ?? node.source));
  }
}

/** A named volume: EFS where ecs-params says so, else scratch space; an anonymous one: scratch space of its own. */
function volumeMount(
  node: Node,
  container: ContainerContext,
  context: TaskContext,
): Originated<MountPoint> | undefined {
  const { service, name: containerName } = container;
  const target = stringOf(child(node, 'target')) ?? '';
  const declared = stringOf(child(node, 'source'));
  const bind = declared === undefined ? bindAbove(target, container) : undefined;
  if (bind !== undefined) {
    context.report(diagnostic('transform/volume-needless', { service: service.name, target, bind }, node.source));
    return undefined;
  }
  const name = declared ?? anonymousName(containerName, target);
  const origin = { source: node.source };
  const subpath = child(child(node, 'volume'), 'subpath');
  if (subpath !== undefined && stringOf(subpath)) {
    const words = { service: service.name, volume: name, subpath: stringOf(subpath) ?? '' };
    context.report(diagnostic('transform/volume-subpath', words, subpath.source));
  }
  if (!context.volumes.has(name)) {
    const efs = efsVolume(context.params, name);
    context.volumes.set(name, efs ?? { value: { name }, origin });
    if (declared === undefined) {
      context.report(diagnostic('transform/volume-anonymous', { service: service.name, target }, node.source));
    } else if (efs === undefined) reportLifetime(name, node, container, context);
  }
  const readOnly = booleanOf(child(node, 'read_only')) === true ? { readOnly: true } : {};
  return { value: { sourceVolume: name, containerPath: target, ...readOnly }, origin };
}

/** The target of a bind mount in which a target lies: an empty volume there would hide what the image holds. */
function bindAbove(target: string, { service }: ContainerContext): string | undefined {
  return itemsOf(child(service.node, 'volumes'))
    .filter((node) => stringOf(child(node, 'type')) === 'bind')
    .map((node) => stringOf(child(node, 'target')) ?? '')
    .find((bind) => target.startsWith(`${bind}/`));
}

function reportLifetime(
  volume: string,
  node: Node,
  { service }: ContainerContext,
  { project, report }: TaskContext,
): void {
  const [, declaration] = entriesOf(child(project.root, 'volumes')).find(([name]) => name === volume) ?? [];
  const related = declaration === undefined ? [] : [{ message: `volume "${volume}"`, source: declaration.key }];
  report(diagnostic('transform/volume-lifetime', { volume, service: service.name }, node.source, related));
  const driver = child(declaration?.value, 'driver');
  if (driver !== undefined && stringOf(driver) !== 'local') {
    report(
      diagnostic('transform/volume-driver', { volume, what: `The driver "${stringOf(driver) ?? ''}"` }, driver.source),
    );
  }
  const [, options] = entriesOf(declaration?.value).find(([key]) => key === 'driver_opts') ?? [];
  if (options !== undefined && entriesOf(options.value).length > 0) {
    report(diagnostic('transform/volume-driver', { volume, what: '"driver_opts"' }, options.key));
  }
}

/** A host's file or directory: sources of an image that is built may be in the image already, anything else is not. */
function bindMount(node: Node, { service }: ContainerContext, { project, report }: TaskContext): undefined {
  const path = stringOf(child(node, 'source')) ?? '';
  const target = stringOf(child(node, 'target')) ?? '';
  const isBuilt = child(service.node, 'build') !== undefined && path.startsWith(`${project.directory}/`);
  const code = isBuilt || path === project.directory ? 'transform/bind-dropped' : 'transform/bind-refused';
  report(diagnostic(code, { service: service.name, path: shownPath(project, path), target }, node.source));
  return undefined;
}

/** Letters, digits, dashes and underscores only, as ECS wants names. */
function anonymousName(container: string, target: string): string {
  return `${container}${target.replace(/[^\w-]+/g, '-')}`.replace(/-+$/, '');
}

/** `efs_volumes` of ecs-params → `efsVolumeConfiguration`. */
function efsVolume(params: EcsParams | undefined, name: string): Originated<Volume> | undefined {
  const node = itemsOf(paramsAt(params, 'task_definition', 'efs_volumes')).find(
    (item) => stringOf(child(item, 'name')) === name,
  );
  if (node === undefined) return undefined;
  const text = (key: string) => stringOf(child(node, key));
  const accessPointId = text('access_point');
  const iam = text('iam');
  const port = numberOf(child(node, 'transit_encryption_port'));
  const rootDirectory = text('root_directory');
  // ECS refuses an access point or IAM without it, and ecs-cli's users left it out.
  const transitEncryption =
    text('transit_encryption') ?? (accessPointId !== undefined || iam === 'ENABLED' ? 'ENABLED' : undefined);
  const authorizationConfig = { ...(accessPointId && { accessPointId }), ...(iam && { iam }) };
  const efsVolumeConfiguration: EfsVolumeConfiguration = {
    fileSystemId: text('filesystem_id') ?? '',
    ...(rootDirectory === undefined ? {} : { rootDirectory }),
    ...(transitEncryption === undefined ? {} : { transitEncryption }),
    ...(port === undefined ? {} : { transitEncryptionPort: port }),
    ...(Object.keys(authorizationConfig).length === 0 ? {} : { authorizationConfig }),
  };
  return { value: { name, efsVolumeConfiguration }, origin: { source: node.source } };
}
