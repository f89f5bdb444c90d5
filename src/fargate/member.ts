/** What the API, on Fargate, takes in one member of a task definition. The tables of members are made of these. */
export interface Member {
  /** `map` is a map from text to text; the elements of a `list` have a row of their own, whose key ends in `[]`. */
  readonly type: MemberType;
  /** Set where the member must be there, and say something: an empty text or list counts as missing. */
  readonly required?: Required;
  /** Set where the API's model does not ask for the member, and what it stands in says nothing without it. */
  readonly expected?: Required;
  /** Set where AWS refuses the member when it is empty, and takes the definition without it. */
  readonly notEmpty?: Refusal;
  /** Set where Fargate takes the member only when it says nothing: false, or an empty text, list or map. */
  readonly unsupported?: Unsupported;
  /** Fargate takes it for Linux containers only. */
  readonly linuxOnly?: true;
  readonly constraints?: readonly Constraint[];
}

export type MemberType = 'string' | 'integer' | 'boolean' | 'object' | 'list' | 'map';

/** The words in which AWS refuses, where they are on record; `{value}` and `{container}` stand for what it fills in. */
export interface Refusal {
  readonly aws?: string;
}

/** A member that must be there. */
export interface Required extends Refusal {
  /** What it may be, as JSON. */
  readonly example: string;
}

/** A member that ECS has and Fargate refuses. */
export interface Unsupported extends Refusal {
  /** A whole sentence: what to do without it. */
  readonly instead: string;
}

/** A rule about the value of one member. */
export type Constraint =
  | {
      readonly kind: 'range';
      readonly minimum: number;
      readonly maximum: number;
      readonly unit?: string;
      /** A whole sentence, for who goes below the minimum. */
      readonly below?: string;
      readonly awsBelow?: string;
      readonly awsAbove?: string;
    }
  | ({
      readonly kind: 'length';
      readonly maximum: number;
      /** What is counted: characters, entries … */
      readonly of: string;
    } & Refusal)
  | ({
      readonly kind: 'pattern';
      readonly pattern: RegExp;
      /** What the pattern allows, after "It must be". */
      readonly form: string;
    } & Refusal)
  | ({
      readonly kind: 'values';
      readonly values: readonly string[];
      /** What ECS knows besides, and Fargate refuses. */
      readonly notOnFargate?: readonly string[];
      /** What to do about a value that Fargate lacks; none: the values are named. */
      readonly instead?: string;
    } & Refusal);

/** Rows by path: `containerDefinitions[].healthCheck.interval`. */
export type MemberTable = Readonly<Record<string, Member>>;
