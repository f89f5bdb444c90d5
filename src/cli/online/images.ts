import { imageBuilds, locateImages, type StoredImage } from '../../deployer.ts';
import { containerNamed } from '../../transformer/load-balancers.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { jsonDocument } from '../render/json-document.ts';
import { formatTable } from '../render/table.ts';
import type { OnlineContext } from './context.ts';
import { inSession } from './session.ts';

interface Listed extends StoredImage {
  readonly service: string;
  readonly repository: string;
  /** As a task definition names it. */
  readonly image: string;
}

/** `images`: what is in the ECR repositories that the project's images are pushed to, the newest first. */
export function images(context: OnlineContext): Promise<ExitCode> {
  return inSession(context, async ({ account, region, emit, project }) => {
    const builds = imageBuilds(context.project, context.task.definition);
    if (builds.length === 0) emit({ code: 'build/none', level: 'info', data: {} });
    const listed: Listed[] = [];
    for (const { build, repository } of await locateImages(account, region, builds)) {
      if (repository === undefined) continue;
      const found = await (await account.registry(repository.region)).images(repository.name, repository.account);
      if (found === undefined) {
        emit({ code: 'repository/missing', level: 'info', data: { repository: repository.name } });
      }
      const { registry, name } = repository;
      const images = (found ?? []).map((one) => ({
        service: build.service,
        repository: name,
        image: `${registry}/${name}@${one.digest}`,
        ...one,
      }));
      listed.push(...images);
    }
    return { code: exitCode.done, result: context.options.json ? asJson(project, listed) : asTable(listed) };
  });
}

function asJson(project: string, listed: readonly Listed[]): string {
  const images = listed.map(({ service, pushedAt, ...image }) => ({
    container: containerNamed(service),
    ...image,
    pushedAt: timeOf(pushedAt),
  }));
  return jsonDocument({ project, images });
}

function asTable(listed: readonly Listed[]): string {
  const rows = listed.map(({ service, repository, tags, digest, pushedAt, bytes }) => [
    service,
    repository,
    tags.join(', ') || '-',
    // As docker shortens it.
    digest.slice('sha256:'.length, 'sha256:'.length + 12),
    timeOf(pushedAt) ?? '-',
    bytes === undefined ? '-' : `${(bytes / 1_000_000).toFixed(1)} MB`,
  ]);
  return formatTable(['SERVICE', 'REPOSITORY', 'TAG', 'DIGEST', 'PUSHED', 'SIZE'], rows);
}

function timeOf(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}
