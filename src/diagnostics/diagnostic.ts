import type { Correction } from '../source/edit.ts';
import type { Related, Source } from '../source/source.ts';
import { catalogue } from './catalogue.ts';
import type { Fix } from './fix.ts';
import { remedies } from './remedies.ts';

/**
 * error: AWS or the containers would refuse it. warning: it works, but not as the file says. info: done as well as
 * Fargate can and worth knowing.
 */
export type Severity = 'error' | 'warning' | 'info';

/** What a catalogue entry says: what happened and why; and, in `help`, what to do next. Whole sentences. */
export interface Words {
  readonly message: string;
  readonly help?: string | undefined;
  /** The words in which AWS itself refuses this, where they are on record. */
  readonly aws?: string | undefined;
}

/** What a catalogue entry is told where it may be certain what was meant. */
export interface Correctable {
  readonly correction?: Correction | undefined;
}

/** What a catalogue entry is told where AWS's own words are on record. */
export type Refused = Pick<Words, 'aws'>;

/** Every code of the catalogue, such as `compose/unknown-key`. */
export type Code = keyof typeof catalogue;

/** What the message of a code needs to be told. */
export type Parameters<C extends Code> = (typeof catalogue)[C] extends { say: (p: infer P) => Words } ? P : never;

/** A finding. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  /** What to do about it; ends with AWS's own words where they are on record. */
  readonly help?: string;
  /** AWS's own words alone. */
  readonly aws?: string;
  /** The place it is about; absent where there is none, such as a missing file. */
  readonly source?: Source;
  readonly related: readonly Related[];
  /** Set where its line holds a secret: the line is not to be quoted. */
  readonly confidential?: true;
  /** The remedy, where it is certain. */
  readonly fix?: Fix;
  /** Of a finding about several places that a comment may switch off one by one: the same about the others alone. */
  readonly among?: (isKept: (source: Source) => boolean) => Diagnostic | undefined;
}

/** Takes a finding. Stages report all that they find and go on. */
export type Report = (diagnostic: Diagnostic) => void;

/** A finding of the catalogue; a wrong code or parameter does not compile. */
export function diagnostic<C extends Code>(
  code: C,
  parameters: Parameters<C>,
  source?: Source | undefined,
  related: readonly Related[] = [],
): Diagnostic {
  const entry = catalogue[code] as { severity: Severity; confidential?: true; say: (p: Parameters<C>) => Words };
  const { message, help: advice, aws } = entry.say(shortened(parameters));
  const fix = source && remedies[code]?.(parameters, source, related);
  const help = aws === undefined ? advice : [advice, `AWS answers: "${aws}"`].filter(Boolean).join(' ');
  return {
    code,
    severity: entry.severity,
    message,
    related,
    ...(help === undefined ? {} : { help }),
    ...(aws === undefined ? {} : { aws }),
    ...(source === undefined ? {} : { source }),
    ...(entry.confidential === undefined ? {} : { confidential: entry.confidential }),
    ...(fix === undefined ? {} : { fix }),
  };
}

/** Characters of one parameter that are shown: more of a text tell nobody more. */
const longest = 2_000;

function shortened<P>(parameters: P): P {
  if (!Object.values(parameters as object).some((value) => typeof value === 'string' && value.length > longest))
    return parameters;
  const shorten = (value: unknown) =>
    typeof value === 'string' && value.length > longest ? `${value.slice(0, longest)}…` : value;
  return Object.fromEntries(Object.entries(parameters as object).map(([key, value]) => [key, shorten(value)])) as P;
}

/** Whether any of the findings is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** A text that two findings share where they say the same of the same place. */
export function identityOf({ code, message, source }: Diagnostic): string {
  return [code, source?.file.path, source?.start, source?.end, message].join('\n');
}

/** Whether the text is a code of the catalogue. */
export function isCode(text: string): text is Code {
  return Object.hasOwn(catalogue, text);
}
