/** An IAM policy. Source: IAM User Guide, "IAM JSON policy elements reference". */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  /** Who is trusted; stands in trust policies alone. */
  readonly Principal?: { readonly Service: string };
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Condition?: Condition;
}

/** `{ StringEquals: { 'aws:SourceAccount': … } }`; of several values, one must fit. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export function policy(statements: readonly Statement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

/** The statement that allows actions on resources, in the order given and each once; none where there is no resource. */
export function allow(
  Sid: string,
  actions: readonly string[],
  resources: readonly string[],
  condition?: Condition,
): readonly Statement[] {
  if (actions.length === 0 || resources.length === 0) return [];
  const Condition = condition === undefined ? {} : { Condition: condition };
  return [{ Sid, Effect: 'Allow', Action: actions, Resource: [...new Set(resources)], ...Condition }];
}
