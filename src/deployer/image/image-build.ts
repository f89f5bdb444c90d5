import { posix } from 'node:path';
import type { TaskDefinition } from '../../fargate/task-definition.ts';
import { type Project, servicesOf } from '../../parser/compose/project.ts';
import { booleanOf, child, entriesOf, itemsOf, type Node, stringOf } from '../../source/node.ts';
import { type ImageTarget, imageTarget } from '../../transformer/image-target.ts';

/** An image to build, as a service's `build` describes it. */
export interface ImageBuild {
  readonly service: string;
  readonly target: ImageTarget;
  readonly platform: string;
  /** What `docker build` is told beside the image's name and platform, without the context, which comes last. */
  readonly flags: readonly string[];
  readonly context: string;
  /** The text of the Dockerfile, where it stands in the Compose file. */
  readonly dockerfile?: string;
}

/** The images that a project builds, for the platform that its task runs on. */
export function imageBuilds(
  project: Project,
  { runtimePlatform = {} }: Pick<TaskDefinition, 'runtimePlatform'>,
): readonly ImageBuild[] {
  const system = runtimePlatform.operatingSystemFamily?.startsWith('WINDOWS') ? 'windows' : 'linux';
  const platform = `${system}/${runtimePlatform.cpuArchitecture === 'ARM64' ? 'arm64' : 'amd64'}`;
  return servicesOf(project).flatMap((service) => {
    const build = child(service.node, 'build');
    if (build === undefined) return [];
    const dockerfile = stringOf(child(build, 'dockerfile_inline'));
    return {
      service: service.name,
      target: imageTarget(project.name, service),
      platform,
      flags: [...dockerfileFlags(build), ...flagsOf(build, project)],
      context: stringOf(child(build, 'context')) ?? project.directory,
      ...(dockerfile === undefined ? {} : { dockerfile }),
    };
  });
}

/** Compose has the Dockerfile relative to the context, docker to the current directory unless the context is remote. */
function dockerfileFlags(build: Node): readonly string[] {
  if (stringOf(child(build, 'dockerfile_inline')) !== undefined) return ['--file', '-'];
  const dockerfile = stringOf(child(build, 'dockerfile'));
  const context = stringOf(child(build, 'context')) ?? '';
  if (dockerfile === undefined) return [];
  return ['--file', isAbsolute(context) && !isAbsolute(dockerfile) ? posix.join(context, dockerfile) : dockerfile];
}

function isAbsolute(path: string): boolean {
  return /^(?:\/|[A-Za-z]:\/)/.test(path);
}

/** How a value of `build` is told to docker. */
type Flag = (flag: string, value: Node, project: Project) => readonly string[];

const text: Flag = (flag, value) => [flag, textOf(value) ?? ''];
const items: Flag = (flag, value) => itemsOf(value).flatMap((item) => [flag, textOf(item) ?? '']);
const whether: Flag = (flag, value) => (booleanOf(value) === true ? [flag] : []);
const pairs: Flag = (flag, value) =>
  entriesOf(value).flatMap(([key, entry]) => {
    const set = textOf(entry.value);
    return [flag, set === undefined ? key : `${key}=${set}`];
  });

/** `build` by key, and what `docker build` calls it; it has nothing for `privileged`. Source: docker build --help. */
const flags: readonly (readonly [key: string, flag: string, write: Flag])[] = [
  ['target', '--target', text],
  ['args', '--build-arg', pairs],
  ['labels', '--label', pairs],
  ['additional_contexts', '--build-context', pairs],
  ['cache_from', '--cache-from', items],
  ['cache_to', '--cache-to', items],
  ['network', '--network', text],
  ['no_cache', '--no-cache', whether],
  ['pull', '--pull', whether],
  ['shm_size', '--shm-size', text],
  ['extra_hosts', '--add-host', items],
  ['ssh', '--ssh', items],
  ['secrets', '--secret', secrets],
  ['ulimits', '--ulimit', ulimits],
  ['tags', '--tag', items],
  ['provenance', '--provenance', text],
  ['sbom', '--sbom', text],
  ['entitlements', '--allow', items],
  ['isolation', '--isolation', text],
];

function flagsOf(build: Node, project: Project): readonly string[] {
  return flags.flatMap(([key, flag, write]) => {
    const value = child(build, key);
    return value === undefined ? [] : write(flag, value, project);
  });
}

/** A secret is told by where it is, never by what it is. */
function secrets(flag: string, value: Node, { root }: Project): readonly string[] {
  return itemsOf(value).flatMap((item) => {
    const source = stringOf(child(item, 'source')) ?? '';
    const secret = child(child(root, 'secrets'), source);
    const id = `id=${stringOf(child(item, 'target')) ?? source}`;
    const file = stringOf(child(secret, 'file'));
    const variable = stringOf(child(secret, 'environment'));
    return [flag, [id, ...(file ? [`src=${file}`] : variable ? [`env=${variable}`] : [])].join(',')];
  });
}

function ulimits(flag: string, value: Node): readonly string[] {
  return entriesOf(value).flatMap(([name, { value: limit }]) => {
    const [soft, hard] = [textOf(child(limit, 'soft')), textOf(child(limit, 'hard'))];
    return [flag, `${name}=${soft === undefined ? textOf(limit) : `${soft}:${hard ?? soft}`}`];
  });
}

/** The text of a scalar, be it a number or a switch; undefined for null and for what is no scalar. */
function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}
