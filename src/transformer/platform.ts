import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import { paramsAt } from '../parser/ecs-params/ecs-params.ts';
import { child, itemsOf, stringOf } from '../source/node.ts';
import type { Source } from '../source/source.ts';
import type { TaskContext } from './context.ts';
import { originFrom } from './task.ts';

const architectures: Readonly<Record<string, string>> = {
  amd64: 'X86_64',
  x86_64: 'X86_64',
  arm64: 'ARM64',
  aarch64: 'ARM64',
  'linux/amd64': 'X86_64',
  'linux/x86_64': 'X86_64',
  'linux/arm64': 'ARM64',
  'linux/arm64/v8': 'ARM64',
  'linux/aarch64': 'ARM64',
};

/** The architecture that a service wants, and where it says so. */
interface Wish {
  readonly text: string;
  readonly source: Source;
  readonly cpuArchitecture: string;
}

/**
 * `runtime_platform` of ecs-params, else `platform`, else the one of `build.platforms`, → `runtimePlatform`, which the
 * containers of a task share.
 */
export function platform(context: TaskContext): void {
  const { task, report } = context;
  const given = paramsAt(context.params, 'task_definition', 'runtime_platform');
  const operatingSystemFamily = stringOf(child(given, 'operating_system_family'));
  const wishes = wishesOf(context, operatingSystemFamily?.startsWith('WINDOWS') === true);
  if (given !== undefined) {
    const cpuArchitecture = stringOf(child(given, 'cpu_architecture'));
    const value = {
      ...(cpuArchitecture === undefined ? {} : { cpuArchitecture }),
      ...(operatingSystemFamily === undefined ? {} : { operatingSystemFamily }),
    };
    task.put('runtimePlatform', value, originFrom(given));
    if (cpuArchitecture === undefined) return;
    checkWishes({ text: cpuArchitecture, source: given.source, cpuArchitecture }, wishes, report);
    return;
  }
  const [chosen, ...others] = wishes;
  if (chosen === undefined) return;
  checkWishes(chosen, others, report);
  const { cpuArchitecture, source } = chosen;
  task.put('runtimePlatform', { cpuArchitecture, operatingSystemFamily: 'LINUX' }, { source });
}

/** Whether the task, whose platform has been chosen, runs Windows. */
export function runsWindows({ task }: Pick<TaskContext, 'task'>): boolean {
  return task.get('runtimePlatform')?.operatingSystemFamily?.startsWith('WINDOWS') === true;
}

function checkWishes(chosen: Wish, others: readonly (Wish & { service: string })[], report: Report): void {
  for (const { service, text, source, cpuArchitecture } of others) {
    if (cpuArchitecture === chosen.cpuArchitecture) continue;
    const related = [{ message: `platform ${chosen.text}`, source: chosen.source }];
    report(diagnostic('transform/platform-mixed', { service, platform: text, other: chosen.text }, source, related));
  }
}

/** What the services want; a platform that Fargate lacks, or that is not that of the task, is reported. */
function wishesOf({ containers, report }: TaskContext, isWindows: boolean): readonly (Wish & { service: string })[] {
  return containers.flatMap(({ service }) => {
    const platforms = itemsOf(child(child(service.node, 'build'), 'platforms'));
    const node = child(service.node, 'platform') ?? (platforms.length === 1 ? platforms[0] : undefined);
    const text = stringOf(node);
    if (node === undefined || text === undefined || text === '') return [];
    const cpuArchitecture = architectures[isWindows ? text.replace(/^windows\//, '') : text];
    if (cpuArchitecture !== undefined) return [{ service: service.name, text, source: node.source, cpuArchitecture }];
    report(diagnostic('transform/platform', { service: service.name, platform: text }, node.source));
    return [];
  });
}
