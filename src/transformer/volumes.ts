import { join } from 'pathe';
import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { MountPoint, Volume } from '../fargate/task-definition.ts';
import type { Service } from '../parser/compose/project.ts';
import { booleanOf, child, entriesOf, itemsOf, type Node, stringOf } from '../source/node.ts';
import { composeEfsVolume } from './compose-efs.ts';
import { type ContainerConcern, type ContainerContext, containerOf, type TaskContext } from './context.ts';
import type { Originated } from './fields.ts';
import { paramsVolume } from './params-volumes.ts';
import { shownPath } from './shown-path.ts';
import { originFrom } from './task.ts';
import { isSamePlace } from './together.ts';

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
      const value = stringOf(node) ?? '';
      const [name = '', mode] = value.split(':');
      const source = containerOf(context, name);
      if (source === undefined) {
        const isOfProject = name === 'container' && containerOf(context, mode ?? '') !== undefined;
        const suggestion = isOfProject ? value.slice('container:'.length) : undefined;
        context.report(diagnostic('transform/volumes-from', { service: service.name, value, suggestion }, node.source));
        return [];
      }
      const readOnly = mode === 'ro' ? { readOnly: true } : {};
      return [{ value: { sourceContainer: source.name, ...readOnly }, origin: originFrom(node) }];
    }),
  );
};

/**
 * A named volume: what ecs-params or the file itself says that it is, else scratch space; an anonymous one: scratch
 * space of its own.
 */
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
  const mounted = declared ?? `${containerName}${target}`;
  const origin = originFrom(node);
  const told =
    declared === undefined
      ? undefined
      : (paramsVolume(context.params, mounted) ?? composeEfsVolume(context.project, mounted));
  const volume = atSubpath(node, told ?? { value: { name: mounted }, origin }, container, context);
  const written = volume.value.name ?? mounted;
  // What is configured at launch has the name by which ecs-params configures it.
  const name = volume.value.configuredAtLaunch === true ? written : volumeName(written);
  if (!context.volumes.has(written)) {
    context.volumes.set(written, { ...volume, value: { ...volume.value, name } });
    if (declared === undefined) {
      context.report(diagnostic('transform/volume-anonymous', { service: service.name, target }, node.source));
    } else if (told === undefined) noteScratch(declared, node, container, context);
  }
  const readOnly = booleanOf(child(node, 'read_only')) === true ? { readOnly: true } : {};
  return { value: { sourceVolume: name, containerPath: target, ...readOnly }, origin };
}

/** The directory of a volume that is mounted in place of the whole: ECS can do that on EFS, as a volume of its own. */
function atSubpath(
  node: Node,
  volume: Originated<Volume>,
  { service }: ContainerContext,
  { report }: TaskContext,
): Originated<Volume> {
  const subpathNode = child(child(node, 'volume'), 'subpath');
  const subpath = stringOf(subpathNode);
  if (subpathNode === undefined || subpath === undefined || subpath === '') return volume;
  const { name = '', efsVolumeConfiguration: efs } = volume.value;
  if (efs === undefined || efs.authorizationConfig?.accessPointId !== undefined) {
    const words = { service: service.name, volume: name, subpath };
    report(diagnostic('transform/volume-subpath', words, subpathNode.source));
    return volume;
  }
  const rootDirectory = join(efs.rootDirectory ?? '/', subpath);
  return {
    value: { name: join(name, subpath), efsVolumeConfiguration: { ...efs, rootDirectory } },
    origin: originFrom(subpathNode),
  };
}

/** The target of a bind mount in which a target lies: an empty volume there would hide what the image holds. */
function bindAbove(target: string, { service }: ContainerContext): string | undefined {
  return itemsOf(child(service.node, 'volumes'))
    .filter((node) => stringOf(child(node, 'type')) === 'bind')
    .map((node) => stringOf(child(node, 'target')) ?? '')
    .find((bind) => target.startsWith(`${bind}/`));
}

/** Keeps a named volume that is scratch space for the finding about all of them, and reports what its options lose. */
function noteScratch(
  volume: string,
  node: Node,
  { service }: ContainerContext,
  { project, scratch, report }: TaskContext,
): void {
  const [, declaration] = entriesOf(child(project.root, 'volumes')).find(([name]) => name === volume) ?? [];
  const driver = child(declaration?.value, 'driver');
  const [, options] = entriesOf(declaration?.value).find(([key]) => key === 'driver_opts') ?? [];
  const type = stringOf(child(options?.value, 'type'));
  // Under Docker, too, what is in memory does not outlive its container.
  if (type !== 'tmpfs') {
    scratch.push({ volume, service: service.name, source: node.source, declaration: declaration?.key });
  }
  if (driver !== undefined && stringOf(driver) !== 'local') {
    const what = `The driver "${stringOf(driver) ?? ''}"`;
    report(diagnostic('transform/volume-driver', { volume, what, isNfs: false }, driver.source));
  }
  if (options !== undefined && entriesOf(options.value).length > 0) {
    const isNfs = type?.startsWith('nfs') === true;
    report(diagnostic('transform/volume-driver', { volume, what: '"driver_opts"', isNfs }, options.key));
  }
}

/**
 * A host's file or directory: sources of an image that is built may be in the image already, anything else is not. What
 * several services mount by one anchor is told of once.
 */
function bindMount(node: Node, { service }: ContainerContext, { containers, project, report }: TaskContext): undefined {
  const path = stringOf(child(node, 'source')) ?? '';
  const target = stringOf(child(node, 'target')) ?? '';
  const isInside = `${path}/`.startsWith(`${project.directory}/`);
  const codeFor = (one: Service) =>
    isInside && child(one.node, 'build') !== undefined ? 'transform/bind-dropped' : 'transform/bind-refused';
  const code = codeFor(service);
  const alike = containers
    .map((container) => container.service)
    .filter((one) => codeFor(one) === code)
    .filter((one) => itemsOf(child(one.node, 'volumes')).some(({ source }) => isSamePlace(source, node.source)));
  if (alike[0] !== service) return undefined;
  const services = alike.map(({ name }) => name);
  report(diagnostic(code, { services, path: shownPath(project, path), target }, node.source));
  return undefined;
}

/** Letters, digits, dashes and underscores only, as ECS wants names. */
function volumeName(text: string): string {
  return text.replace(/[^\w-]+/g, '-');
}
