import type { Related, Source } from '../source/source.ts';

/** A service, and the place that a finding about it has. */
export interface Subject {
  readonly service: string;
  readonly source: Source;
}

/**
 * Where one finding about several services stands: at the first of them, with the others as related places. Services
 * that say it by one anchor say it at one place.
 */
export function together(subjects: readonly Subject[]): [Source | undefined, readonly Related[]] {
  const [first, ...others] = subjects.filter(
    ({ source }, index) => subjects.findIndex((other) => isSamePlace(other.source, source)) === index,
  );
  return [first?.source, others.map(({ service, source }) => ({ message: `service "${service}"`, source }))];
}

/** Whether two sources are one place of the files, as those of services are that say something by one anchor. */
export function isSamePlace(one: Source, other: Source): boolean {
  return one.file === other.file && one.start === other.start;
}

/** The names of the services, in the order of the findings. */
export function namesOf(subjects: readonly Subject[]): readonly string[] {
  return subjects.map(({ service }) => service);
}
