import type { PolicyDocument, Statement } from './policy.ts';
import type { RoleState } from './roles.ts';

/** The inline policies of a role have so many characters. Source: IAM User Guide, "IAM and AWS STS quotas". */
const longestPolicy = 10_240;

/**
 * A policy that allows what is wanted and what the role has allowed so far: until they are replaced, ECS may start tasks
 * of the former definition anew, and go back to them. Where a role does not hold both, it is the policy that is wanted.
 */
export function withFormer(wanted: PolicyDocument, { policy: text }: Pick<RoleState, 'policy'>): PolicyDocument {
  const former = text === undefined ? [] : statementsOf(text);
  const covered = (one: Statement, others: readonly Statement[]) => others.some((other) => covers(other, one));
  const isLacking = (one: Statement) => !covered(one, wanted.Statement);
  const kept = former.filter((one) => one.Effect === 'Allow' && isLacking(one));
  if (kept.length === 0) return wanted;
  const refuses = former.some((one) => one.Effect === 'Deny' && isLacking(one));
  if (!refuses && wanted.Statement.every((one) => covered(one, former))) return { ...wanted, Statement: former };
  // Two statements of a policy must not share a Sid.
  const nameless = kept.map(({ Sid: _, ...one }) => one);
  const both = { ...wanted, Statement: [...wanted.Statement, ...nameless] };
  return JSON.stringify(both).length > longestPolicy ? wanted : both;
}

/** A person may have written the policy anew, with one statement alone. */
function statementsOf(text: string): readonly Statement[] {
  const { Statement = [] } = JSON.parse(text) as { readonly Statement?: Statement | readonly Statement[] };
  return [Statement].flat();
}

/** Whether a statement says all that another one does. */
function covers(one: Statement, other: Statement): boolean {
  const { Sid: _, Action: actions, Resource: resources, ...rest } = one;
  const { Sid: __, Action: otherActions, Resource: otherResources, ...otherRest } = other;
  return (
    JSON.stringify(rest) === JSON.stringify(otherRest) &&
    hasAll(actions, otherActions) &&
    hasAll(resources, otherResources)
  );
}

/** What is written by hand may be a text in place of a list of one, or absent beside `NotAction` and `NotResource`. */
function hasAll(list: string | readonly string[] = [], items: string | readonly string[] = []): boolean {
  const known = new Set([list].flat());
  return [items].flat().every((item) => known.has(item));
}
