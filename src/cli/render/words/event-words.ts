import type { Source } from '../../../source/source.ts';
import type { GlobalOptions } from '../../global-options.ts';
import type { OnlineEvent } from '../../online/event.ts';

/** What an event says to a person: what happened and why, and what to do next. */
export interface EventWords {
  readonly message: string;
  readonly help?: string | undefined;
  /** The place in the user's files that it comes from. */
  readonly source?: Source | undefined;
  /** What bears it out: lines of a log, and what they are. */
  readonly evidence?: { readonly title: string; readonly lines: readonly string[] } | undefined;
}

/** What the words depend on beside the event. */
export interface Surroundings {
  /** How a file's path is shown. */
  readonly displayPath: (path: string) => string;
  /** Another command on the same project, as it is typed; of the family and in the cluster that are named, if any. */
  readonly commandLine: (command: string, elsewhere?: Pick<GlobalOptions, 'family' | 'cluster'>) => string;
}

type Code = OnlineEvent['code'];

/** What each event says whose code is, or begins with, one of these; undefined for one that says nothing to a person. */
export type Words<Prefix extends string> = {
  readonly [C in Extract<Code, Prefix | `${Prefix}/${string}`>]: (
    data: Extract<OnlineEvent, { readonly code: C }>['data'],
    surroundings: Surroundings,
  ) => EventWords | undefined;
};
