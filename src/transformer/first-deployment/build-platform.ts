import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { child, itemsOf } from '../../source/node.ts';
import type { TaskContext } from '../context.ts';

/** An image is built for the machine that builds it, unless the file says for which. */
export function buildPlatform({ containers, task, options, report }: TaskContext): void {
  if (options.build) return;
  const { cpuArchitecture = 'X86_64', operatingSystemFamily = 'LINUX' } = task.get('runtimePlatform') ?? {};
  if (operatingSystemFamily !== 'LINUX') return;
  const builds = containers.filter(({ service }) => {
    const build = child(service.node, 'build');
    const platforms = itemsOf(child(build, 'platforms'));
    return build !== undefined && child(service.node, 'platform') === undefined && platforms.length === 0;
  });
  const [first, ...others] = builds.map((container) => ({
    message: `service "${container.service.name}"`,
    source: container.service.node.entries.get('build')?.key ?? container.service.key,
  }));
  if (first === undefined) return;
  const platform = cpuArchitecture === 'ARM64' ? 'linux/arm64' : 'linux/amd64';
  const words = { services: builds.map(({ service }) => service.name), platform };
  report(diagnostic('transform/build-platform', words, first.source, others));
}
