import { imageBuilds } from '../../deployer.ts';
import { containerNamed } from '../../transformer/load-balancers.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { jsonDocument } from '../render/json-document.ts';
import { buildAndPush } from './build.ts';
import type { OnlineContext, PushOptions } from './context.ts';
import { inSession } from './session.ts';

/** `push`: builds the images of the project's services, pushes them, prints each by its digest. */
export function push(context: OnlineContext, { services = [] }: PushOptions): Promise<ExitCode> {
  return inSession(context, async (session) => {
    const all = imageBuilds(context.project, context.task.definition);
    const known = all.map(({ service }) => service);
    const unknown = services.find((service) => !known.includes(service));
    if (unknown !== undefined) {
      session.emit({ code: 'build/unknown', level: 'error', data: { service: unknown, known } });
      return { code: exitCode.usage };
    }
    const builds = services.length === 0 ? all : all.filter(({ service }) => services.includes(service));
    if (builds.length === 0) session.emit({ code: 'build/none', level: 'info', data: {} });
    const { code, images } =
      builds.length === 0
        ? { code: exitCode.done, images: new Map<string, string>() }
        : await buildAndPush(context, session, builds);
    if (code !== exitCode.done) return { code };
    const pushed = [...images].map(([service, image]) => ({ container: containerNamed(service), image }));
    const result = context.options.json
      ? jsonDocument({ project: session.project, images: pushed })
      : pushed.map(({ image }) => `${image}\n`).join('');
    return { code, result };
  });
}
