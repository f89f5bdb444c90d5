import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.ts';
import type { Source } from '../source/source.ts';
import type { TaskContext } from './context.ts';

/** A named volume that is scratch space of the task, where a service mounts it first. */
export interface ScratchVolume {
  readonly volume: string;
  readonly service: string;
  readonly source: Source;
  /** Where the file declares it. */
  readonly declaration: Source | undefined;
}

/** Says of all volumes that do not outlive the task that they do not. */
export function volumeLifetime({ scratch, report }: TaskContext): void {
  const finding = findingOf(scratch);
  if (finding !== undefined) report(finding);
}

/** Each volume may be one that need not last: a comment at its line takes it out of the finding. */
function findingOf(volumes: readonly ScratchVolume[]): Diagnostic | undefined {
  const [first, ...others] = volumes;
  if (first === undefined) return undefined;
  const related =
    others.length > 0
      ? others.map(({ volume, service, source }) => ({ message: `volume "${volume}" of service "${service}"`, source }))
      : first.declaration && [{ message: `volume "${first.volume}"`, source: first.declaration }];
  const words = { volumes: volumes.map(({ volume }) => volume), service: first.service };
  return {
    ...diagnostic('transform/volume-lifetime', words, first.source, related),
    among: (isKept) => findingOf(volumes.filter(({ source }) => isKept(source))),
  };
}
