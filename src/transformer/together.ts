import type { Related, Source } from '../source/source.ts';

/** A service, and the place that a finding about it has. */
export interface Subject {
  readonly service: string;
  readonly source: Source;
}

/** Where one finding about several services stands: at the first of them, with the others as related places. */
export function together(subjects: readonly Subject[]): [Source | undefined, readonly Related[]] {
  const [first, ...others] = subjects;
  return [first?.source, others.map(({ service, source }) => ({ message: `service "${service}"`, source }))];
}

/** The names of the services, in the order of the findings. */
export function namesOf(subjects: readonly Subject[]): readonly string[] {
  return subjects.map(({ service }) => service);
}
