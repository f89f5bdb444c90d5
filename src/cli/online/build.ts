import {
  type Docker,
  type DockerError,
  execute,
  type ImageBuild,
  imageBuilds,
  isDockerError,
  locateImages,
  observeRepositories,
  openDocker,
  type PlannedImage,
  planImages,
} from '../../deployer.ts';
import { formatTarget } from '../../transformer/image-target.ts';
import type { Task } from '../../transformer/task.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { isSimulated } from '../region.ts';
import type { BuildOptions, OnlineContext } from './context.ts';
import { formatPlan, summaries } from './plan-text.ts';
import { inSession, type Session } from './session.ts';
import { simulatedDocker } from './simulated-docker.ts';

/** What came of building: the images by their services, as the task definition names them. */
export interface Built {
  readonly code: ExitCode;
  readonly images: ReadonlyMap<string, string>;
}

type Command<Options> = (context: OnlineContext, options: Options) => Promise<ExitCode>;

/**
 * The command, which with `--build` builds and pushes the images before, and names them by their digests. A dry one
 * only says what would be done.
 */
export function building<Options extends BuildOptions>(
  command: Command<Options>,
  { dry = false }: { readonly dry?: boolean } = {},
): Command<Options> {
  return async (context, options) => {
    const builds = options.build ? imageBuilds(context.project, context.task.definition) : [];
    if (builds.length === 0) return command(context, options);
    let images: ReadonlyMap<string, string> = new Map();
    const code = await inSession(context, async (session) => {
      if (dry || options.dryRun) {
        const dry = await buildDry(context, session, builds);
        ({ images } = dry);
        return { code: exitCode.done, ...(context.options.json ? {} : { result: dry.plan }) };
      }
      const built = await buildAndPush(context, session, builds);
      ({ images } = built);
      return { code: built.code };
    });
    if (code !== exitCode.done) return code;
    return command({ ...context, task: withImages(context, builds, images) }, options);
  };
}

/** Builds images and pushes them; says what went wrong where something did. */
export async function buildAndPush(
  context: OnlineContext,
  session: Session,
  builds: readonly ImageBuild[],
): Promise<Built> {
  const { account, emit, project, region, signal } = session;
  try {
    const docker = await dockerFor(context, session);
    // Before AWS is asked for anything.
    await docker.probe();
    const located = await locateImages(account, region, builds);
    const plan = planImages(located, await observeRepositories(account, located, project));
    emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: true } });
    const { images = new Map(), verdict } = await execute(plan, { ...session, docker, observed: [], timeout: 0 });
    if (verdict.kind !== 'interrupted') return { code: exitCode.done, images };
  } catch (error) {
    if (!isDockerError(error)) throw error;
    if (!signal.aborted) return { code: tellFailure(session, error), images: new Map() };
  }
  emit({ code: 'wait/interrupted', level: 'warning', data: { tasks: [] } });
  return { code: exitCode.interrupted, images: new Map() };
}

/** What would be done, and the images as their registries have them: what a build would make of them nobody knows. */
async function buildDry(
  context: OnlineContext,
  session: Session,
  builds: readonly ImageBuild[],
): Promise<{ readonly plan: string; readonly images: ReadonlyMap<string, string> }> {
  const { account, project, region, emit } = session;
  const located = await locateImages(account, region, builds);
  const plan = planImages(located, await observeRepositories(account, located, project));
  if (context.options.json)
    emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: true } });
  emit({ code: 'build/assumed', level: 'info', data: {} });
  const stored = async ({ build, reference, repository }: PlannedImage): Promise<[string, string]> => {
    const { registry, region: where, name, account: owner } = repository ?? {};
    if (name === undefined) return [build.service, reference];
    const images = (await (await account.registry(where)).images(name, owner)) ?? [];
    const found = images.find(({ tags }) => tags.includes(build.target.tag));
    return [build.service, found === undefined ? reference : `${registry}/${name}@${found.digest}`];
  };
  return {
    plan: formatPlan(plan, context.task, context, session),
    images: new Map(await Promise.all(located.map(stored))),
  };
}

function dockerFor({ io, options, project }: OnlineContext, session: Session): Docker | Promise<Docker> {
  const { emit, signal, account, region } = session;
  if (isSimulated(options)) {
    emit({ code: 'build/simulated', level: 'info', data: {} });
    return simulatedDocker(account, region);
  }
  return openDocker({
    directory: project.directory,
    environment: io.host.environment,
    signal,
    onLine: (line) => emit({ code: 'docker/output', level: 'info', data: { line } }),
  });
}

function tellFailure({ emit }: Session, { action, missing, message }: DockerError): ExitCode {
  if (missing) emit({ code: 'docker/missing', level: 'error', data: {} });
  else emit({ code: 'docker/failed', level: 'error', data: { action, detail: message } });
  // What does not build is the input's fault.
  return action === 'build' && !missing ? exitCode.findings : exitCode.refused;
}

/** The task with the images that were built, in place of what stood for them when the files were read. */
function withImages(
  { task, region }: OnlineContext,
  builds: readonly ImageBuild[],
  images: ReadonlyMap<string, string>,
): Task {
  const built = new Map(builds.map(({ service, target }) => [formatTarget(target, region), images.get(service)]));
  const containerDefinitions = task.definition.containerDefinitions.map((container) => ({
    ...container,
    image: built.get(container.image) ?? container.image,
  }));
  return { ...task, definition: { ...task.definition, containerDefinitions } };
}
